import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {createLocalSpeech} from './local.js';
import {QUESTIONS, TOPICS} from './questions.js';
import {silence, sound, tone, witness} from './testing.js';
import {SAMPLE_RATE, type Speech} from './types.js';
import {type FliteVoice, startVoice} from './voice.js';

const forever = new AbortController().signal;

describe('local speech', () => {
  let speech: Speech;
  let visitor: FliteVoice;

  const say = async (text: string): Promise<Int16Array> =>
    (await visitor.speak(text, forever)).samples;

  before(async () => {
    [speech, visitor] = await Promise.all([createLocalSpeech(), startVoice('rms')]);
  });

  after(() => Promise.all([speech.close(), visitor.close()]));

  it('understands every question it offers', async () => {
    const {ear, listen} = await witness(speech);
    for (const question of QUESTIONS) {
      await listen(silence(0.5), await say(question), silence(1));
      assert.deepEqual(await ear.take(), {text: question});
    }
    ear.close();
  });

  it('understands other voices, noise and a quiet microphone', async () => {
    const {ear, listen} = await witness(speech);
    for (const name of ['awb', 'kal16']) {
      const voice = await startVoice(name);
      const {samples} = await voice.speak('How do I put you on my website?', forever);
      await voice.close();
      for (const change of [
        // As noise as any, and the same in every run.
        (sample: number, index: number) => sample + 75 * Math.sin(index * index),
        (sample: number) => sample / 8,
      ]) {
        await listen(...[silence(0.5), samples, silence(1)].map(part => part.map(change)));
        assert.deepEqual(await ear.take(), {text: 'How do I put you on my website?'});
      }
    }
    ear.close();
  });

  it('owns up to what it does not understand', async () => {
    const {ear, listen} = await witness(speech);
    for (const sentence of [
      'Please order me a pizza with cheese.',
      'My name is Peter and I live in London.',
      'Where is the next railway station?',
      'Good morning everyone and welcome to the show.',
    ]) {
      await listen(silence(0.5), await say(sentence), silence(1));
      assert.deepEqual(await ear.take(), {text: ''}, sentence);
    }
    ear.close();
  });

  it('tells when speech starts, the words as they come, and when it stops', async () => {
    const {ear, told, listen, stopped} = await witness(speech);
    const silent = stopped();
    await listen(silence(0.5), await say('How do I put you on my website?'), silence(1));
    await silent;
    assert.equal(told.at(0), 'started');
    assert.ok(told.includes('how do i put you'), told.join(', '));
    assert.deepEqual(told.slice(-2), ['how do i put you on my website', 'stopped']);
    ear.close();
  });

  it('keeps the whole of a turn with pauses until it is taken', async () => {
    const {ear, told, listen, stopped} = await witness(speech);
    for (const sentence of ['Hello.', 'Who are you?']) {
      const silent = stopped();
      await listen(silence(0.5), await say(sentence), silence(3));
      await silent;
    }
    assert.deepEqual(await ear.take(), {text: 'Hello. Who are you?'});
    assert.equal(told.filter(event => event === 'stopped').length, 2);
    assert.equal(await ear.take(), null);
    ear.close();
  });

  it('understands several visitors at the same time', async () => {
    const questions = QUESTIONS.slice(0, 3);
    const visitors = await Promise.all(questions.map(() => witness(speech)));
    const voices = await Promise.all(questions.map(say));
    const parts = [() => silence(0.5), (i: number) => voices[i] ?? silence(0), () => silence(1)];
    for (const part of parts) await Promise.all(visitors.map(({listen}, i) => listen(part(i))));
    const heard = await Promise.all(visitors.map(({ear}) => ear.take()));
    assert.deepEqual(
      heard,
      questions.map(text => ({text})),
    );
    visitors.forEach(({ear}) => ear.close());
  });

  it('takes a turn in the middle of speech with its last syllable', async () => {
    const {ear, listen} = await witness(speech);
    await listen(silence(0.5), await say('What can you do?'));
    assert.deepEqual(await ear.take(), {text: 'What can you do?'});
    await listen(silence(1));
    assert.equal(await ear.take(), null);
    ear.close();
  });

  it('tells nothing of a turn once it was taken or discarded', async () => {
    const {ear, told, listen, stopped} = await witness(speech);
    const question = await say('What can you do?');
    ear.listen(silence(0.5));
    ear.listen(question);
    ear.listen(silence(1));
    const taken = ear.take();
    ear.listen(question);
    ear.discard();
    assert.deepEqual(await taken, {text: 'What can you do?'});
    assert.equal(await ear.take(), null);
    assert.deepEqual(told, []);
    const silent = stopped();
    await listen(silence(0.5), await say('Tell me a joke.'), silence(3));
    await silent;
    assert.deepEqual([told.at(0), told.at(-1)], ['started', 'stopped']);
    assert.deepEqual(await ear.take(), {text: 'Tell me a joke.'});
    ear.close();
  });

  it('forgets a turn that is discarded', async () => {
    const {ear, listen} = await witness(speech);
    await listen(silence(0.5), await say('What can you do?'), silence(1));
    ear.discard();
    assert.equal(await ear.take(), null);
    ear.close();
  });

  it('takes no steady sound or beep for speech', async () => {
    // As of Chromium's fake microphone, when its beeps have been through a filter.
    const ringing = (second: number) => 1.5 * tone(59)(second) * Math.exp(-second / 0.033);
    const sounds = {
      'beeps that ring out': sound(5, second =>
        second % 0.5 < 0.02 ? 2 * tone(400)(second) : ringing((second % 0.5) - 0.02),
      ),
      'short beeps': sound(5, second => (second % 0.5 < 0.02 ? tone(400)(second) : 0)),
      'longer beeps': sound(5, second => (second % 1 < 0.2 ? tone(440)(second) : 0)),
      'a tone': sound(5, tone(440)),
      hiss: sound(5, () => 0.02 * (Math.random() - 0.5)),
      hum: sound(5, second => 0.2 * tone(50)(second) + 0.05 * tone(150)(second)),
    };
    for (const [name, samples] of Object.entries(sounds)) {
      const {ear, told, listen} = await witness(speech);
      await listen(samples, silence(1));
      assert.equal(await ear.take(), null, name);
      assert.deepEqual(told, [], name);
      ear.close();
    }
  });

  it('hears several visitors at once, each for themselves', async () => {
    const sentences = ['Who are you?', 'Tell me a joke.', 'Is my microphone on?'];
    const heard = await Promise.all(
      sentences.map(async sentence => {
        const {ear, listen} = await witness(speech);
        await listen(silence(0.5), await say(sentence), silence(1));
        const turn = await ear.take();
        ear.close();
        return turn?.text;
      }),
    );
    assert.deepEqual(heard, sentences);
  });

  it('rejects what is asked of a closed ear', async () => {
    const {ear} = await witness(speech);
    const taken = ear.take();
    ear.close();
    await assert.rejects(taken, /closed/);
    await assert.rejects(ear.take(), /closed/);
    ear.discard();
    ear.listen(silence(0.1));
  });

  it('speaks a sentence with the times of its words and the shapes of the mouth', async () => {
    const sentence = 'Load the script, and put the tag into your page.';
    const {samples, words, mouth} = await speech.voice.speak(sentence, forever);
    const seconds = samples.length / SAMPLE_RATE;
    assert.ok(seconds > 2 && seconds < 5, String(seconds));
    assert.ok(Math.max(...samples) > 3000);
    assert.equal(words.map(word => word.text).join(' '), sentence);
    for (const times of [words.map(word => word.start), mouth.map(shape => shape.start)]) {
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.ok((times.at(-1) ?? 0) < seconds);
    }
    assert.ok(mouth.some(shape => shape.open > 0.6));
    assert.equal(mouth.at(0)?.open, 0);
  });

  it('stops speaking when it is told to', async () => {
    const controller = new AbortController();
    const spoken = speech.voice.speak('This is a rather long sentence.', controller.signal);
    controller.abort(new Error('interrupted'));
    await assert.rejects(spoken, /interrupted/);
    await assert.rejects(speech.voice.speak('Hello.', controller.signal), /interrupted/);
  });

  it('has a wording and an answer for each topic that flite can speak', async () => {
    for (const {answer} of TOPICS) {
      for (const sentence of answer) {
        const {samples} = await speech.voice.speak(sentence, forever);
        assert.ok(samples.length > SAMPLE_RATE / 2, sentence);
      }
    }
  });
});

it('rejects what is asked of a speech that closes', async () => {
  const speech = await createLocalSpeech();
  const {ear} = await witness(speech);
  const spoken = speech.voice.speak('This sentence is so long that nobody waits for it.', forever);
  await Promise.all([assert.rejects(spoken, /ended/), speech.close()]);
  await assert.rejects(ear.take(), /closed/);
  await assert.rejects(speech.voice.speak('Hello.', forever), /closed/);
});
