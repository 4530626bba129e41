/** Settles as `promise` does, or rejects with the signal's reason as soon as it is aborted. */
export function untilAborted<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    onAbort(signal, abort);
    promise.then(resolve, reject).then(() => signal.removeEventListener('abort', abort));
  });
}

/** Runs `release` when the signal is aborted; at once if it already is. */
export function onAbort(signal: AbortSignal, release: () => void): void {
  if (signal.aborted) release();
  else signal.addEventListener('abort', release, {once: true});
}

/** Acts after so many milliseconds, unless the signal is aborted before. */
export function after(ms: number, signal: AbortSignal, act: () => void): void {
  const timer = setTimeout(act, ms);
  onAbort(signal, () => clearTimeout(timer));
}
