import type {Command, EngineMessage} from './messages.js';
import {now} from './now.js';

/** The longest message either side sends, in UTF-16 units: 64 KiB of the text that is usual. */
const MAX_MESSAGE_LENGTH = 64 * 1024;
const MAX_EVENT_LENGTH = 64;
/** How deep data that we know nothing of is copied. */
const MAX_DEPTH = 32;
/** What no text needs but lines and tabs, and what would turn the text around it. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\u202a-\u202e]/gu;

/** What the engine says, numbered where it can be repeated. */
export type WireMessage = {readonly seq?: number} & WireEvent;

type WireEvent = EngineMessage | {readonly event: 'ping'};

/** What we say to the engine. */
export type ClientMessage =
  | Command
  /** After a lost connection, before `configure`: what came after that number is repeated. */
  | {event: 'resume'; data: {after: number}}
  | {event: 'pong'; data: null};

export function encode(message: ClientMessage): string {
  return JSON.stringify(message);
}

/**
 * A frame of the data channel, understood; `null` for one that is no message. Total: whatever
 * comes, nothing is thrown, and what is known is copied field by field.
 */
export function parse(frame: unknown): WireMessage | null {
  if (typeof frame !== 'string' || frame.length > MAX_MESSAGE_LENGTH) return null;
  const message = parseObject(frame);
  const event = text(message?.event);
  if (!event || event.length > MAX_EVENT_LENGTH) return null;
  const understood = parseEvent(event, message?.data);
  const seq = message?.seq;
  if (!understood || !Number.isSafeInteger(seq)) return understood;
  return {...understood, seq: seq as number};
}

/** What JSON holds, its fields to be looked at one by one; `null` where it is no JSON. */
export function parseObject(json: string): Record<string, unknown> | null {
  try {
    return fields(JSON.parse(json));
  } catch {
    return null;
  }
}

/** What the engine says of a refusal, in the body of its response; empty where it says nothing. */
export function parseRefusal(body: string): {code: string; message: string} {
  return parseError(parseObject(body)?.error);
}

function parseEvent(event: string, data: unknown): WireEvent | null {
  switch (event) {
    case 'user-started-talking':
    case 'user-stopped-talking':
    case 'user-resumed':
    case 'ping':
      return {event};
    case 'user-paused':
      return {event, data: {timeout: milliseconds(fields(data).timeout)}};
    case 'transcript':
      return parseTranscript(data);
    case 'error':
      return {event, data: parseError(data)};
    case 'close':
      return {event, data: text(data)};
    case 'open':
      return null; // Ours to say: the data channel has opened once already.
    default:
      return {event: 'other', name: event, data: copy(data ?? null)};
  }
}

function parseTranscript(data: unknown): WireEvent | null {
  const {timestamp, role, content, complete} = fields(data);
  if ((role !== 'user' && role !== 'assistant') || typeof content !== 'string') return null;
  return {
    event: 'transcript',
    data: Object.freeze({
      timestamp: isoTime(timestamp),
      role,
      content: text(content),
      // Engines older than the contract send a string.
      complete: complete === true || complete === 'true',
    }),
  };
}

function parseError(data: unknown): {code: string; message: string} {
  const {code, message} = fields(data);
  return {code: text(code), message: text(message)};
}

/** The fields of whatever there is. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function milliseconds(value: unknown): number | null {
  return Number.isFinite(value) && (value as number) >= 0 ? (value as number) : null;
}

/** As it can be shown; empty where it is no text. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.replace(UNPRINTABLE, '') : '';
}

/**
 * Data in no shape of ours: without what every object has (`__proto__`, `constructor`), and `null`
 * where it is deeper than anybody needs.
 */
export function copy(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map(item => copy(item, depth + 1));
  const entries = Object.entries(value).filter(([key]) => !(key in {}));
  return Object.fromEntries(entries.map(([key, member]) => [key, copy(member, depth + 1)]));
}

/** The time in ISO 8601; that of arrival where the engine's is none. */
function isoTime(value: unknown): string {
  const time = new Date(typeof value === 'string' || typeof value === 'number' ? value : NaN);
  return (Number.isNaN(time.getTime()) ? new Date(now()) : time).toISOString();
}
