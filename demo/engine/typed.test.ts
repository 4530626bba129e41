import assert from 'node:assert/strict';
import {once} from 'node:events';
import {afterEach, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import type {HistoryLine, Speech} from './speech/types.js';
import {SILENCE, type Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {absentSpeech, tone, toneSpeech} from './testing/tone-speech.js';

const BEEP = tone(440, 0.3);

/** Long enough to be interrupted. */
const GREETING = Array.from({length: 40}, (_, i) => `word${i}`).join(' ');

let engine: TestEngine;
let client: Client;
let id: string;
afterEach(() => engine.close());

async function start(speech: Speech = toneSpeech()): Promise<void> {
  engine = await startTestEngine({speech});
  id = await engine.createSession();
  client = await engine.connect(id);
}

for (const mode of ['hands-free', 'hands-on']) {
  test(`${mode}, a text is told, kept and answered aloud, without talking events`, async () => {
    await start();
    client.configure(mode);
    type(' \t\n“Hi”  there,\nyou!\u00a0\n');
    const line = await client.next('transcript');
    const {timestamp} = Object(line);
    const content = '“Hi”  there,\nyou!';
    assert.deepEqual(line, {timestamp, role: 'user', content, complete: true});
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.match(await client.line('assistant'), /^I heard “Hi” {2}there/);
    assert.ok(client.loudness > 5_000, String(client.loudness));
    assert.deepEqual((await history())[0], {role: 'user', content, timestamp});
    assert.ok(client.received.every(({event}) => event === 'transcript'));
  });
}

test('a text silences the assistant, whose line ends as spoken and is kept before it', async () => {
  await start(toneSpeech({greeting: GREETING}));
  client.configure('hands-on');
  await client.next('transcript', ({content}) => content === 'word0 word1 word2');
  type('stop');
  assert.equal(await client.line('user'), 'stop');
  const spoken = await client.line('assistant');
  assert.ok(GREETING.startsWith(spoken) && spoken.length < GREETING.length, spoken);
  const answer = await client.line('assistant');
  assert.match(answer, /^I heard stop\./);
  assert.deepEqual(
    (await history()).map(({content}) => content),
    [spoken, 'stop', answer],
  );
});

test('a line of which more was being made into speech is kept before the text, too', async () => {
  await start(hesitantSpeech());
  client.configure('hands-on');
  type('go');
  await client.next('transcript', ({content}) => content === 'I heard');
  type('stop');
  const spoken = await client.line('assistant');
  const answer = await client.line('assistant');
  assert.deepEqual(
    (await history()).map(({content}) => content),
    ['go', spoken, 'stop', answer],
  );
});

test('the assistant falls silent at once, even where something else is being understood', async () => {
  const {speech, understand} = slowSpeech(GREETING);
  await start(speech);
  client.configure('hands-on');
  await client.next('transcript', ({content}) => content === 'word0 word1 word2');
  client.send('send-user-response', null);
  type('stop');
  assert.notEqual(await client.line('assistant'), GREETING);
  understand();
  assert.match(await client.line('assistant'), /^I heard stop\./);
});

test('what the visitor was saying is dropped for a text', async () => {
  await start();
  client.configure('hands-on', 60_000);
  await client.say(BEEP);
  const interim = await client.next('transcript');
  await client.next('user-paused');
  await client.say(SILENCE);
  const before = client.received.length;
  type('no');
  await client.line('assistant');
  const [stopped, withdrawn, typed] = client.received.slice(before);
  assert.equal(stopped?.event, 'user-stopped-talking');
  assert.deepEqual(withdrawn?.data, {...Object(interim), content: '', complete: true});
  assert.equal(Object(typed?.data).content, 'no');
  assert.deepEqual(
    (await history()).map(({role, content}) => [role, content.slice(0, 11)]),
    [
      ['user', 'no'],
      ['assistant', 'I heard no.'],
    ],
  );
});

test('speech that nobody has noticed yet is dropped for a text, too', async () => {
  await start(absentSpeech());
  client.configure('hands-on');
  await client.say(BEEP);
  await client.say(SILENCE);
  type('no');
  client.send('send-user-response', null);
  await client.line('assistant');
  assert.equal((await history()).length, 2);
});

test('what was said before and is still being understood comes first', async () => {
  const {speech, understand} = slowSpeech();
  await start(speech);
  client.configure('hands-on');
  await client.say(BEEP);
  await client.next('transcript');
  client.send('send-user-response', null);
  await client.next('user-stopped-talking');
  type('and this');
  assert.equal(await client.line('user'), 'and this');
  assert.deepEqual(await history(), []);
  understand();
  assert.equal(await client.line('user'), 'beep');
  assert.match(await client.line('assistant'), /^I heard and this\./);
  assert.deepEqual(
    (await history()).slice(0, 2).map(({content}) => content),
    ['beep', 'and this'],
  );
});

test('of several texts at once each is kept, and the last one answered', async () => {
  await start();
  client.configure('hands-free');
  for (const text of ['one', 'two', 'three']) type(text);
  await client.next(
    'transcript',
    ({complete, content}) => complete === true && String(content).startsWith('I heard three.'),
  );
  // An answer to the first may have begun by the time that the next is read.
  const lines = await history();
  assert.deepEqual(
    lines.filter(({role}) => role === 'user').map(({content}) => content),
    ['one', 'two', 'three'],
  );
  const answers = lines.filter(({role}) => role === 'assistant').map(({content}) => content);
  for (const cut of answers.slice(0, -1)) assert.match(cut, /^I( heard( (one|two)\b.*)?)?$/);
});

test('a text that comes again, also over another connection, is answered once', async () => {
  await start();
  client.configure('hands-free');
  const again = {text: 'one', id: 0.1};
  client.send('user-text', again);
  client.send('user-text', again);
  await client.line('assistant');
  await client.delete();
  client = await engine.connect(id);
  client.configure('hands-free');
  client.send('user-text', again);
  client.send('user-text', {...again, id: 0.2});
  await client.line('assistant');
  const said = (await history()).filter(({role}) => role === 'user');
  assert.deepEqual(
    said.map(({content}) => content),
    ['one', 'one'],
  );
});

test('a text that is empty, too long or none is passed over, and so is one too early', async () => {
  await start();
  type('too early');
  client.configure('hands-free');
  for (const text of ['', ' \n\t ', 'a'.repeat(4_097), '😀'.repeat(2_049), 5, null]) type(text);
  for (const data of [null, 'text', [], {}]) client.send('user-text', data);
  const longest = '😀'.repeat(2_048);
  type(`  ${longest}  `);
  assert.equal(await client.line('user'), longest);
  await client.line('assistant');
  assert.equal((await history()).length, 2);
});

function type(text: unknown): void {
  client.send('user-text', {text});
}

async function history(): Promise<HistoryLine[]> {
  return (await engine.session(id))['history'] as HistoryLine[];
}

/** Never gets to the end of its first answer, and takes its time to give up. */
function hesitantSpeech(): Speech {
  const speech = toneSpeech();
  let hesitant = true;
  const speak: Speech['voice']['speak'] = async (sentence, signal) => {
    if (hesitant && sentence.startsWith('This')) {
      hesitant = false;
      await once(signal, 'abort');
      await delay(100);
    }
    return speech.voice.speak(sentence, signal);
  };
  return {...speech, voice: {speak}};
}

/** Comes to an end with what it has heard when it is told to. */
function slowSpeech(greeting?: string): {speech: Speech; understand: () => void} {
  const speech = toneSpeech(greeting === undefined ? {} : {greeting});
  let understand = () => {};
  const understood = new Promise<void>(resolve => (understand = resolve));
  const ear: Speech['ear'] = async listener => {
    const quick = await speech.ear(listener);
    const take = async () => {
      const said = await quick.take();
      await understood;
      return said;
    };
    return {
      take,
      listen: samples => quick.listen(samples),
      discard: () => quick.discard(),
      close: () => quick.close(),
    };
  };
  return {speech: {...speech, ear}, understand};
}
