import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'node:test';
import {SessionRecord} from './record.js';
import type {HistoryLine, Speech} from './speech/types.js';
import type {Client} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';
import {tone, toneSpeech} from './testing/tone-speech.js';

const BEEP = tone(440, 0.3);
const NOISE = tone(3_500, 0.4);

/** Takes longer than the engine waits before it gives up a client that does not answer. */
const GREETING = Array.from({length: 40}, (_, i) => `word${i}`).join(' ');

let engine: TestEngine;
afterEach(() => engine.close());

test('who was lost in the middle of an answer is told the rest of it, once and in order', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: GREETING})});
  const id = await engine.createSession();
  const lost = await engine.connect(id, {pongs: false});
  lost.configure('hands-free');
  await lost.next('transcript', ({content}) => content === 'word0 word1 word2');
  const seen = lastSeq(lost);
  assert.deepEqual(lost.seqs.slice(0, 3), [1, 2, 3]);

  const again = await engine.connect(id);
  again.resume(seen);
  again.configure('hands-free');
  const line = await again.line('assistant');
  assert.ok(line.startsWith('word0 word1 word2 word3'), line);
  assert.ok(GREETING.startsWith(line) && line.length < GREETING.length, line);
  assert.equal(again.received.length, 1, 'the updates that the last one replaced are left out');
  const completed = lastSeq(again);
  assert.equal(completed, line.split(' ').length + 1);

  await again.say(BEEP);
  assert.equal(await again.line('user'), 'beep');
  await again.line('assistant');
  assert.deepEqual(
    again.seqs,
    again.seqs.map((_, i) => completed + i),
  );
  const {history} = await engine.session(id);
  assert.deepEqual(
    (history as HistoryLine[]).map(({content}) => content),
    [line, 'beep', 'I heard beep. This is line number two of it.'],
  );
});

test('who is back before the answer they lost has ended is told that it has', async () => {
  const speech = toneSpeech();
  let finish = () => {};
  const finished = new Promise<void>(resolve => (finish = resolve));
  const voice: Speech['voice'] = {
    async speak(sentence, signal) {
      if (sentence.startsWith('This')) await finished;
      return speech.voice.speak(sentence, signal);
    },
  };
  engine = await startTestEngine({speech: {...speech, voice}});
  const id = await engine.createSession();
  const lost = await engine.connect(id);
  lost.configure('hands-free');
  await lost.say(BEEP);
  await lost.next('transcript', ({content}) => content === 'I heard');
  const seen = lastSeq(lost);
  lost.close();

  const again = await engine.connect(id);
  again.resume(seen);
  again.configure('hands-on');
  await again.say(BEEP);
  assert.equal((await again.next('user-started-talking')) ?? null, null);
  finish();
  assert.match(await again.line('assistant'), /^I heard/);
});

describe('a hands-on turn that a lost connection leaves open', () => {
  test('is over, with the words understood so far', async () => {
    engine = await startTestEngine();
    const id = await engine.createSession();
    const lost = await engine.connect(id, {pongs: false});
    lost.configure('hands-on');
    await lost.say(BEEP);
    const interim = await lost.next('transcript');
    await lost.next('user-paused');
    const seen = lastSeq(lost);

    const again = await engine.connect(id);
    again.resume(seen);
    again.configure('hands-on');
    await again.line('user');
    assert.deepEqual(again.received, [
      {event: 'user-stopped-talking', data: null, seq: seen + 1},
      {event: 'transcript', data: {...Object(interim), complete: true}, seq: seen + 2},
    ]);
    const {timestamp, content} = Object(interim);
    assert.deepEqual((await engine.session(id))['history'], [{role: 'user', content, timestamp}]);

    await again.say(BEEP);
    again.send('send-user-response', null);
    assert.equal(await again.line('user'), 'beep');
    assert.match(await again.line('assistant'), /^I heard beep\./);
  });

  test('is withdrawn where nothing was understood', async () => {
    engine = await startTestEngine();
    const id = await engine.createSession();
    const lost = await engine.connect(id);
    lost.configure('hands-on');
    await lost.say(NOISE);
    await lost.next('user-paused');
    const seen = lastSeq(lost);
    lost.close();

    const again = await engine.connect(id);
    again.resume(seen);
    again.configure('hands-on');
    assert.equal(await again.line('user'), '');
    assert.deepEqual(names(again), ['user-stopped-talking', 'transcript']);
    assert.deepEqual((await engine.session(id))['history'], []);
  });

  test('is completed where it was over, but its words were still awaited', async () => {
    engine = await startTestEngine({speech: pensiveSpeech()});
    const id = await engine.createSession();
    const lost = await engine.connect(id);
    lost.configure('hands-on');
    await lost.say(BEEP);
    await lost.next('transcript');
    lost.send('send-user-response', null);
    await lost.next('user-stopped-talking');
    const seen = lastSeq(lost);
    lost.close();

    const again = await engine.connect(id);
    again.resume(seen);
    again.configure('hands-on');
    assert.equal(await again.line('user'), 'beep');
    assert.deepEqual(again.seqs, [seen + 1]);
  });
});

