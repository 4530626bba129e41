import {isObject} from './http.js';

const MAX_MESSAGE_LENGTH = 64 * 1024;
const MAX_TYPED_LENGTH = 4096;

export type Mode = 'hands-free' | 'hands-on';

/** How the visitor wants turns to end. */
export interface Configuration {
  readonly mode: Mode;
  /** Milliseconds of silence after which a hands-on turn ends by itself; `null` for never. */
  readonly handsOnTimeout: number | null;
}

/** Where the client's last connection broke off. */
export interface Resumption {
  /** The last number it has seen; 0 for none. */
  readonly after: number;
}

/** A silence within a hands-on turn. */
export interface Pause {
  /** Milliseconds after which it ends the turn; `null` for never. */
  readonly timeout: number | null;
}

/** A line as it is told, whole each time. */
export interface Transcript {
  readonly timestamp: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly complete: boolean;
}

/** The messages that tell of the conversation, and their data: numbered, and sent again if missed. */
export interface ConversationMessages {
  'user-started-talking': null;
  'user-stopped-talking': null;
  'user-paused': Pause;
  'user-resumed': null;
  transcript: Transcript;
}

/** The messages of one connection, and their data. */
export interface ConnectionMessages {
  ping: null;
  error: {readonly code: string; readonly message: string};
  /** The reason. */
  close: string;
}

/** Tells of the conversation. Where the connection has ended, the client learns it from the next. */
export type Send = <Event extends keyof ConversationMessages>(
  event: Event,
  data: ConversationMessages[Event],
) => void;

/** The text without white space around it, never empty. Whoever sends it again gives it the same `id`. */
export interface TypedText {
  readonly text: string;
  readonly id?: number;
}

/** What the visitor wants of the turn in progress. */
export type TurnMessage =
  | {readonly event: 'send-user-response'}
  | {readonly event: 'keep-user-turn'}
  | {readonly event: 'discard-user-response'}
  | {readonly event: 'user-text'; readonly data: TypedText};

export type ClientMessage =
  | TurnMessage
  | {readonly event: 'configure'; readonly data: Configuration}
  | {readonly event: 'resume'; readonly data: Resumption}
  | {readonly event: 'pong'};

/** @returns `undefined` for whatever is not a message the engine knows. */
export function parseMessage(text: unknown): ClientMessage | undefined {
  if (typeof text !== 'string' || text.length > MAX_MESSAGE_LENGTH) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const {event, data} = value;
  switch (event) {
    case 'pong':
    case 'send-user-response':
    case 'keep-user-turn':
    case 'discard-user-response':
      return {event};
    case 'configure':
      return isConfiguration(data) ? {event, data} : undefined;
    case 'resume':
      return isResumption(data) ? {event, data} : undefined;
    case 'user-text':
      return parseTyped(data);
    default:
      return undefined;
  }
}

function parseTyped(data: unknown): ClientMessage | undefined {
  if (!isObject(data) || typeof data['text'] !== 'string') return undefined;
  const text = data['text'].trim();
  if (text === '' || text.length > MAX_TYPED_LENGTH) return undefined;
  const {id} = data;
  return {event: 'user-text', data: {text, ...(typeof id === 'number' && {id})}};
}

function isConfiguration(data: unknown): data is Configuration {
  if (!isObject(data)) return false;
  const {mode, handsOnTimeout} = data;
  const timeout =
    handsOnTimeout === null || (typeof handsOnTimeout === 'number' && handsOnTimeout >= 0);
  return (mode === 'hands-free' || mode === 'hands-on') && timeout;
}

function isResumption(data: unknown): data is Resumption {
  return isObject(data) && Number.isSafeInteger(data['after']) && Number(data['after']) >= 0;
}
