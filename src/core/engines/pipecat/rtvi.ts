import {copy, fields, parseObject, text} from '../../protocol.js';

/** The version of RTVI that is spoken here. */
const VERSION = '2.2.0';
const LABEL = 'rtvi-ai';
const MAX_FRAME_LENGTH = 256 * 1024;
const MAX_TYPE_LENGTH = 64;

/** What the bot says: a message of RTVI's by its type, or one of its transport's. */
export interface RtviMessage {
  readonly type: string;
  /** Copied, and to be looked at field by field. */
  readonly data: unknown;
}

/** A frame of the data channel; `null` for one that is no message. Never throws. */
export function parseFrame(frame: unknown): RtviMessage | null {
  if (typeof frame !== 'string' || frame.length > MAX_FRAME_LENGTH) return null;
  const {label, type, data, message} = parseObject(frame) ?? {};
  if (type === 'signalling') return {type: text(fields(message).type), data: null};
  const name = text(type);
  if (label !== LABEL || !name || name.length > MAX_TYPE_LENGTH) return null;
  return {type: name, data: copy(data ?? null)};
}

export function clientReady(): string {
  return rtvi('client-ready', {version: VERSION, about: {library: 'diarupt'}});
}

export function pushToTalk(state: 'start' | 'stop' | 'cancel'): string {
  return rtvi('client-message', {t: 'push_to_talk', d: {state}});
}

export function sendText(content: string): string {
  const options = {run_immediately: true, audio_response: true};
  return rtvi('send-text', {content, options});
}

export function trackStatus(line: number, enabled: boolean): string {
  const message = {type: 'trackStatus', receiver_index: line, enabled};
  return JSON.stringify({type: 'signalling', message});
}

export function ping(): string {
  return `ping: ${Date.now()}`;
}

function rtvi(type: string, data: unknown): string {
  return JSON.stringify({id: crypto.randomUUID(), label: LABEL, type, data});
}
