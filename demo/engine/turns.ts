import type {Configuration, Send} from './messages.js';
import type {EarListener} from './speech/types.js';

/** Silence after which a hands-free turn is over: shorter, and pauses within sentences end it. */
const GRACE_MS = 400;

/** Speech that takes longer is meant, even before a word of it has been understood. */
const INSISTENT_MS = 300;

const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** What the visitor says until it is answered, pauses included. */
export interface Turn {
  /** When it began. */
  readonly timestamp: string;
  /** What has been understood so far. */
  words: string;
  /** Words were understood, or the speech went on for a while: this is more than a cough. */
  insistent: boolean;
}

export interface TurnListener {
  /** Triggered when the visitor means to talk: whoever talks now is interrupted. */
  turnInsists(): void;
  /** Triggered when more of a turn has been understood. */
  turnUnderstood(turn: Turn): void;
  /** Triggered when a turn is over; `undefined` where none has been noticed, but is asked for. */
  turnEnded(turn: Turn | undefined): void;
}

/**
 * Decides when the visitor's turns begin and end: hands-free by silence, hands-on when told to,
 * or by a silence as long as was configured. Tells the talking events of hands-on mode, which are
 * balanced even where the mode changes within a turn, and the pauses in it, each time that their
 * time begins. `signal` ends the turn in progress.
 */
export class Turns implements EarListener {
  #configuration: Configuration | undefined;
  #turn: Turn | undefined;
  #talking = false;
  /** Fires where the visitor goes on long enough as now: talking, or being silent. */
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly listener: TurnListener,
    readonly send: Send,
    signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.#close(), {once: true});
  }

  get configured(): boolean {
    return this.#configuration !== undefined;
  }

  get handsOn(): boolean {
    return this.#configuration?.mode === 'hands-on';
  }

  /** The turn in progress is one that an answer has to wait for. */
  get insistent(): boolean {
    return this.#turn?.insistent ?? false;
  }

  configure(configuration: Configuration): void {
    const wasHandsOn = this.handsOn;
    const hadTimeout = this.#handsOnTimeout;
    this.#configuration = configuration;
    if (!this.#turn) return;
    if (this.handsOn && !wasHandsOn) this.send('user-started-talking', null);
    if (!this.handsOn && wasHandsOn) this.send('user-stopped-talking', null);
    const changed = this.handsOn !== wasHandsOn || this.#handsOnTimeout !== hadTimeout;
    if (!this.#talking && changed) this.#waitForSilence();
  }

  /** The visitor wants the turn answered now. In hands-free mode the engine decides that. */
  respond(): void {
    if (this.handsOn) this.#end();
  }

  /** The visitor is still thinking. */
  keep(): void {
    if (this.#paused) this.#waitForSilence();
  }

  /** Ends the turn in progress, which the caller sees to; `undefined` where there is none. */
  drop(): Turn | undefined {
    clearTimeout(this.#timer);
    const turn = this.#turn;
    this.#turn = undefined;
    // Speech that goes on is told anew: the ear begins anew, too.
    this.#talking = false;
    if (turn && this.handsOn) this.send('user-stopped-talking', null);
    return turn;
  }

  speechStarted(): void {
    if (this.#paused) this.send('user-resumed', null);
    this.#talking = true;
    const turn = this.#begin();
    this.#wait(INSISTENT_MS, () => this.#insist(turn));
  }

  words(text: string): void {
    const turn = this.#begin();
    turn.words = text;
    this.#insist(turn);
    this.listener.turnUnderstood(turn);
    if (!this.#talking) this.#waitForSilence();
  }

  speechStopped(): void {
    this.#talking = false;
    if (this.#turn) this.#waitForSilence();
  }

  #begin(): Turn {
    if (this.#turn) return this.#turn;
    if (this.handsOn) this.send('user-started-talking', null);
    return (this.#turn = {timestamp: new Date().toISOString(), words: '', insistent: false});
  }

  #insist(turn: Turn): void {
    turn.insistent = true;
    this.listener.turnInsists();
  }

  /** The visitor's silence in a hands-on turn has been told. */
  get #paused(): boolean {
    return this.handsOn && this.#turn !== undefined && !this.#talking;
  }

  /** As it is kept: a timer takes no more. `null` in hands-free mode, too. */
  get #handsOnTimeout(): number | null {
    const timeout = this.handsOn ? this.#configuration?.handsOnTimeout : null;
    return timeout == null ? null : Math.min(timeout, MAX_TIMEOUT_MS);
  }

  #waitForSilence(): void {
    const ms = this.handsOn ? this.#handsOnTimeout : GRACE_MS;
    if (ms === null) clearTimeout(this.#timer);
    else this.#wait(ms, () => this.#end());
    if (this.handsOn) this.send('user-paused', {timeout: ms});
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  #close(): void {
    if (this.#turn) this.#end();
  }

  #end(): void {
    this.listener.turnEnded(this.drop());
  }
}
