/** URL-safe, not a path of its own (`..`), and short enough for any server. */
const SESSION_ID = /^(?!\.+$)[\w.~:=-]{1,256}$/;

/** Whether it can be one: a string that an engine's address can have in its path as it is. */
export function isSessionId(id: unknown): id is string {
  return typeof id === 'string' && SESSION_ID.test(id);
}
