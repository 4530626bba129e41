import type {MouthShape, SpokenWord, Utterance} from './speech/types.js';
import {SAMPLE_RATE} from './speech/types.js';

const FRAME_MS = 20;
const FRAME_SAMPLES = (SAMPLE_RATE * FRAME_MS) / 1000;

/** After a stall of the process so much is caught up at once; what is older is skipped. */
const MAX_CATCH_UP_FRAMES = 10;

const CLOSED_MOUTH: MouthShape = {start: 0, open: 0, wide: 0};

/** Twenty milliseconds of a voice, as in a packet, and the shape of its mouth where it speaks. */
export interface SpokenFrame {
  readonly samples: Int16Array;
  readonly mouth: MouthShape | undefined;
}

/** An utterance that is being spoken, or waits for its turn. */
interface Playing {
  readonly utterance: Utterance;
  readonly onWord: (word: string) => void;
  readonly done: () => void;
  /** Samples and words that have been spoken. */
  samples: number;
  words: number;
}

/**
 * Speaks utterances one after the other, and silence between them. Paced by the clock, not by counting timers, which fire late and would fall behind.
 */
export class Speaker {
  readonly #queue: Playing[] = [];

  /** Gives its frames to `speak`, until `signal` aborts. */
  start(speak: (frame: SpokenFrame) => void, signal: AbortSignal): void {
    let startedAt = performance.now();
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.floor((performance.now() - startedAt) / FRAME_MS) - sent;
      if (due > MAX_CATCH_UP_FRAMES) startedAt += (due - MAX_CATCH_UP_FRAMES) * FRAME_MS;
      for (let i = Math.min(due, MAX_CATCH_UP_FRAMES); i > 0; i -= 1) {
        speak({mouth: this.#mouth, samples: this.#nextFrame()});
        sent += 1;
      }
    }, FRAME_MS);
    signal.addEventListener('abort', () => clearInterval(timer), {once: true});
  }

  /**
   * Speaks an utterance after those before it, telling each word as it begins. Settles when the
   * last sample has been sent, or when `signal` aborts, which drops what has not been.
   */
  play(utterance: Utterance, onWord: (word: string) => void, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal.aborted) return resolve();
      const drop = () => {
        this.#queue.splice(this.#queue.indexOf(playing), 1);
        resolve();
      };
      const done = () => {
        signal.removeEventListener('abort', drop);
        resolve();
      };
      const playing: Playing = {utterance, onWord, done, samples: 0, words: 0};
      this.#queue.push(playing);
      signal.addEventListener('abort', drop, {once: true});
    });
  }

  get #mouth(): MouthShape | undefined {
    const [playing] = this.#queue;
    if (!playing) return undefined;
    const now = playing.samples / SAMPLE_RATE;
    return playing.utterance.mouth.findLast(({start}) => start <= now) ?? CLOSED_MOUTH;
  }

  #nextFrame(): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES);
    const [playing] = this.#queue;
    if (!playing) return frame;
    const {samples, words} = playing.utterance;
    frame.set(samples.subarray(playing.samples, playing.samples + FRAME_SAMPLES));
    playing.samples += FRAME_SAMPLES;
    const now = playing.samples / SAMPLE_RATE;
    const ended = playing.samples >= samples.length;
    for (const {text} of words.slice(playing.words).filter(word => ended || begun(word, now))) {
      playing.words += 1;
      playing.onWord(text);
    }
    if (ended && this.#queue[0] === playing) {
      this.#queue.shift();
      playing.done();
    }
    return frame;
  }
}

function begun(word: SpokenWord, now: number): boolean {
  return word.start < now;
}
