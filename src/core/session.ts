import {untilAborted} from './abort.js';
import {InteractionError} from './errors.js';
import type {Credentials} from './link.js';

/** What an engine lets the visitor in with (a session's id, as a rule), or how to come by it when they start. */
export type Session = string | Credentials | RequestSession;

/** Fetches one for this visitor; the signal is aborted when they have stopped waiting for it. */
export type RequestSession = (signal: AbortSignal) => Promise<string | Credentials>;

/** What the page has given, where it has; it is the engine's to check. */
export function toCredentials(given: unknown): Credentials {
  return Object(given) === given ? (given as Credentials) : {sessionId: given};
}

/** Rejects with `session-not-found` where nobody gives any, unless there is no room. */
export async function resolveSession(session: Session, signal: AbortSignal): Promise<Credentials> {
  if (typeof session !== 'function') return toCredentials(session);
  try {
    return toCredentials(await untilAborted(session(signal), signal));
  } catch (cause) {
    if (cause instanceof InteractionError && cause.code === 'engine-busy') throw cause;
    throw new InteractionError('session-not-found', {cause});
  }
}
