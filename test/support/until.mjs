import {setTimeout as pass} from 'node:timers/promises';

const LOOK_MS = 50;

/** Settles when that is so of what `read` reads; rejects with all of it when it takes too long. */
export async function until(what, read, isSo, timeoutMs = 40_000) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await read();
    if (isSo(found)) return found;
    if (performance.now() > deadline) {
      throw new Error(`Waited for: ${what}. ${JSON.stringify(found, null, 1)}`);
    }
    await pass(LOOK_MS);
  }
}
