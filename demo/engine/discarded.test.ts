import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'node:test';
import type {HistoryLine, Speech} from './speech/types.js';
import {SILENCE, type Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {absentSpeech, tone, toneSpeech} from './testing/tone-speech.js';

const BEEP = tone(440, 0.3);

let engine: TestEngine;
let client: Client;
let id: string;
afterEach(() => engine.close());

async function start(mode: string, speech: Speech = toneSpeech()): Promise<void> {
  engine = await startTestEngine({speech});
  id = await engine.createSession();
  client = await engine.connect(id);
  client.configure(mode);
}

describe('hands-on', () => {
  test('a response that is discarded is withdrawn, and the turn is over', async () => {
    await start('hands-on');
    await client.say(BEEP);
    const interim = await client.next('transcript');
    await client.next('user-paused');
    await client.say(SILENCE);
    const before = client.received.length;
    client.send('discard-user-response', null);
    await client.next('transcript');
    const {timestamp} = Object(interim);
    assert.deepEqual(
      client.received.slice(before).map(({event, data}) => [event, data]),
      [
        ['user-stopped-talking', null],
        ['transcript', {timestamp, role: 'user', content: '', complete: true}],
      ],
    );
    assert.deepEqual((await engine.session(id))['history'], []);
  });

  test('what is said after is a new turn, and all that is answered', async () => {
    await start('hands-on');
    await client.say(BEEP);
    await client.next('user-paused');
    client.send('discard-user-response', null);
    assert.equal(await client.line('user'), '');
    await client.say(BEEP);
    await client.next('user-started-talking');
    client.send('send-user-response', null);
    assert.equal(await client.line('user'), 'beep');
    await client.line('assistant');
    assert.deepEqual(await history(), ['beep', 'I heard beep. This is line number two of it.']);
  });

  test('who is still talking can discard, and the events stay balanced', async () => {
    await start('hands-on');
    const said = client.say(tone(440, 1));
    await client.next('transcript');
    client.send('discard-user-response', null);
    await client.next('user-stopped-talking');
    assert.equal(await client.line('user'), '');
    await said;
    await client.say(SILENCE);
    client.send('discard-user-response', null);
    client.configure('hands-free');
    await client.say(BEEP);
    assert.match(await client.line('user'), /^beep/);
    assert.equal(count('user-started-talking'), count('user-stopped-talking'));
  });

  test('speech that nobody has noticed yet is dropped, too', async () => {
    await start('hands-on', absentSpeech());
    await client.say(BEEP);
    await client.say(SILENCE);
    client.send('discard-user-response', null);
    client.send('send-user-response', null);
    await client.say(BEEP);
    await client.say(SILENCE);
    assert.deepEqual(client.received, []);
    client.send('send-user-response', null);
    assert.equal(await client.line('user'), 'beep');
    assert.match(await client.line('assistant'), /^I heard beep\./);
  });
});

describe('hands-free', () => {
  test('a turn can be discarded as long as it has not ended', async () => {
    await start('hands-free');
    const said = client.say(tone(440, 1));
    const interim = await client.next('transcript');
    client.send('discard-user-response', null);
    const withdrawal = await client.next('transcript');
    assert.deepEqual(withdrawal, {...Object(interim), content: '', complete: true});
    await said;
    await client.say(SILENCE);
    await client.say(BEEP);
    assert.match(await client.line('user'), /^beep/);
    assert.match(await client.line('assistant'), /^I heard beep/);
    assert.equal((await history()).length, 2);
    assert.equal(count('user-stopped-talking'), 0);
  });

  test('a turn that has ended is answered all the same', async () => {
    await start('hands-free');
    await client.say(BEEP);
    assert.equal(await client.line('user'), 'beep');
    client.send('discard-user-response', null);
    assert.match(await client.line('assistant'), /of it\.$/);
  });
});

test('before anything was said there is nothing to discard', async () => {
  await start('hands-on');
  for (let i = 0; i < 3; i += 1) client.send('discard-user-response', null);
  await client.say(SILENCE);
  assert.deepEqual(client.received, []);
  await client.say(BEEP);
  client.send('send-user-response', null);
  assert.equal(await client.line('user'), 'beep');
});

async function history(): Promise<string[]> {
  const lines = (await engine.session(id))['history'] as HistoryLine[];
  return lines.map(({content}) => content);
}

function count(name: string): number {
  return client.received.filter(({event}) => event === name).length;
}
