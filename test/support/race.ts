import {executeServerCommand} from '@web/test-runner-commands';
import {Holdings} from './holdings.js';
import {Interactions} from './interactions.js';
import {RaceEngine} from './race-engine.js';
import {RaceMicrophone} from './race-microphone.js';
import {breathe, pause, Random, seedsOfThisRun, task} from './random.js';
import {watchUncaught} from './uncaught.js';

/** However slow the machine is: what has not come to an end by then never will. */
const PATIENCE_MS = 15_000;

/** Chromium has 500 for a page, the closed ones that are garbage included. */
const PEERS_BETWEEN_COLLECTIONS = 200;

/** How often a step is taken, and what it does; what that returns is told where a race fails. */
export type Steps = Readonly<Record<string, readonly [weight: number, act: () => unknown]>>;

/** What takes part in a race: a page with the SDK, or with an element. */
export interface Racer {
  readonly steps: Steps;
  /** Whether nothing can begin any more. */
  readonly isLost: boolean;
  /** Ends what is under way; settles when the engine knows. */
  end(): Promise<void>;
  /** Complains of what does not hold when all has ended. */
  check(): Promise<void>;
  /** Starts a conversation from however it stands; rejects where it does not open. */
  start(): Promise<void>;
  /** Takes itself out of the page, when all is over. */
  leave(): void;
}

/** One episode: conversations that begin, fail and end in an order that chance decides. */
export class Race {
  readonly random: Random;
  /** For what depends on when others do something: what is drawn here moves no step. */
  readonly chances: Random;
  readonly holdings = new Holdings();
  readonly interactions = new Interactions();
  readonly engine: RaceEngine;
  readonly microphone: RaceMicrophone;
  readonly #stopWatching = watchUncaught(what => this.complain(what));
  readonly #name: string;
  readonly #story: string[] = [];
  #isRunning = true;
  readonly #complaints = new Set<string>();

  constructor(seed: number, episode: number) {
    this.#name = `Seed ${seed}, episode ${episode}`;
    this.random = new Random(seed, episode);
    this.chances = this.random.fork();
    this.engine = new RaceEngine(this.random.fork(), this.note);
    this.microphone = new RaceMicrophone(this.holdings, this.random.fork());
  }

  /** Remembers what has happened, for the story of a failure. */
  readonly note = (what: string): void => void this.#story.push(`      ${what}`);

  /** Tells what does not hold; the race is over with it. */
  readonly complain = (what: string): void => {
    this.#complaints.add(what);
    this.note(`!! ${what}`);
  };

  /** What holds at every moment. */
  readonly check = (): void => {
    const {live} = this.interactions;
    if (live.length > 1) this.complain('two conversations at once');
    if (this.holdings.openPeers.length > 1) this.complain('two open peer connections');
    if (live.length === 0) this.holdings.all.forEach(what => this.complain(`${what} is left`));
  };

  /** Whether a listener calls back now: with such a chance, until all is to end. */
  hasReaction(probability: number): boolean {
    return this.#isRunning && this.chances.chance(probability);
  }

  /** Lets a start come to its end, if it does so soon. */
  async wait(): Promise<string> {
    const status = () => this.interactions.live[0]?.state.status;
    for (let left = 50; left > 0 && status() === 'connecting'; left--) await pause(5);
    return status() ?? 'nothing';
  }

  /** What the browser tells when the visitor leaves the page and comes back, or it is frozen. */
  leavePage(): string {
    const how = this.random.pick(['pagehide', 'freeze']);
    if (how === 'freeze') document.dispatchEvent(new Event(how));
    else for (const what of [how, 'pageshow']) dispatchEvent(new PageTransitionEvent(what));
    return how;
  }

  /** Takes the steps, then ends all, then starts once more. Throws what has not held. */
  async run(racer: Racer, steps: number): Promise<void> {
    try {
      for (let at = 1; at <= steps && this.#complaints.size === 0 && !racer.isLost; at++) {
        await this.#take(racer.steps, at);
        await breathe(this.random);
        this.check();
      }
      if (this.#complaints.size === 0) await this.#finish(racer);
    } catch (error) {
      this.complain(String(error));
    } finally {
      await this.#close(racer);
    }
    if (this.#complaints.size === 0) return;
    const parts = [this.#name, ...[...this.#complaints].map(what => `  ${what}`), ...this.#story];
    throw new Error(parts.join('\n'));
  }

  async #take(steps: Steps, at: number): Promise<void> {
    const weights = Object.entries(steps).map(([name, [weight]]) => [name, weight] as const);
    const name = this.random.weigh(Object.fromEntries(weights));
    this.#story.push(`${at}. ${name}`);
    const told = await steps[name]?.[1]();
    if (typeof told === 'string') this.note(told);
  }

  async #finish(racer: Racer): Promise<void> {
    this.#story.push('The end');
    this.#isRunning = false;
    const ended = racer.end();
    this.engine.behave();
    await within(Promise.all([ended, this.microphone.grantAll()]), 'it ends');
    await within(this.interactions.settled(), 'every start settles');
    await task();
    this.check();
    await racer.check();
    for (let left = PATIENCE_MS; left > 0 && this.engine.abandoned.length > 0; left -= 20) {
      await pause(20);
    }
    this.engine.abandoned.forEach(address => this.complain(`no goodbye to ${address}`));
    if (racer.isLost) return;
    this.#story.push('Once more');
    await within(racer.start(), 'it starts again');
    await within(racer.end(), 'it ends again');
    this.check();
    await racer.check();
  }

  async #close(racer: Racer): Promise<void> {
    this.engine.behave();
    await within(racer.end(), 'it can be cleaned up').catch(e => this.complain(String(e)));
    racer.leave();
    await task();
    this.engine.page.close();
    this.microphone.restore();
    this.interactions.restore();
    this.holdings.restore();
    this.#stopWatching();
  }
}

/** Declares a test for each seed of this run. */
export function raceEachSeed(
  {episodes, steps}: {episodes: number; steps: number},
  join: (race: Race) => Promise<Racer>,
): void {
  const {seeds, only} = seedsOfThisRun();
  const numbers = only === undefined ? [...Array(episodes).keys()] : [only];
  for (const seed of seeds) {
    it(`${episodes} episodes of ${steps} steps from the seed ${seed}`, async () => {
      let peers = 0;
      let uncollected = 0;
      let begun = 0;
      let opened = 0;
      for (const episode of numbers) {
        const race = new Race(seed, episode);
        await race.run(await join(race), steps);
        begun += race.interactions.begun;
        opened += race.interactions.opened;
        peers += race.holdings.peersMade;
        if ((uncollected += race.holdings.peersMade) > PEERS_BETWEEN_COLLECTIONS) {
          await executeServerCommand('collect-garbage');
          uncollected = 0;
        }
      }
      console.log(
        `Seed ${seed}: ${numbers.length * steps} steps, ${begun} conversations begun, ` +
          `${opened} opened, ${peers} peer connections.`,
      );
    });
  }
}

async function within(promise: Promise<unknown>, what: string): Promise<void> {
  const over = pause(PATIENCE_MS).then(() => Promise.reject(new Error(`Not so: ${what}`)));
  await Promise.race([promise, over]);
}
