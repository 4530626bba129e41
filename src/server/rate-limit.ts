/** So many clients are told apart; beyond, those that have been away for longest are forgotten. */
const MAX_CLIENTS = 10_000;
/** Of what a client is told apart by, which may be a header of any length. */
const MAX_NAME_LENGTH = 128;
const MINUTE_MS = 60_000;

interface Bucket {
  readonly tokens: number;
  /** When it had so many. */
  readonly at: number;
}

/**
 * A token bucket for each client: it may take so many a minute, all of them at once after a minute
 * without any. In the memory of one process.
 */
export class RateLimit {
  readonly #perMinute: number;
  /** Who came last is last. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Takes one, where there is one: 0. Otherwise the milliseconds until there is. */
  take(client: string, now: number = performance.now()): number {
    if (this.#perMinute === Infinity) return 0;
    const name = client.slice(0, MAX_NAME_LENGTH);
    const tokens = this.#tokensOf(name, now);
    const left = tokens < 1 ? tokens : tokens - 1;
    this.#buckets.delete(name);
    this.#buckets.set(name, {tokens: left, at: now});
    for (const [oldest] of this.#buckets) {
      if (this.#buckets.size <= MAX_CLIENTS) break;
      this.#buckets.delete(oldest);
    }
    return tokens < 1 ? ((1 - tokens) / this.#perMinute) * MINUTE_MS : 0;
  }

  #tokensOf(name: string, now: number): number {
    const bucket = this.#buckets.get(name);
    if (!bucket) return this.#perMinute;
    const since = Math.max(now - bucket.at, 0);
    return Math.min(bucket.tokens + (since / MINUTE_MS) * this.#perMinute, this.#perMinute);
  }
}
