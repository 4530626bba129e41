import {randomUUID} from 'node:crypto';
import {isObject} from '../http.js';

const MAX_MESSAGE_LENGTH = 256 * 1024;

/** An event of either side: its type, and what comes with it. */
export interface RealtimeEvent {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** A line that the client puts into the conversation. */
export interface WrittenItem {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** An id as theirs are, of that kind of thing. */
export function newId(kind: string): string {
  return `${kind}_${randomUUID().replaceAll('-', '').slice(0, 21)}`;
}

/** What the client says; `undefined` where it is no event. */
export function parseEvent(frame: unknown): RealtimeEvent | undefined {
  if (typeof frame !== 'string' || frame.length > MAX_MESSAGE_LENGTH) return undefined;
  try {
    const event: unknown = JSON.parse(frame);
    return isObject(event) && typeof event['type'] === 'string'
      ? (event as RealtimeEvent)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a session is to answer by itself when the visitor falls silent; `undefined`: not said. */
export function answersByItself(session: unknown): boolean | undefined {
  const detection = field(field(field(session, 'audio'), 'input'), 'turn_detection');
  if (detection === undefined) return undefined;
  return detection !== null && field(detection, 'create_response') !== false;
}

/** What is written in an item; `undefined` where it is no message. */
export function writtenItem(item: unknown): WrittenItem | undefined {
  const role = field(item, 'role');
  const id = field(item, 'id');
  const content = field(item, 'content');
  if ((role !== 'user' && role !== 'assistant') || !Array.isArray(content)) return undefined;
  const texts = content.map(part => field(part, 'text'));
  const text = texts.filter(one => typeof one === 'string').join(' ');
  return {id: typeof id === 'string' ? id : newId('item'), role, text};
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
