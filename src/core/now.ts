let latest = 0;

/**
 * The time, in milliseconds since 1970: later than all that has been told before, also where the
 * visitor's clock is set back. Lines have their place by when they began.
 */
export function now(): number {
  return (latest = Math.max(latest + 1, Date.now()));
}
