import {written} from './grammar.js';
import type {Recogniser} from './recogniser.js';
import {concatenate} from './samples.js';

/** Takes down one visitor's turn, stretch of speech by stretch. */
export interface Scribe<Result> {
  begin(): void;
  hear(samples: Float32Array): void;
  end(): void;
  /** The words of the turn so far, plain. */
  words(): string;
  /** What was said since the last call; `null` where nobody spoke. */
  take(): Result | null;
}

/** Takes down words, by a recogniser of its own. */
export class WordScribe implements Scribe<string> {
  readonly #recogniser: Recogniser;
  #stretches: string[] = [];
  #hearing = false;

  constructor(recogniser: Recogniser) {
    this.#recogniser = recogniser;
  }

  begin(): void {
    this.#hearing = true;
    this.#recogniser.begin();
  }

  hear(samples: Float32Array): void {
    this.#recogniser.hear(samples);
  }

  end(): void {
    this.#hearing = false;
    this.#stretches.push(this.#recogniser.end());
  }

  words(): string {
    const current = this.#hearing ? this.#recogniser.soFar() : '';
    return join([...this.#stretches, current]);
  }

  take(): string | null {
    const stretches = this.#stretches;
    this.#stretches = [];
    return stretches.length === 0 ? null : join(stretches.map(written));
  }
}

/** Takes down the sound itself, for a server to make words of. */
export class SoundScribe implements Scribe<Int16Array> {
  #parts: Float32Array[] = [];

  begin(): void {}

  hear(samples: Float32Array): void {
    this.#parts.push(samples);
  }

  end(): void {}

  words(): string {
    return '';
  }

  take(): Int16Array | null {
    const parts = this.#parts;
    this.#parts = [];
    if (parts.length === 0) return null;
    return Int16Array.from(concatenate(parts), sample => sample * 32768);
  }
}

function join(stretches: readonly string[]): string {
  return stretches.filter(stretch => stretch !== '').join(' ');
}
