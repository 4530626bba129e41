/** A line of the conversation as the engine tells it, interim or whole. */
export interface Transcript {
  /** When the line began, ISO 8601; the same for all states of one line. */
  readonly timestamp: string;
  readonly role: 'user' | 'assistant';
  /** The line so far, not what has been added to it. */
  readonly content: string;
  /** Whether the line is whole: an incomplete one is replaced by the next of its role. */
  readonly complete: boolean;
}

/** The events of an interaction and what comes with each: the one table all typings come from. */
export interface InteractionEvents {
  /** Triggered when the data channel is open: the AI is ready. */
  open: string;
  /** Triggered in hands-on mode when the visitor starts to talk. */
  'user-started-talking': null;
  /** Triggered in hands-on mode when the visitor's response is on its way to the AI. */
  'user-stopped-talking': null;
  /** Triggered for each state of each line, of either party. */
  transcript: Transcript;
  /** Triggered when the connection, the interaction or the microphone failed; ours carry a `code`. */
  error: Error;
  /** Triggered once when the connection is closed, whoever closed it, with the reason. */
  close: string;
}

export type InteractionEventName = keyof InteractionEvents;

const NAMES: Record<InteractionEventName, true> = {
  open: true,
  'user-started-talking': true,
  'user-stopped-talking': true,
  transcript: true,
  error: true,
  close: true,
};

export const INTERACTION_EVENTS = Object.keys(NAMES) as readonly InteractionEventName[];

/** Whether `event` is of the table above, and not one that the engine invented. */
export function isInteractionEvent(event: string): event is InteractionEventName {
  return Object.hasOwn(NAMES, event);
}

/** An event with its data: comparing the first narrows the second. */
export type InteractionEventArguments = {
  [E in InteractionEventName]: [event: E, data: InteractionEvents[E]];
}[InteractionEventName];

/**
 * Receives every event of an interaction. An event that the engine invented comes too, as it is:
 * it is not in the type, since a `string` there would let every misspelt name pass.
 */
export type Next = (...[event, data]: InteractionEventArguments) => void;
