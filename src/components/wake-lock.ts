import {onAbort} from '../core/abort.js';

/** Keeps the screen awake until the signal ends it, where the browser can and likes to. */
export function keepScreenAwake(signal: AbortSignal): void {
  const {wakeLock} = navigator as {wakeLock?: WakeLock};
  if (!wakeLock) return;
  let lock: WakeLockSentinel | undefined;
  const request = async () => {
    if (document.hidden) return; // Refused then, and taken away: asked for again on return.
    lock = await wakeLock.request('screen');
    if (signal.aborted) await lock.release();
  };
  const tryRequest = () => void request().catch(() => {}); // A battery may be low.
  tryRequest();
  document.addEventListener('visibilitychange', tryRequest, {signal});
  onAbort(signal, () => void lock?.release());
}
