import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {QUESTIONS} from './speech/questions.js';
import {createLocalSpeech} from './speech/local.js';
import type {Speech} from './speech/types.js';
import {startVoice, type FliteVoice} from './speech/voice.js';
import {SILENCE} from './testing/client.js';
import {startTestEngine, type TestEngine} from './testing/engine.js';

let speech: Speech;
let visitor: FliteVoice;
let engine: TestEngine;
before(async () => {
  speech = await createLocalSpeech();
  visitor = await startVoice('rms');
  engine = await startTestEngine({speech});
});
after(async () => {
  await engine.close();
  await speech.close();
  await visitor.close();
});

/** A question in the visitor's voice, which is not the assistant's. */
async function spoken(question: string): Promise<Int16Array> {
  return (await visitor.speak(question, AbortSignal.timeout(20_000))).samples;
}

test('a spoken question is understood and answered aloud', async () => {
  const [question = ''] = QUESTIONS;
  const client = await engine.connect(undefined, {video: false});
  client.configure('hands-free');
  await client.line('assistant');
  client.loudness = 0;
  await client.say(await spoken(question));
  assert.equal(await client.line('user'), question);
  assert.ok((await client.line('assistant')).length > 10);
  assert.ok(client.loudness > 1_000, String(client.loudness));
});

test('a question that is discarded is forgotten, and the next one answered', async () => {
  const [first = '', second = ''] = QUESTIONS;
  const id = await engine.createSession({profile: 'quiet-guide'});
  const client = await engine.connect(id, {video: false});
  client.configure('hands-on');
  await client.say(await spoken(first));
  await client.say(SILENCE);
  await client.next('user-paused');
  client.send('discard-user-response', null);
  assert.equal(await client.line('user'), '');
  await client.say(await spoken(second));
  await client.say(SILENCE);
  client.send('send-user-response', null);
  assert.equal(await client.line('user'), second);
  await client.line('assistant');
  assert.equal(((await engine.session(id))['history'] as unknown[]).length, 2);
});
