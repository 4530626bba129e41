/** What a listener of the page's throws: it is reported, and nobody else's fault. */
export class PageError extends Error {}

/** Tells of what nobody has caught, in place of the test runner. Returns how to stop that. */
export function watchUncaught(tell: (what: string) => void): () => void {
  const {onerror, reportError} = globalThis;
  const watching = new AbortController();
  const {signal} = watching;
  const onRejection = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    tell(`not handled: ${String(event.reason)}`);
  };
  addEventListener('unhandledrejection', onRejection, {signal});
  // A conversation's own event of that name has no message.
  globalThis.onerror = what => void (typeof what === 'string' && tell(`not caught: ${what}`));
  globalThis.reportError = cause => void (cause instanceof PageError || reportError(cause));
  return () => {
    watching.abort();
    Object.assign(globalThis, {onerror, reportError});
  };
}
