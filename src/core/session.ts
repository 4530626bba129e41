import {untilAborted} from './abort.js';
import {InteractionError} from './errors.js';

/** A session's id, or how to come by one when the visitor starts. */
export type Session = string | (() => Promise<string>);

/** URL-safe, not a path of its own (`..`), and short enough for any server. */
const SESSION_ID = /^(?!\.+$)[\w.~:=-]{1,256}$/;

/** The id, if it can be one. Throws `invalid-options`. */
export function checkSessionId(id: unknown): string {
  if (typeof id === 'string' && SESSION_ID.test(id)) return id;
  const message =
    'The session id is missing or malformed. Use the one that create-session returned.';
  throw new InteractionError('invalid-options', {message});
}

/** The session's id. Rejects with `session-not-found` where nobody gives one. */
export async function resolveSession(session: Session, signal: AbortSignal): Promise<string> {
  if (typeof session !== 'function') return session;
  try {
    return checkSessionId(await untilAborted(session(), signal));
  } catch (cause) {
    const message = 'This site could not start a conversation. Try again in a moment.';
    throw new InteractionError('session-not-found', {message, cause});
  }
}
