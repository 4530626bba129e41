import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import type {Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {tone} from './testing/tone-speech.js';
import {event} from './peer/webrtc.js';

let engine: TestEngine;
before(async () => (engine = await startTestEngine()));
after(() => engine.close());

/** A session that goes wrong, and a client that is not connected to it yet. */
async function spoilt(faults: unknown): Promise<{id: string; client: Client}> {
  const id = await engine.createSession();
  const response = await engine.call('PUT', `/session/${id}/faults`, faults);
  assert.equal(response.status, 204);
  return {id, client: engine.client()};
}

async function answerOf(answer: unknown): Promise<Response> {
  const {id, client} = await spoilt({answer});
  return client.post(id);
}

test('there are no faults unless the engine is started with them', async () => {
  const sound = await startTestEngine({faults: false});
  const id = await sound.createSession({id: 'chosen'});
  assert.notEqual(id, 'chosen');
  assert.equal((await sound.call('PUT', `/session/${id}/faults`, {})).status, 404);
  assert.equal((await sound.call('POST', `/session/${id}/send`)).status, 404);
  await sound.close();
});

test('a misspelt fault is refused', async () => {
  const id = await engine.createSession();
  for (const faults of [{answers: {}}, {answer: {status: 99}}, {answer: {sdp: ['no-hope']}}]) {
    assert.equal((await engine.call('PUT', `/session/${id}/faults`, faults)).status, 422);
  }
});

test('a session can be given the id of one that the last engine had', async () => {
  assert.equal(await engine.createSession({id: 'from-before'}), 'from-before');
});

test('refuses the first requests as told, then connects', async () => {
  const {id, client} = await spoilt({
    answer: {times: 2, status: 503, headers: {'Retry-After': '1'}, body: 'busy'},
  });
  for (let i = 0; i < 2; i += 1) {
    const response = await client.post(id);
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('Retry-After'), '1');
    assert.equal(await response.text(), 'busy');
  }
  await client.connect(id);
});

const SPOILT_ANSWERS: readonly [string, unknown, RegExp][] = [
  ['HTML', {body: '<!doctype html>', headers: {'Content-Type': 'text/html'}}, /^<!doctype html>$/],
  ['nothing', {body: ''}, /^$/],
  ['a huge body', {length: 10 * 2 ** 20}, /^aaaa/],
  ['bytes', {base64: 'AAEC'}, /^\0\x01\x02$/],
  ['no audio', {sdp: ['no-audio']}, /^v=0[^]*m=video[^]*m=application(?![^]*m=audio)/],
  ['no data channel', {sdp: ['no-data-channel']}, /m=video(?![^]*m=application)/],
  ['a fingerprint of another', {sdp: ['wrong-fingerprint']}, /a=fingerprint:sha-256 AA:AA:/],
  ['no fingerprint', {sdp: ['bad-fingerprint']}, /a=fingerprint:sha-256 none/],
  ['the setup of an offer', {sdp: ['wrong-setup']}, /a=setup:actpass/],
  ['no candidates', {sdp: ['no-candidates']}, /^(?![^]*a=candidate)/],
  ['an address nobody has', {sdp: ['unreachable-candidate']}, /198\.51\.100\.1 9 typ host/],
  ['lines twice', {sdp: ['duplicate-lines']}, /m=application[^]*m=audio/],
  ['carriage returns only', {sdp: ['cr-only']}, /^[^\n]*$/],
  ['a NUL', {sdp: ['nul']}, /s=\0/],
];

for (const [name, answer, expected] of SPOILT_ANSWERS) {
  test(`answers with ${name}`, async () => {
    const response = await answerOf(answer);
    assert.equal(response.status, 201);
    assert.match(await response.text(), expected);
  });
}

