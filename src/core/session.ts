import {untilAborted} from './abort.js';
import {InteractionError} from './errors.js';
import {invalid} from './options.js';
import {isSessionId} from './session-id.js';

/** A session's id, or how to come by one when the visitor starts. */
export type Session = string | RequestSession;

/** Fetches one for this visitor; the signal is aborted when they have stopped waiting for it. */
export type RequestSession = (signal: AbortSignal) => Promise<string>;

/** The id, if it can be one. Throws `invalid-options`. */
export function checkSessionId(id: unknown): string {
  if (isSessionId(id)) return id;
  throw invalid('There is no usable session. Give its id, or an https: session-url.');
}

/** The session's id. Rejects with `session-not-found` where nobody gives one, unless there is no room. */
export async function resolveSession(session: Session, signal: AbortSignal): Promise<string> {
  if (typeof session !== 'function') return session;
  try {
    return checkSessionId(await untilAborted(session(signal), signal));
  } catch (cause) {
    if (cause instanceof InteractionError && cause.code === 'engine-busy') throw cause;
    throw new InteractionError('session-not-found', {cause});
  }
}
