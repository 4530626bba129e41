import {waitUntil as wait} from '@open-wc/testing';

/** A busy machine may take that long for what an idle one does at once. */
const PATIENCE_MS = 30_000;

/**
 * Settles when `isSo` returns what is true; where that takes too long, rejects with `what`, and with
 * what is `seen` by then.
 */
export async function waitUntil(isSo: () => unknown, what?: string, seen?: () => unknown) {
  try {
    await wait(isSo, what, {timeout: PATIENCE_MS});
  } catch (error) {
    if (seen && error instanceof Error) error.message += ` ${JSON.stringify(seen())}`;
    throw error;
  }
}
