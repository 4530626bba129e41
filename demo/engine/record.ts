import type {ConversationMessages, Transcript} from './messages.js';

/** More than a client misses while it is finding its way back. */
const MAX_KEPT = 500;

/** A message with its place in the session, as it is sent. */
export interface NumberedMessage {
  readonly event: keyof ConversationMessages;
  readonly data: ConversationMessages[keyof ConversationMessages];
  readonly seq: number;
}

/**
 * What a session has told of its conversation, numbered from 1 over all of its connections, also
 * where nobody could receive it. Keeps the last messages, to be repeated after a lost connection;
 * an update of a line is dropped when the next one replaces it.
 */
export class SessionRecord {
  #messages: readonly NumberedMessage[] = [];
  #count = 0;

  /** Gives a message its number, and keeps it. */
  add<Event extends keyof ConversationMessages>(
    event: Event,
    data: ConversationMessages[Event],
  ): NumberedMessage {
    this.#count += 1;
    const message = {event, data, seq: this.#count};
    const standing = this.#messages.filter(earlier => !isReplaced(earlier, message));
    this.#messages = [...standing, message].slice(-MAX_KEPT);
    return message;
  }

  /** What is kept of the messages that came after a number, in order. */
  after(seq: number): NumberedMessage[] {
    // A number that has not been reached is that of an engine before, whose session this was.
    const seen = seq > this.#count ? 0 : seq;
    return this.#messages.filter(message => message.seq > seen);
  }
}

function isReplaced({data: earlier}: NumberedMessage, {data: later}: NumberedMessage): boolean {
  if (!isLine(earlier) || !isLine(later) || earlier.complete) return false;
  return earlier.role === later.role && earlier.timestamp === later.timestamp;
}

function isLine(data: NumberedMessage['data']): data is Transcript {
  return data !== null && 'role' in data;
}
