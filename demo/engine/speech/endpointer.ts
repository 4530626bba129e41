import type {FrameJudge, SoundSwallower} from './recogniser.js';
import {concatenate} from './samples.js';
import {SAMPLE_RATE} from './types.js';

const FRAME_SECONDS = 0.03;
/** Speech begins where most frames of this window are speech, and ends where hardly any is. */
const WINDOW_SECONDS = 0.3;
const WINDOW_RATIO = 0.8;
/** Of the recogniser's four modes the one that misses least; see {@link isNoVoice} for the rest. */
const MODE = 0;
/** The package's judgement misses a quiet microphone, and ours has no automatic gain. */
const GAIN = 4;
/** Heard from before the moment at which speech was certain, so that its beginning is not lost. */
const LEAD_IN_FRAMES = 16;

/** The quietest frame of the last seconds is the background. */
const BACKGROUND_FRAMES = 50;
const ABOVE_BACKGROUND_DB = 6;
const LEAST_DB = -60;
/** Quieter than any microphone: no sound at all, which tells nothing of the background. */
const NOTHING_DB = -85;

/** Tells frame by frame whether it is speech; never freed by the package, so to be used again. */
export function createJudge(module: SoundSwallower): FrameJudge {
  return new module.Endpointer({
    samprate: SAMPLE_RATE,
    frame_length: FRAME_SECONDS,
    window: WINDOW_SECONDS,
    ratio: WINDOW_RATIO,
    mode: MODE,
  });
}

/** How far half periods of a tone may be from the usual one, as a part of it; coding adds a little. */
const TONE_JITTER = 0.12;
const TONE_EVENNESS = 0.75;
/** No voice is as low as that. */
const RUMBLE_HZ = 70;

export interface EndpointerListener {
  /** Somebody has begun to talk; the samples are what was heard around the beginning. */
  started(samples: Float32Array): void;
  /** The next frame of speech, the silence that ends it included. */
  continued(samples: Float32Array): void;
  stopped(): void;
}

/**
 * Finds where speech begins and ends in a visitor's audio, about half a second after it did. A tone
 * is never speech, nor is any other steady sound, such as hum, but in the two seconds after it began.
 */
export class Endpointer {
  readonly #judge: FrameJudge;
  readonly #listener: EndpointerListener;
  readonly #frame: Float32Array;
  readonly #silence: Float32Array;
  readonly #levels: number[] = [];
  #filled = 0;
  #heard: Float32Array[] = [];
  #speaking = false;

  constructor(judge: FrameJudge, listener: EndpointerListener) {
    this.#judge = judge;
    this.#listener = listener;
    this.#frame = new Float32Array(judge.get_frame_size());
    this.#silence = new Float32Array(this.#frame.length);
  }

  listen(samples: Int16Array): void {
    for (const sample of samples) {
      this.#frame[this.#filled++] = sample / 32768;
      if (this.#filled < this.#frame.length) continue;
      this.#filled = 0;
      this.#hear(this.#frame.slice());
    }
  }

  /** Begins anew; speech that goes on is found again as if it had just begun. */
  reset(): void {
    if (this.#filled > 0 && this.#speaking)
      this.#listener.continued(this.#frame.slice(0, this.#filled));
    this.#filled = 0;
    if (this.#speaking) this.#stop();
    this.#heard = [];
    while (this.#judge.get_in_speech()) this.#judge.process(this.#silence);
  }

  #hear(frame: Float32Array): void {
    this.#judge.process(this.#isBackground(frame) ? this.#silence : frame.map(amplify));
    if (this.#speaking) this.#listener.continued(frame);
    else this.#remember(frame);

    const isSpeech = this.#judge.get_in_speech();
    if (!this.#speaking && isSpeech) this.#start();
    if (this.#speaking && !isSpeech) this.#stop();
  }

  #start(): void {
    this.#speaking = true;
    this.#listener.started(concatenate(this.#heard));
    this.#heard = [];
  }

  #stop(): void {
    this.#speaking = false;
    this.#listener.stopped();
  }

  #remember(frame: Float32Array): void {
    this.#heard.push(frame);
    if (this.#heard.length > LEAD_IN_FRAMES) this.#heard.shift();
  }

  #isBackground(frame: Float32Array): boolean {
    const level = decibels(frame);
    if (level < NOTHING_DB) return true;
    this.#levels.push(level);
    if (this.#levels.length > BACKGROUND_FRAMES) this.#levels.shift();
    const least = Math.max(LEAST_DB, Math.min(...this.#levels) + ABOVE_BACKGROUND_DB);
    return level < least || isNoVoice(frame);
  }
}

function amplify(sample: number): number {
  return Math.max(-1, Math.min(1, sample * GAIN));
}

function decibels(frame: Float32Array): number {
  const energy = frame.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10(energy / frame.length + 1e-12);
}

/**
 * Whether a frame crosses zero at even intervals, as a beep does and speech, with its many
 * frequencies, never for long; or less often than the lowest voice, as a beep does that rings out
 * in a filter. The edges of the beep may be in the frame.
 */
function isNoVoice(frame: Float32Array): boolean {
  const intervals = crossingIntervals(frame);
  const usual = intervals.toSorted((a, b) => a - b)[intervals.length >> 1] ?? Infinity;
  if (usual > SAMPLE_RATE / (2 * RUMBLE_HZ)) return true;
  if (intervals.length < 4) return false;
  const even = intervals.filter(interval => Math.abs(interval - usual) < TONE_JITTER * usual);
  return even.length >= TONE_EVENNESS * intervals.length;
}

/** The samples between each two places, interpolated, at which the signal changes its sign. */
function crossingIntervals(frame: Float32Array): number[] {
  const intervals: number[] = [];
  let last: number | undefined;
  let before = frame[0] ?? 0;
  for (const [index, sample] of frame.entries()) {
    if (sample < 0 !== before < 0) {
      const crossing = index - sample / (sample - before);
      if (last !== undefined) intervals.push(crossing - last);
      last = crossing;
    }
    before = sample;
  }
  return intervals;
}
