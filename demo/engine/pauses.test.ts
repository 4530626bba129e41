import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {SILENCE, type Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {tone} from './testing/tone-speech.js';

const BEEP = tone(440, 0.3);
const SECOND = new Int16Array(16_000);

let engine: TestEngine;
let client: Client;
beforeEach(async () => {
  engine = await startTestEngine();
  client = await engine.connect();
});
afterEach(() => engine.close());

test('a pause is told with the time after which it ends the turn', async () => {
  client.configure('hands-on', 700);
  await client.say(BEEP);
  await client.next('user-started-talking');
  assert.deepEqual(await client.next('user-paused'), {timeout: 700});
  await client.next('user-stopped-talking');
  await client.line('user');
  assert.match(await client.line('assistant'), /^I heard beep/);
});

test('who talks again resumes the turn, as often as they pause', async () => {
  client.configure('hands-on');
  await client.say(BEEP);
  for (let i = 0; i < 2; i += 1) {
    assert.deepEqual(await client.next('user-paused'), {timeout: null});
    await client.say(BEEP);
    assert.equal(await client.next('user-resumed'), null);
  }
  await client.next('user-paused');
  client.send('send-user-response', null);
  assert.match(await client.line('user'), /^beep beep beep/);
  assert.equal(count('user-started-talking'), 1);
  assert.equal(count('user-paused'), count('user-resumed') + 1);
});

test('in hands-free mode no pauses are told', async () => {
  client.configure('hands-free', 700);
  await client.say(BEEP);
  client.send('keep-user-turn', null);
  await client.line('assistant');
  assert.equal(count('user-paused') + count('user-resumed'), 0);
});

describe('keeping the turn', () => {
  test('begins the time of a pause anew, as often as it is asked for', async () => {
    client.configure('hands-on', 2_500);
    await client.say(BEEP);
    await client.next('user-paused');
    let keptAt = 0;
    for (let i = 0; i < 3; i += 1) {
      await client.say(SECOND);
      keptAt = performance.now();
      client.send('keep-user-turn', null);
      assert.deepEqual(await client.next('user-paused'), {timeout: 2_500});
    }
    await client.next('user-stopped-talking');
    assert.ok(performance.now() - keptAt > 2_400);
    assert.match(await client.line('user'), /^beep/);
    assert.equal(count('user-stopped-talking'), 1);
  });

  test('means nothing without a pause', async () => {
    client.configure('hands-on', 60_000);
    client.send('keep-user-turn', null);
    const said = client.say(tone(440, 1));
    await client.next('transcript');
    client.send('keep-user-turn', null);
    await said;
    await client.say(SILENCE);
    await client.next('user-paused');
    assert.equal(client.received[0]?.event, 'user-started-talking');
    assert.equal(count('user-paused'), count('user-resumed') + 1);
    client.send('send-user-response', null);
    client.send('keep-user-turn', null);
    await client.line('assistant');
    assert.equal(count('user-paused'), count('user-resumed') + 1);
  });
});

test('a pause is told anew when its timeout changes, or when the mode becomes hands-on', async () => {
  client.configure('hands-on', 60_000);
  await client.say(BEEP);
  await client.say(SILENCE);
  await client.next('user-paused');
  const before = client.received.length;
  client.configure('hands-on', 60_000);
  client.configure('hands-on');
  client.configure('hands-free', 60_000);
  client.configure('hands-on', 50_000);
  await client.next('user-paused', ({timeout}) => timeout === 50_000);
  assert.deepEqual(
    client.received.slice(before).map(({event, data}) => [event, data]),
    [
      ['user-paused', {timeout: null}],
      ['user-stopped-talking', null],
      ['user-started-talking', null],
      ['user-paused', {timeout: 50_000}],
    ],
  );
});

test('a shorter timeout counts from when it was told', async () => {
  client.configure('hands-on');
  await client.say(BEEP);
  await client.next('user-paused');
  client.configure('hands-on', 500);
  assert.deepEqual(await client.next('user-paused'), {timeout: 500});
  await client.next('user-stopped-talking');
  assert.match(await client.line('user'), /^beep/);
});

test('pauses are numbered, and told again to who has missed them', async () => {
  const id = await engine.createSession();
  const lost = await engine.connect(id);
  lost.configure('hands-on', 60_000);
  await lost.say(BEEP);
  await lost.next('user-paused');
  await lost.say(BEEP);
  await lost.next('user-resumed');
  await lost.say(SILENCE);
  await lost.next('user-paused');
  assert.deepEqual(
    lost.seqs,
    lost.received.map((_, i) => i + 1),
  );
  await lost.delete();

  const again = await engine.connect(id);
  again.resume(0);
  again.configure('hands-on', 60_000);
  await again.line('user');
  for (const name of ['user-paused', 'user-resumed']) {
    const told = lost.received.filter(({event}) => event === name);
    assert.deepEqual(
      again.received.filter(({event}) => event === name),
      told,
    );
  }
});

function count(name: string): number {
  return client.received.filter(({event}) => event === name).length;
}
