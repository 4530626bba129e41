/**
 * What the engine can do with speech, as its conversations see it. Each interface has an offline
 * implementation (soundswallower, flite, a fixed set of answers) and one over an
 * OpenAI-compatible server; a conversation cannot tell which it has.
 */

/** Samples per second of all audio inside the engine: mono, signed 16 bits. */
export const SAMPLE_RATE = 16_000;

/**
 * What an {@link Ear} tells while a visitor's audio flows in: of the turn in progress only, never of
 * one that has been taken or discarded.
 */
export interface EarListener {
  /** Triggered when the visitor begins to talk: once, until {@link speechStopped}. */
  speechStarted(): void;
  /** Triggered when the words understood so far in this turn have changed. */
  words(text: string): void;
  /** Triggered when the visitor has fallen silent. Talking may begin again within the same turn. */
  speechStopped(): void;
}

/** Hears one visitor. A turn lasts until it is taken or discarded. */
export interface Ear {
  /** The visitor's next samples, as many as there are; never blocks. */
  listen(samples: Int16Array): void;
  /**
   * Ends the turn. Settles with what was said in it; with an empty text where something was said
   * but not understood, and with `null` where nobody spoke.
   */
  take(): Promise<{text: string} | null>;
  /** Drops what was said in this turn. */
  discard(): void;
  close(): void;
}

/** A word of an utterance and the second at which it begins. */
export interface SpokenWord {
  readonly text: string;
  readonly start: number;
}

/** The shape of the mouth from a second of an utterance on, both from 0 to 1. */
export interface MouthShape {
  readonly start: number;
  readonly open: number;
  readonly wide: number;
}

/** A sentence, spoken. */
export interface Utterance {
  readonly samples: Int16Array;
  readonly words: readonly SpokenWord[];
  readonly mouth: readonly MouthShape[];
}

export interface Voice {
  /** Speaks a sentence. Rejects with the signal's reason when it is aborted. */
  speak(sentence: string, signal: AbortSignal): Promise<Utterance>;
}

/** A line of a session's history. */
export interface HistoryLine {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly timestamp: string;
}

export interface Mind {
  /** What is said first in a new session; `undefined` where the visitor speaks first. */
  greeting(): string | undefined;
  /**
   * The sentences of the answer to the last line of `history`, the first one as soon as it is
   * there. `understood` is false where the visitor said something nobody could make out.
   */
  answer(
    history: readonly HistoryLine[],
    understood: boolean,
    signal: AbortSignal,
  ): AsyncIterable<string>;
}

/** All of it, as a session is given it. */
export interface Speech {
  /** `phrases` the visitor may be expected to say, where the ear can use them. */
  ear(listener: EarListener): Promise<Ear>;
  voice: Voice;
  mind(profile: string): Mind;
  close(): Promise<void>;
}

/** The picture of the one who speaks, drawn frame by frame in I420 as WebRTC takes it. */
export interface Face {
  readonly width: number;
  readonly height: number;
  /** The frame at `seconds` of its life with the mouth so shaped; the array is reused. */
  draw(seconds: number, mouth: Pick<MouthShape, 'open' | 'wide'>): Uint8ClampedArray;
}
