import type {Transcript} from '../core/events.js';

type Send = (event: string, data: unknown) => void;

/** Tells the lines of both parties, each with one time from its beginning to its end. */
export class Lines {
  readonly #send: Send;
  #growing = new Map<Transcript['role'], string>();
  #lastMs = 0;

  constructor(send: Send) {
    this.#send = send;
  }

  tell(role: Transcript['role'], content: string, complete: boolean): void {
    const timestamp = this.#growing.get(role) ?? this.#now();
    if (complete) this.#growing.delete(role);
    else this.#growing.set(role, timestamp);
    this.#send('transcript', {timestamp, role, content, complete});
  }

  /** Later than any before: by their times, lines are told from each other. */
  #now(): string {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    return new Date(this.#lastMs).toISOString();
  }
}
