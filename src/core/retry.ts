import {after, untilAborted} from './abort.js';
import {asInteractionError, InteractionError, type ErrorCode} from './errors.js';

/** Before each of the first attempts, and before all that follow. */
const DELAYS_MS = [0, 300, 1200, 2700, 4800];
const MAX_DELAY_MS = 7000;
/** A fifth more or less: visitors who were lost together do not come back in one moment. */
const JITTER = 0.2;

/** What may be better in a moment. Every other failure is final. */
const TEMPORARY: ReadonlySet<ErrorCode> = new Set([
  'engine-unreachable',
  'engine-busy',
  'engine-error',
  'session-busy',
  'connect-timeout',
  'connection-lost',
]);

/**
 * Attempts until it succeeds. Waits longer from one failure to the next, or as long as the engine
 * asks, and while the browser is offline; tries at once when it is back. Rejects with a failure
 * that is final, with `connection-lost` when the time is used up, or with the signal's reason.
 */
export async function retry(
  attempt: () => Promise<void>,
  signal: AbortSignal,
  budgetMs: number,
): Promise<void> {
  const deadline = performance.now() + budgetMs;
  const timeout = AbortSignal.timeout(budgetMs);
  let failure: InteractionError | undefined;
  for (let count = 0; ; count++) {
    // An engine may ask for more patience, but not for less.
    const delay = Math.max(failure?.retryAfterMs ?? 0, delayOf(count));
    const left = deadline - performance.now();
    if (delay > left) throw new InteractionError('connection-lost', {cause: failure});
    await pause(navigator.onLine ? delay : left, signal);
    try {
      return await untilAborted(attempt(), timeout);
    } catch (cause) {
      signal.throwIfAborted();
      failure = asInteractionError(cause);
      if (!TEMPORARY.has(failure.code)) throw failure;
    }
  }
}

function delayOf(count: number): number {
  return (DELAYS_MS[count] ?? MAX_DELAY_MS) * (1 - JITTER + 2 * JITTER * Math.random());
}

/** Settles after so many milliseconds, or as soon as the browser is online again. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const paused = new Promise<void>(resolve => {
    after(ms, over.signal, resolve);
    addEventListener('online', () => resolve(), {signal: over.signal});
  });
  await untilAborted(paused, signal).finally(() => over.abort());
}
