import {INTERACTION_EVENTS} from '../core/events.js';

/** What a page may ask of the element in a frame: to be told what happens, and to act. */
const COMMANDS = ['listen', 'connect', 'disconnect', 'sendUserResponse'] as const;

export type Command = (typeof COMMANDS)[number];

/** The events that a frame tells of: nobody can wait in another page for those before something. */
export const EMBED_EVENTS = [...INTERACTION_EVENTS, 'interaction-event', 'statechange'] as const;

export type EmbedEvent = (typeof EMBED_EVENTS)[number];

/** What a page posts to the frame. */
export interface CommandMessage {
  readonly diarupt: Command;
}

/** What the frame posts to the page around it. */
export interface EventMessage {
  readonly diarupt: EmbedEvent;
  /** Of an error, `{code, message}`: an error that is posted loses its code. */
  readonly detail: unknown;
}

/** The command in what anybody may have posted. */
export function commandOf(data: unknown): Command | undefined {
  const {diarupt} = Object(data) as {diarupt?: unknown};
  return COMMANDS.find(command => command === diarupt);
}

/** The event in what anybody may have posted: a frame must not invent a `click`. */
export function eventOf(data: unknown): EventMessage | undefined {
  const {diarupt, detail} = Object(data) as {diarupt?: unknown; detail?: unknown};
  const event = EMBED_EVENTS.find(name => name === diarupt);
  return event && {diarupt: event, detail};
}