test('headers are changed and taken away', async () => {
  const headers = {Location: null, ETag: '"x"', 'Access-Control-Expose-Headers': null};
  const response = await answerOf({headers});
  assert.equal(response.headers.get('Location'), null);
  assert.equal(response.headers.get('ETag'), '"x"');
  assert.equal(response.headers.get('Access-Control-Expose-Headers'), null);
});

test('a request that hangs is let go when its client gives up', async () => {
  const {id} = await spoilt({answer: {hang: true}});
  const request = fetch(`${engine.url}/session/${id}/connection`, {
    method: 'POST',
    signal: AbortSignal.timeout(300),
  });
  await assert.rejects(request, {name: 'TimeoutError'});
});

test('a body drips, or is cut', async () => {
  const slow = await answerOf({body: 'abcdef', bytesPerSecond: 3});
  assert.equal(await slow.text(), 'abcdef');
  const cut = await answerOf({cutAfterBytes: 10});
  await assert.rejects(cut.text());
});

test('preflights and PATCH are refused', async () => {
  const {id, client} = await spoilt({preflight: 405, patch: 501});
  const preflight = await fetch(`${engine.url}/session/${id}/connection`, {method: 'OPTIONS'});
  assert.equal(preflight.status, 405);
  assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), null);
  await client.connect(id);
  assert.equal((await fetch(engine.url + client.location, {method: 'PATCH'})).status, 501);
});

test('frames are sent as they are, when they are due', async () => {
  const {id, client} = await spoilt({
    frames: [
      {when: 'open', text: '{"event":"early"}'},
      {when: 'configure', text: '{"event":"burst","data":{n}}', times: 3},
      {when: 'configure', text: '{"event":"late"}', afterMs: 100},
    ],
  });
  await client.connect(id);
  await client.next('early');
  client.configure('hands-free');
  await client.next('late');
  const burst = client.received.filter(message => message.event === 'burst');
  assert.deepEqual(
    burst.map(({data}) => data),
    [0, 1, 2],
  );
});

test('a frame is sent at once, as text or as bytes', async () => {
  const {id, client} = await spoilt({});
  await client.connect(id);
  const send = (body: string, type: string) =>
    fetch(`${engine.url}/session/${id}/send`, {
      method: 'POST',
      headers: {'Content-Type': type},
      body,
    });
  let sent = await send('{"event":"now"}', 'text/plain');
  // The channel opens at the client's end first, perhaps.
  while (sent.status === 409) sent = await send('{"event":"now"}', 'text/plain');
  assert.equal(sent.status, 204);
  await client.next('now');
  await send('abc', 'application/octet-stream');
  assert.ok((await client.next('binary')) instanceof ArrayBuffer);
  const {id: idle} = await spoilt({});
  const refused = await engine.call('POST', `/session/${idle}/send`, {});
  assert.equal(refused.status, 409);
});

for (const what of ['channel', 'peer']) {
  test(`the ${what} is closed without a word`, async () => {
    const {id, client} = await spoilt({close: {what, afterMs: 50}});
    const closed = event(client.channel, 'close', AbortSignal.timeout(10_000));
    await client.connect(id);
    await closed;
    assert.deepEqual(client.received, []);
    assert.equal((await engine.session(id))['status'], what === 'peer' ? 'PAUSED' : 'ACTIVE');
  });
}

test('a process that dies takes its own visitor only, who finds another', async () => {
  const neighbour = await engine.connect();
  const {id, client} = await spoilt({close: {what: 'process', afterMs: 50}});
  await client.connect(id);
  while ((await engine.session(id))['status'] !== 'PAUSED') await delay(10);
  neighbour.configure('hands-on');
  await neighbour.say(tone(440, 0.3));
  assert.equal(await neighbour.next('user-started-talking'), null);
  await engine.call('PUT', `/session/${id}/faults`, {});
  const again = await engine.connect(id);
  assert.equal((await engine.session(id))['status'], 'ACTIVE');
  again.configure('hands-on');
  await again.say(tone(440, 0.3));
  assert.equal(await again.next('user-started-talking'), null);
});
