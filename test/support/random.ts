/**
 * Which races are run. Each run takes a fixed seed and a fresh one; a failure tells its own. To
 * repeat it, put seed and episode in here, or open the page of `wtr --manual` with
 * `?seed=…&episode=…`. Without an episode, all of the seed's are run.
 */
const REPEATED: {seed?: number; episode?: number} = {};

const FIXED_SEED = 20_260_101;

/** The seeds of this run, and which episode of them, where it is one alone. */
export function seedsOfThisRun(): {seeds: readonly number[]; only: number | undefined} {
  const given = new URLSearchParams(location.search);
  const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
  const seed = number('seed') ?? REPEATED.seed;
  const fresh = Math.floor(Math.random() * 2 ** 31);
  return {
    seeds: seed === undefined ? [FIXED_SEED, fresh] : [seed],
    only: number('episode') ?? REPEATED.episode,
  };
}

/** Chances that come out the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number, episode = 0) {
    this.#state = Math.imul(seed ^ Math.imul(episode + 1, 0x9e3779b1), 0x85ebca6b);
  }

  /** From 0 to below 1. */
  value(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.value() * limit);
  }

  chance(probability: number): boolean {
    return this.value() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** One of the keys, each as often as its weight says. */
  weigh<T extends string>(weights: Readonly<Record<T, number>>): T {
    const entries = Object.entries(weights) as [T, number][];
    let left = this.value() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    return (entries.find(([, weight]) => (left -= weight) < 0) ?? entries[0])?.[0] as T;
  }

  /** Chances of their own: what is drawn from them, and when, moves nothing here. */
  fork(): Random {
    return new Random(this.below(2 ** 31));
  }
}

/** Lets others run for a while: not at all, a few microtasks, a few tasks, or some milliseconds. */
export async function breathe(random: Random): Promise<void> {
  const how = random.weigh({not: 4, microtasks: 4, tasks: 3, ms: 2, handshake: 0.6});
  if (how === 'microtasks') await microtasks(random.below(12));
  if (how === 'tasks') for (let left = random.below(4); left >= 0; left--) await task();
  if (how === 'ms') await pause(random.below(12));
  if (how === 'handshake') await pause(20 + random.below(60));
}

export async function microtasks(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await Promise.resolve();
}

/** The next task: a message, since timers are slowed down. */
export function task(): Promise<void> {
  const {port1, port2} = new MessageChannel();
  return new Promise(resolve => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
