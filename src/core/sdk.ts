import type {Next} from './events.js';
import {Interaction} from './interaction.js';
import type {ConnectOptions} from './options.js';
import type {Session} from './session.js';

let current: Interaction | undefined;

/**
 * Starts, or goes on with, the conversation of that session: its id, what another engine asks for
 * instead, or a function that fetches either. Settles when the AI is ready; rejects
 * with an `InteractionError`, after the `error` and `close` events, or with an `AbortError` where
 * `disconnect()` or another `connect()` came first. A page holds one conversation at a time.
 */
export async function connect(
  session: Session,
  options: ConnectOptions,
  next?: Next,
): Promise<void> {
  const before = current;
  const after = () => before?.disconnect();
  // The last caller wins, also over one that a listener to the other's close has made.
  const interaction = (current = new Interaction(session, options, {next}, after));
  void after();
  await interaction.connect();
}

/** Leaves the conversation paused: the same id goes on with it. Without one, does nothing. */
export async function disconnect(): Promise<void> {
  await current?.disconnect();
}

/**
 * Hears the visitor from that microphone from now on; where it is empty, from the browser's choice.
 * Rejects with an `InteractionError` where it cannot be had, and keeps the one before.
 */
export async function setMicrophone(deviceId: string): Promise<void> {
  await current?.setMicrophone(deviceId);
}

/**
 * Mutes the visitor, or unmutes them: who has been `muted` from the start is asked for the microphone
 * then. Rejects with an `InteractionError` where it cannot be had, and they stay muted.
 */
export async function setMuted(muted: boolean): Promise<void> {
  await current?.setMuted(muted);
}

/** Hands-on: sends the visitor's response now. Whether there was one to send. */
export function sendUserResponse(): boolean {
  return current?.turns.send() ?? false;
}

/** Hands-on: drops what the visitor has said in this turn. Whether there was any. */
export function discardUserResponse(): boolean {
  return current?.turns.discard() ?? false;
}

/** Says it for the visitor, in writing. Whether it was sent. Throws `invalid-options`. */
export function sendText(text: string): boolean {
  return current?.turns.sendText(text) ?? false;
}
