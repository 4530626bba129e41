import type {InteractionEventArguments, Transcript} from './events.js';
import type {Activity, Mode, Pause} from './state.js';

/** What an engine tells, whatever it speaks: understood, and in the order in which it is to be told. */
export type EngineMessage = {
  /** What the AI does from then on, where the engine knows; else it is concluded from the message. */
  readonly activity?: Activity;
} & (
  | {readonly event: 'user-started-talking'}
  | {readonly event: 'user-stopped-talking'}
  /** The visitor has fallen silent in their turn; it is sent after so many milliseconds. */
  | {readonly event: 'user-paused'; readonly data: Pause}
  | {readonly event: 'user-resumed'}
  | {readonly event: 'transcript'; readonly data: Transcript}
  /** The conversation has failed: by one of our codes, or one that becomes `engine-error`. */
  | {readonly event: 'error'; readonly data: {readonly code: string; readonly message: string}}
  /** The engine ends the conversation, for that reason. */
  | {readonly event: 'close'; readonly data: string}
  /** An event that the engine invented, handed on. */
  | {readonly event: 'other'; readonly name: string; readonly data: unknown}
);

/** The visitor's response, typed: one, however often that `id` is sent. */
export interface TypedText {
  readonly text: string;
  readonly id: number;
}

/** What an engine is told to do. */
export type Command =
  /** First of all, and whenever either changes; a timeout of `null` is none. */
  | {event: 'configure'; data: {mode: Mode; handsOnTimeout: number | null}}
  | {event: 'send-user-response'; data: null}
  /** The time of a pause begins anew. */
  | {event: 'keep-user-turn'; data: null}
  | {event: 'discard-user-response'; data: null}
  | {event: 'user-text'; data: TypedText};

/** What is told of a message. Events that are not of the table are handed on as they are. */
export function toEvent(message: EngineMessage): InteractionEventArguments {
  const name = message.event === 'other' ? message.name : message.event;
  const data = 'data' in message ? message.data : null;
  return [name, data] as unknown as InteractionEventArguments;
}