test('who has seen nothing is told everything, before anything new', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: 'Hello there.'})});
  const id = await engine.createSession();
  const first = await engine.connect(id);
  first.configure('hands-on');
  await first.line('assistant');
  await first.delete();

  const second = await engine.connect(id);
  second.resume(0);
  second.configure('hands-on');
  second.configure('hands-on');
  await second.say(BEEP);
  await second.next('user-started-talking');
  assert.equal(Object(second.received[0]?.data).content, 'Hello there.');
  assert.deepEqual(second.seqs.slice(0, 2), [3, 4]);
});

test('a resume that makes no sense or comes too late is passed over', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: 'Hello.'})});
  const id = await engine.createSession();
  const first = await engine.connect(id);
  first.configure('hands-on');
  await first.line('assistant');
  const seen = lastSeq(first);
  await first.delete();

  const second = await engine.connect(id);
  second.resume(seen - 1);
  for (const after of [-1, 0.5, '0', null, undefined, [], 1e300]) second.resume(after);
  second.send('resume', 0);
  second.configure('hands-on');
  await second.line('assistant');
  assert.deepEqual(second.seqs, [seen]);
  await second.delete();

  const third = await engine.connect(id);
  third.configure('hands-on');
  third.resume(0);
  third.configure('hands-on');
  await third.say(BEEP);
  await third.next('user-started-talking');
  assert.equal(third.seqs[0], seen + 1);
});

test('who comes from an engine that had counted further is told everything', async () => {
  engine = await startTestEngine({speech: toneSpeech({greeting: 'Hello.'})});
  const id = await engine.createSession();
  const lost = await engine.connect(id);
  lost.resume(7);
  lost.configure('hands-on');
  await lost.line('assistant');
  assert.deepEqual(lost.seqs, [1, 2]);
  await lost.delete();

  const again = await engine.connect(id);
  again.resume(7);
  again.configure('hands-on');
  assert.equal(await again.line('assistant'), 'Hello.');
  assert.deepEqual(again.seqs, [2]);
});

describe('the record', () => {
  test('is bounded, and goes on counting', () => {
    const record = new SessionRecord();
    for (let i = 0; i < 2_000; i += 1) record.add('user-started-talking', null);
    const seqs = record.after(0).map(({seq}) => seq);
    assert.deepEqual(
      seqs,
      Array.from({length: 500}, (_, i) => 1_501 + i),
    );
    assert.deepEqual(record.after(2_000), []);
  });

  test('keeps of a line what has not been replaced', () => {
    const record = new SessionRecord();
    const update = (timestamp: string, role: 'user' | 'assistant', complete: boolean) =>
      record.add('transcript', {timestamp, role, content: 'so far', complete});
    for (let i = 0; i < 1_000; i += 1) update('1', 'user', false);
    update('1', 'assistant', false);
    update('1', 'user', true);
    update('2', 'user', false);
    assert.deepEqual(
      record.after(0).map(({seq}) => seq),
      [1_001, 1_002, 1_003],
    );
  });
});

/** Hears at once, but never comes to an end with it. */
function pensiveSpeech(): Speech {
  const speech = toneSpeech();
  const take = () => new Promise<never>(() => undefined);
  return {...speech, ear: async listener => Object.assign(await speech.ear(listener), {take})};
}

function lastSeq({seqs}: Client): number {
  return seqs.at(-1) ?? 0;
}

function names({received}: Client): string[] {
  return received.map(message => message.event);
}
