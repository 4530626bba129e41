import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {attribute} from './sdp.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {event} from './peer/webrtc.js';

const FRAGMENT = 'application/trickle-ice-sdpfrag';
const CANDIDATE = 'a=candidate:1 1 udp 2122265343 127.0.0.1 9 typ host';

let engine: TestEngine;
before(async () => (engine = await startTestEngine()));
after(() => engine.close());

test('answers a bare offer with candidates of its own, and begins the handshake', async () => {
  const client = engine.client();
  const response = await client.post(await engine.createSession());
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('Content-Type'), 'application/sdp');
  assert.match(response.headers.get('Location') ?? '', /^\/session\/[\w-]+\/connection\/[\w-]+$/);
  assert.equal(response.headers.get('ETag'), '"1"');
  const answer = await response.text();
  assert.match(answer, /a=candidate:.* typ host/);
  assert.match(answer, /m=audio[^]*a=sendrecv[^]*m=video[^]*a=sendonly[^]*m=application/);
  assert.doesNotMatch(answer, /a=setup:(?!active)/);
});

test('talks by voice only where no video is offered', async () => {
  const client = await engine.connect(undefined, {video: false});
  assert.doesNotMatch(client.answer, /m=video/);
});

test('a session is active while it is connected, and paused after', async () => {
  const id = await engine.createSession();
  const client = await engine.connect(id);
  client.configure('hands-free');
  assert.equal((await engine.session(id))['status'], 'ACTIVE');
  const closed = event(client.channel, 'close', AbortSignal.timeout(5_000));
  assert.equal((await client.delete()).status, 200);
  await closed;
  const {status, duration} = await engine.session(id);
  assert.equal(status, 'PAUSED');
  assert.equal((await engine.session(id))['duration'], duration);
  assert.equal((await client.delete()).status, 200, 'a goodbye may come after the end');
});

test('a visitor that comes back finds the same session', async () => {
  const id = await engine.createSession();
  const first = await engine.connect(id);
  await first.delete();
  const before = Number((await engine.session(id))['duration']);
  const second = await engine.connect(id);
  assert.equal((await engine.session(id))['status'], 'ACTIVE');
  await second.delete();
  assert.ok(Number((await engine.session(id))['duration']) >= before);
});

test('a client that closes its peer connection pauses the session', async () => {
  const id = await engine.createSession();
  const client = await engine.connect(id);
  client.close();
  await until(async () => (await engine.session(id))['status'] === 'PAUSED');
});

test('a session that is connected and alive refuses a second visitor', async () => {
  const id = await engine.createSession();
  const first = await engine.connect(id);
  const second = engine.client();
  const response = await second.post(id);
  assert.equal(response.status, 409);
  assert.equal(await code(response), 'session-busy');
  assert.equal(response.headers.get('Retry-After'), '3');
  assert.equal(first.channel.readyState, 'open');
});

test('a client that has stopped answering makes room for its successor', async () => {
  const id = await engine.createSession();
  const lost = await engine.connect(id, {pongs: false});
  const successor = engine.client();
  await until(async () => {
    const response = await successor.post(id);
    if (response.status === 201) return true;
    assert.equal(response.status, 409);
    return false;
  });
  assert.equal(await lost.next('close'), 'connected again');
});

test('an offer that was never taken up does not stand in the way', async () => {
  const id = await engine.createSession();
  const abandoned = engine.client();
  assert.equal((await abandoned.post(id)).status, 201);
  await engine.connect(id);
});

test('an offer that another takes the place of is answered, too', {timeout: 30_000}, async () => {
  const id = await engine.createSession();
  const visitors = Array.from({length: 4}, () => engine.client());
  const answers = await Promise.all(visitors.map(visitor => visitor.post(id)));
  const statuses = answers.map(({status}) => status);
  assert.ok(statuses.includes(201), String(statuses));
  assert.deepEqual(new Set([...statuses, 500]), new Set([201, 500]));
});

test('a terminated session says so, and cannot be connected again', async () => {
  const id = await engine.createSession();
  const client = await engine.connect(id);
  const closed = event(client.channel, 'close', AbortSignal.timeout(5_000));
  await engine.call('POST', `/terminate-session/${id}`);
  assert.equal(await client.next('close', () => true), 'session terminated');
  await closed;
  const response = await client.post(id);
  assert.equal(response.status, 410);
  assert.equal(await code(response), 'session-ended');
});

test('several visitors are connected at once', async () => {
  const clients = await Promise.all(Array.from({length: 5}, () => engine.connect()));
  assert.equal(new Set(clients.map(({location}) => location)).size, 5);
  await Promise.all(clients.map(client => client.delete()));
});

