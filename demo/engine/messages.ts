import {isObject} from './http.js';

const MAX_MESSAGE_LENGTH = 64 * 1024;

export type Mode = 'hands-free' | 'hands-on';

/** How the visitor wants turns to end. */
export interface Configuration {
  readonly mode: Mode;
  /** Milliseconds of silence after which a hands-on turn ends by itself; `null` for never. */
  readonly handsOnTimeout: number | null;
}

/** A line as it is told, whole each time. */
export interface Transcript {
  readonly timestamp: string;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly complete: boolean;
}

/** The messages the engine sends, and their data. */
export interface EngineMessages {
  'user-started-talking': null;
  'user-stopped-talking': null;
  transcript: Transcript;
  ping: null;
  error: {readonly code: string; readonly message: string};
  /** The reason. */
  close: string;
}

/** Sends a message, or drops it where the connection is not open. */
export type Send = <Event extends keyof EngineMessages>(
  event: Event,
  data: EngineMessages[Event],
) => void;

export type ClientMessage =
  | {readonly event: 'configure'; readonly data: Configuration}
  | {readonly event: 'send-user-response'}
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
  if (event === 'send-user-response' || event === 'pong') return {event};
  if (event === 'configure' && isConfiguration(data)) return {event, data};
  return undefined;
}

function isConfiguration(data: unknown): data is Configuration {
  if (!isObject(data)) return false;
  const {mode, handsOnTimeout} = data;
  const timeout =
    handsOnTimeout === null || (typeof handsOnTimeout === 'number' && handsOnTimeout >= 0);
  return (mode === 'hands-free' || mode === 'hands-on') && timeout;
}
