import type {Phone} from './speaking-worker.js';
import {type MouthShape, SAMPLE_RATE, type SpokenWord} from './types.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * When each word begins: the words of a clause share the time between two pauses by their length.
 * Where the pauses are not those of the punctuation, all words share all the speech.
 */
export function wordsOf(sentence: string, phones: readonly Phone[]): SpokenWord[] {
  const clauses = sentence.split(/(?<=[,.;:?!])\s+/).map(clause => clause.trim());
  const spans = spansOfSpeech(phones);
  if (clauses.length === spans.length) {
    return clauses.flatMap((clause, index) => share(clause, spans[index]));
  }
  const whole = {start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0};
  return share(sentence, whole);
}

/** Shares a span of time among words by their length. */
export function share(text: string, span: Span = {start: 0, end: 0}): SpokenWord[] {
  const words = text.split(/\s+/).filter(word => word !== '');
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  let before = 0;
  return words.map(word => {
    const start = span.start + ((span.end - span.start) * before) / letters;
    before += word.length;
    return {text: word, start};
  });
}

function spansOfSpeech(phones: readonly Phone[]): Span[] {
  const spans: {start: number; end: number}[] = [];
  let start = 0;
  let paused = true;
  for (const {name, end} of phones) {
    const last = spans.at(-1);
    if (name !== 'pau' && (paused || !last)) spans.push({start, end});
    else if (name !== 'pau' && last) last.end = end;
    paused = name === 'pau';
    start = end;
  }
  return spans;
}

/** How a mouth looks, `[open, wide]`, while it makes a sound. */
const SHAPES: Readonly<Record<string, readonly [number, number]>> = {
  pau: [0, 0.5],
  ...shape([0, 0.45], 'p b m'),
  ...shape([0.12, 0.55], 'f v'),
  ...shape([0.2, 0.6], 't d n l th dh'),
  ...shape([0.15, 0.75], 's z'),
  ...shape([0.25, 0.2], 'sh zh ch jh r'),
  ...shape([0.25, 0.5], 'k g ng hh'),
  ...shape([0.2, 0.05], 'w uw'),
  ...shape([0.35, 0.15], 'uh ow oy'),
  ...shape([0.3, 0.35], 'er'),
  ...shape([0.3, 0.95], 'iy y'),
  ...shape([0.35, 0.8], 'ih ey'),
  ...shape([0.5, 0.7], 'eh'),
  ...shape([0.75, 0.75], 'ae'),
  ...shape([0.5, 0.5], 'ah ax'),
  ...shape([0.9, 0.5], 'aa ay aw'),
  ...shape([0.75, 0.25], 'ao'),
};

function shape(
  look: readonly [number, number],
  phones: string,
): Record<string, readonly [number, number]> {
  return Object.fromEntries(phones.split(' ').map(phone => [phone, look]));
}

export function mouthOf(phones: readonly Phone[]): MouthShape[] {
  return phones.map(({name}, index) => {
    const [open, wide] = SHAPES[name] ?? [0.3, 0.5];
    return {start: phones[index - 1]?.end ?? 0, open, wide};
  });
}

const LOUDNESS_SECONDS = 0.04;

/** A mouth for a voice whose phones nobody knows: as open as it is loud. */
export function loudnessMouth(samples: Int16Array): MouthShape[] {
  const step = LOUDNESS_SECONDS * SAMPLE_RATE;
  const levels = Array.from({length: Math.ceil(samples.length / step)}, (_, index) =>
    loudness(samples.subarray(index * step, (index + 1) * step)),
  );
  const loudest = Math.max(1, ...levels);
  return levels.map((level, index) => {
    const open = Math.min(1, level / loudest);
    return {start: index * LOUDNESS_SECONDS, open, wide: 0.5 + 0.2 * Math.sin(index * 0.9) * open};
  });
}

function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