const BAD_OFFERS: readonly [string, string, string, number][] = [
  ['of another type', 'application/json', '{}', 415],
  ['that is empty', 'application/sdp', '', 400],
  ['that is not a description', 'application/sdp', 'hello', 400],
  ['that is broken', 'application/sdp', 'v=0\r\nm=audio\r\nm=application\r\n', 422],
  ['that is cut', 'application/sdp', 'v=0\r\nm=audio 9 UDP\r\nm=application 9 \r\n', 400],
  ['without audio', 'application/sdp', 'v=0\r\nm=application 9 UDP/DTLS/SCTP x\r\n', 422],
  ['without a data channel', 'application/sdp', 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n', 422],
];

for (const [name, type, body, status] of BAD_OFFERS) {
  test(`refuses an offer ${name} with ${status}`, async () => {
    const response = await fetch(
      `${engine.url}/session/${await engine.createSession()}/connection`,
      {method: 'POST', headers: {'Content-Type': type}, body},
    );
    assert.equal(response.status, status);
    assert.ok(await code(response));
  });
}

test('an unknown session has no connection', async () => {
  const client = engine.client();
  const response = await client.post('none');
  assert.equal(response.status, 404);
  assert.equal(await code(response), 'session-not-found');
});

test('candidates are taken for the current ICE session only', async () => {
  const client = await engine.connect();
  const patch = (ifMatch: string | undefined, body: string, type = FRAGMENT) =>
    fetch(engine.url + client.location, {
      method: 'PATCH',
      headers: {'Content-Type': type, ...(ifMatch !== undefined && {'If-Match': ifMatch})},
      body,
    });
  const fragment = `m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n${CANDIDATE}\r\n`;
  assert.equal((await patch(client.etag, fragment)).status, 204);
  assert.equal((await patch(client.etag, `${fragment}a=end-of-candidates\r\n`)).status, 204);
  assert.equal((await patch('*', fragment)).status, 204);
  assert.equal((await patch('"past"', fragment)).status, 412);
  assert.equal((await patch(undefined, fragment)).status, 428);
  assert.equal((await patch(client.etag, 'a=candidate:nonsense\r\n')).status, 400);
  assert.equal((await patch(client.etag, '{}')).status, 400);
  assert.equal((await patch(client.etag, fragment, 'text/plain')).status, 415);
  assert.equal((await fetch(engine.url + client.location)).status, 405);
});

test('ICE restarts, and the conversation goes on', async () => {
  const client = await engine.connect();
  const offer = await client.offer({iceRestart: true});
  const [ufrag, pwd] = [attribute(offer, 'ice-ufrag'), attribute(offer, 'ice-pwd')];
  const response = await fetch(engine.url + client.location, {
    method: 'PATCH',
    headers: {'Content-Type': FRAGMENT, 'If-Match': '*'},
    body: `a=ice-ufrag:${ufrag}\r\na=ice-pwd:${pwd}\r\n`,
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('Content-Type'), FRAGMENT);
  assert.equal(response.headers.get('ETag'), '"2"');
  const fragment = await response.text();
  assert.match(fragment, /a=candidate:.* typ host/);
  assert.notEqual(attribute(fragment, 'ice-ufrag'), attribute(client.answer, 'ice-ufrag'));
  const sdp = client.answer
    .replace(/a=candidate:.*\r\n/g, '')
    .replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${attribute(fragment, 'ice-ufrag')}`)
    .replace(/a=ice-pwd:.*/g, `a=ice-pwd:${attribute(fragment, 'ice-pwd')}`);
  await client.peer.setRemoteDescription({type: 'answer', sdp});
  for (const line of fragment.split('\r\n').filter(one => one.startsWith('a=candidate:'))) {
    await client.peer.addIceCandidate({candidate: line.slice(2), sdpMid: '0'});
  }
  await until(async () => client.peer.iceConnectionState !== 'checking');
  client.configure('hands-on');
  client.send('send-user-response', null);
  assert.equal(client.peer.connectionState, 'connected');
  assert.equal((await client.delete()).status, 200);
});

test('a session ends when its time has been used up, over all its connections', async () => {
  const id = await engine.createSession({time_limit: 1});
  const first = await engine.connect(id);
  await first.delete();
  const second = await engine.connect(id);
  assert.equal(await second.next('close', () => true), 'time limit reached');
  const {status, duration} = await engine.session(id);
  assert.equal(status, 'TERMINATED');
  assert.ok(Number(duration) >= 0.99, String(duration));
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'The condition is not met.');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function code(response: Response): Promise<unknown> {
  return Object(await response.json()).error.code;
}
