import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {SILENCE, type Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {tone, toneSpeech} from './testing/tone-speech.js';
import type {HistoryLine} from './speech/types.js';
import {event} from './peer/webrtc.js';

const BEEP = tone(440, 0.3);
const NOISE = tone(3_500, 0.4);
const ANSWER = 'I heard beep. This is line number two of it.';

let engine: TestEngine;
let client: Client;
afterEach(() => engine.close());

describe('hands-free', () => {
  beforeEach(async () => {
    engine = await startTestEngine();
    client = await engine.connect();
    client.configure('hands-free');
  });

  test('what the visitor says is answered after a pause, in a voice that is heard', async () => {
    await client.say(BEEP);
    assert.equal(await client.line('user'), 'beep');
    assert.equal(client.loudness < 100, true);
    assert.equal(await client.line('assistant'), ANSWER);
    assert.ok(client.loudness > 5_000, String(client.loudness));
    assert.deepEqual(names(client), ['transcript']);
  });

  test('a line keeps its timestamp while it grows, and ends whole', async () => {
    await client.say(BEEP);
    await client.line('assistant');
    const lines = transcripts(client).filter(({role}) => role === 'assistant');
    assert.equal(new Set(lines.map(({timestamp}) => timestamp)).size, 1);
    assert.match(String(lines[0]?.['timestamp']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const words = ANSWER.split(' ');
    assert.deepEqual(
      lines.map(({content}) => content),
      [...words.map((_, i) => words.slice(0, i + 1).join(' ')), ANSWER],
    );
    assert.deepEqual(
      lines.map(({complete}) => complete),
      [...words.map(() => false), true],
    );
  });

  test('a short pause does not end a turn', async () => {
    await client.say(BEEP);
    await client.say(new Int16Array(16_000 * 0.25));
    await client.say(BEEP);
    assert.equal(await client.line('user'), 'beep beep');
  });

  test('a visitor who talks silences the assistant, whose line ends as spoken', async () => {
    await client.say(BEEP);
    // On a machine with much to do, one beep may arrive as two.
    await client.next('transcript', ({content}) => String(content).endsWith('This'));
    await client.say(BEEP);
    const spoken = await client.line('assistant');
    assert.match(spoken, /^I heard beep.* This/);
    assert.doesNotMatch(spoken, /of it\.$/);
    assert.match(await client.line('user'), /^beep/);
    assert.match(await client.line('assistant'), /of it\.$/);
  });

  test('speech that nobody understands is withdrawn, and said to be so', async () => {
    await client.say(NOISE);
    assert.equal(await client.line('user'), '');
    assert.match(await client.line('assistant'), /^I heard nothing I know\./);
  });

  test('a response that is sent by hand is not asked for', async () => {
    client.send('send-user-response', null);
    await client.say(BEEP);
    assert.equal(await client.line('user'), 'beep');
    assert.deepEqual(names(client), ['transcript']);
  });
});

describe('hands-on', () => {
  beforeEach(async () => {
    engine = await startTestEngine();
    client = await engine.connect();
  });

  test('nothing is answered until the visitor sends the response', async () => {
    client.configure('hands-on');
    await client.say(BEEP);
    await client.next('user-started-talking');
    await client.say(new Int16Array(16_000));
    await client.say(BEEP);
    await client.next('transcript', ({content}) => content === 'beep beep');
    client.send('send-user-response', null);
    assert.equal(await client.next('user-stopped-talking'), null);
    assert.equal(await client.line('user'), 'beep beep');
    assert.match(await client.line('assistant'), /^I heard beep beep\./);
    assert.deepEqual(names(client), [
      'user-started-talking',
      'transcript',
      'user-paused',
      'user-resumed',
      'user-stopped-talking',
    ]);
  });

  test('a response is sent once, however often it is asked for', async () => {
    client.configure('hands-on');
    client.send('send-user-response', null);
    await client.say(BEEP);
    for (let i = 0; i < 3; i += 1) client.send('send-user-response', null);
    await client.line('assistant');
    client.send('send-user-response', null);
    await client.say(SILENCE);
    const lines = transcripts(client).filter(line => line['complete'] === true);
    assert.deepEqual(
      lines.map(({content}) => content),
      ['beep', ANSWER],
    );
    assert.equal(count(client, 'user-stopped-talking'), 1);
  });

  test('a response is sent after the silence that was configured', async () => {
    client.configure('hands-on', 700);
    await client.say(BEEP);
    await client.say(new Int16Array(16_000 * 0.4));
    await client.say(BEEP);
    await client.next('user-stopped-talking');
    assert.equal(await client.line('user'), 'beep beep');
    assert.equal(count(client, 'user-started-talking'), 1);
  });

  test('the mode can change within a turn, and what has started stops', async () => {
    client.configure('hands-on');
    await client.say(BEEP);
    await client.next('transcript', ({content}) => content === 'beep');
    client.configure('hands-free');
    await client.next('user-stopped-talking');
    assert.equal(await client.line('user'), 'beep');
    assert.equal(await client.line('assistant'), ANSWER);
  });
});

test('the engine is silent until it is configured, then greets once a session', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: 'Hello there.'})});
  const id = await engine.createSession();
  client = await engine.connect(id);
  await client.say(BEEP);
  await client.say(SILENCE);
  assert.deepEqual(client.received, []);
  client.configure('hands-on');
  assert.equal(await client.line('assistant'), 'Hello there.');
  await client.delete();

  const again = await engine.connect(id);
  again.configure('hands-on');
  await again.say(BEEP);
  again.send('send-user-response', null);
  assert.equal(await again.line('user'), 'beep');
  assert.equal(await again.line('assistant'), ANSWER);
  assert.equal(transcripts(again)[0]?.['role'], 'user');
  const {history} = await engine.session(id);
  const lines = history as HistoryLine[];
  assert.deepEqual(
    lines.map(({role, content}) => [role, content]),
    [
      ['assistant', 'Hello there.'],
      ['user', 'beep'],
      ['assistant', ANSWER],
    ],
  );
});

test('a voice that fails ends the conversation with an error', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: 'Hello.', voiceFails: true})});
  client = await engine.connect();
  const closed = event(client.channel, 'close', AbortSignal.timeout(5_000));
  client.configure('hands-free');
  assert.deepEqual(await client.next('error'), {
    code: 'engine-error',
    message: 'The voice is gone.',
  });
  assert.equal(await client.next('close'), 'engine error');
  await closed;
});

test('messages that make no sense and floods are passed over', async () => {
  engine = await startTestEngine();
  client = await engine.connect();
  for (const text of ['', '{', 'null', '[]', '{"event":"configure","data":{"mode":"loud"}}']) {
    client.channel.send(text);
  }
  client.channel.send(new Uint8Array([1, 2, 3]));
  client.channel.send('a'.repeat(100_000));
  client.configure('hands-on');
  for (let i = 0; i < 5_000; i += 1) client.send('unknown', i);
  while (client.channel.bufferedAmount > 0) await delay(10);
  await client.say(new Int16Array(32_000));
  await client.say(BEEP);
  // What comes in the same second as the flood is passed over, too, however late the engine reads it.
  const insisting = setInterval(() => client.send('send-user-response', null), 500).unref();
  assert.equal(await client.line('user'), 'beep');
  clearInterval(insisting);
});

function transcripts({received}: Client): Record<string, unknown>[] {
  return received
    .filter(message => message.event === 'transcript')
    .map(({data}) => data as Record<string, unknown>);
}

function names({received}: Client): string[] {
  return [...new Set(received.map(message => message.event))];
}

function count({received}: Client, name: string): number {
  return received.filter(message => message.event === name).length;
}
