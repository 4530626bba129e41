import {Endpointer} from './endpointer.js';
import type {FrameJudge} from './recogniser.js';
import type {Scribe} from './scribe.js';
import type {EarListener} from './types.js';

/** Interim words are looked up at every so many frames. */
const FRAMES_BETWEEN_WORDS = 4;

/** Longer speech is cut: a decoder's memory grows with its utterance. */
const LONGEST_STRETCH_FRAMES = 1000;

/** One visitor's ear, where it computes: finds the speech and has it taken down. */
export class Hearing<Result> {
  readonly #endpointer: Endpointer;
  readonly #listener: EarListener;
  readonly #scribe: Scribe<Result>;
  #words = '';
  #frames = 0;

  constructor(judge: FrameJudge, scribe: Scribe<Result>, listener: EarListener) {
    this.#scribe = scribe;
    this.#listener = listener;
    this.#endpointer = new Endpointer(judge, {
      started: samples => this.#started(samples),
      continued: samples => this.#continued(samples),
      stopped: () => this.#stopped(),
    });
  }

  listen(samples: Int16Array): void {
    this.#endpointer.listen(samples);
  }

  /** Ends the turn, in the middle of a word if it must; what was said in it, or `null`. */
  take(): Result | null {
    this.#endpointer.reset();
    this.#words = '';
    return this.#scribe.take();
  }

  #started(samples: Float32Array): void {
    this.#frames = 0;
    this.#listener.speechStarted();
    this.#scribe.begin();
    this.#scribe.hear(samples);
  }

  #continued(samples: Float32Array): void {
    this.#scribe.hear(samples);
    this.#frames += 1;
    if (this.#frames % FRAMES_BETWEEN_WORDS === 0) this.#tellWords();
    if (this.#frames >= LONGEST_STRETCH_FRAMES) this.#endpointer.reset();
  }

  #stopped(): void {
    this.#scribe.end();
    this.#tellWords();
    this.#listener.speechStopped();
  }

  #tellWords(): void {
    const words = this.#scribe.words();
    if (words === this.#words) return;
    this.#words = words;
    this.#listener.words(words);
  }
}
