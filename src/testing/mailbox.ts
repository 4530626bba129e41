import {untilAborted} from '../core/abort.js';
import type {MessageHeard} from './engine-peer.js';

/** What clients have said, each read once, in its order among those of its name. */
export class Mailbox {
  readonly #signal: AbortSignal;
  #unread: MessageHeard[] = [];
  #readers: {readonly event: string; readonly read: (data: unknown) => void}[] = [];

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  put(message: MessageHeard): void {
    const reader = this.#readers.find(({event}) => event === message.event);
    this.#readers = this.#readers.filter(other => other !== reader);
    if (reader) reader.read(message.data);
    else this.#unread.push(message);
  }

  /** Settles with the data of the next message of that name; rejects where the signal comes first. */
  take(event: string): Promise<unknown> {
    const message = this.#unread.find(unread => unread.event === event);
    this.#unread = this.#unread.filter(other => other !== message);
    if (message) return Promise.resolve(message.data);
    const taken = new Promise(read => this.#readers.push({event, read}));
    return untilAborted(taken, this.#signal);
  }
}
