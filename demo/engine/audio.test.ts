import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {Resampler, toMono} from './resampler.js';
import {Speaker, type SpokenFrame} from './speaker.js';
import {SAMPLE_RATE} from './speech/types.js';
import {tone} from './testing/tone-speech.js';

function wave(hertz: number, rate: number, seconds: number): Int16Array {
  return Int16Array.from({length: rate * seconds}, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hertz * i) / rate)),
  );
}

function resampleInChunks(samples: Int16Array, from: number): Int16Array {
  const resampler = new Resampler(from, SAMPLE_RATE);
  const size = from / 100;
  const chunks = Array.from({length: samples.length / size}, (_, i) =>
    resampler.resample(samples.subarray(i * size, (i + 1) * size)),
  );
  return Int16Array.from(chunks.flatMap(chunk => [...chunk]));
}

function peak(samples: Int16Array): number {
  return samples.reduce((max, one) => Math.max(max, Math.abs(one)), 0);
}

function joined(frames: readonly SpokenFrame[]): Int16Array {
  return Int16Array.from(frames.flatMap(({samples}) => [...samples]));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(1);
}

for (const from of [48_000, 44_100, 32_000, 8_000]) {
  test(`speech comes through from ${from} Hz, at its pitch and loudness`, () => {
    const output = resampleInChunks(wave(1_000, from, 1), from);
    assert.ok(Math.abs(output.length - SAMPLE_RATE) < 200, String(output.length));
    const steady = output.subarray(2_000, 14_000);
    assert.ok(Math.abs(peak(steady) - 10_000) < 200, String(peak(steady)));
    const crossings = steady.filter((one, i) => i > 0 && one >= 0 && (steady[i - 1] ?? 0) < 0);
    assert.ok(Math.abs(crossings.length - 750) <= 1, String(crossings.length));
  });
}

test('what the lower rate cannot carry is not folded back into it', () => {
  const output = resampleInChunks(wave(12_000, 48_000, 1), 48_000);
  assert.ok(peak(output.subarray(2_000, 14_000)) < 50);
});

test('two channels become their mean', () => {
  assert.deepEqual(toMono(Int16Array.of(1, 3, -2, -4), 2), Int16Array.of(2, -3));
});

test('an utterance takes as long as it lasts, and its words come in their time', async () => {
  const life = new AbortController();
  const speaker = new Speaker();
  const frames: SpokenFrame[] = [];
  speaker.start(frame => frames.push(frame), life.signal);
  const startedAt = performance.now();
  const heard: [string, number][] = [];
  const utterance = {
    samples: tone(440, 1),
    words: [
      {text: 'one', start: 0},
      {text: 'two', start: 0.5},
    ],
    mouth: [{start: 0, open: 1, wide: 0.5}],
  };
  const hear = (word: string) => heard.push([word, performance.now() - startedAt]);
  await speaker.play(utterance, hear, life.signal);
  const seconds = (performance.now() - startedAt) / 1000;
  assert.ok(seconds > 0.9 && seconds < 3, String(seconds));
  assert.deepEqual(
    heard.map(([word]) => word),
    ['one', 'two'],
  );
  assert.ok((heard[1]?.[1] ?? 0) > 450);
  await until(() => frames.at(-1)?.mouth === undefined);
  life.abort();
  const spoken = frames.filter(({mouth}) => mouth?.open === 1);
  assert.deepEqual(joined(spoken), utterance.samples);
  assert.equal(peak(joined(frames.slice(frames.findLastIndex(({mouth}) => mouth) + 1))), 0);
});

test('an utterance that is interrupted falls silent, and so does what waits behind it', async () => {
  const life = new AbortController();
  const interruption = new AbortController();
  const speaker = new Speaker();
  const frames: SpokenFrame[] = [];
  speaker.start(frame => frames.push(frame), life.signal);
  const utterance = {samples: tone(440, 60), words: [{text: 'one', start: 0}], mouth: []};
  const hear = () => interruption.abort();
  await Promise.all([
    speaker.play(utterance, hear, interruption.signal),
    speaker.play(utterance, hear, interruption.signal),
  ]);
  const after = frames.length;
  await until(() => frames.length > after);
  life.abort();
  assert.equal(frames.at(-1)?.mouth, undefined);
  assert.equal(peak(joined(frames.slice(after))), 0);
});
