/** How long is waited for what, in milliseconds. */
export interface Patience {
  /** From the offer's way out to the open channel; asking for the microphone is not in it. */
  readonly connectMs: number;
  /** For a lost connection to be heard again, before it is replaced. */
  readonly restoreMs: number;
  /** For a lost connection to be replaced after that, all attempts together. */
  readonly reconnectMs: number;
}

/** A lost connection is given up after a minute in all. */
export const PATIENCE: Patience = {connectMs: 15_000, restoreMs: 3000, reconnectMs: 57_000};
