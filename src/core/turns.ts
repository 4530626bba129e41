import {after, onAbort} from './abort.js';
import type {Transcript} from './events.js';
import type {Command, TypedText} from './messages.js';
import {checkHandsOnTimeout, checkMode, checkText} from './options.js';
import {
  hasResponse,
  isHoldToTalk,
  WITHOUT_TURN,
  type Conversation,
  type InteractionState,
  type TurnOptions,
} from './state.js';

/** How long the microphone stays on when the control has been let go of: people are early. */
const LAST_SYLLABLE_MS = 300;

interface TurnsHost {
  readonly signal: AbortSignal;
  readonly state: () => InteractionState;
  readonly commit: (change: Partial<Conversation>) => void;
  readonly send: (message: Command) => void;
}

/** What the visitor does with their turn: sends it, drops it, keeps it, holds it, writes it. */
export class Turns {
  readonly #host: TurnsHost;
  /** What has been typed, and is not in the transcript yet. */
  readonly #untold: TypedText[] = [];
  #holds = 0;

  constructor(host: TurnsHost) {
    this.#host = host;
  }

  /** Whether there is a response to send: hands-on, and talked since the last one. */
  get canSend(): boolean {
    const state = this.#host.state();
    // What was held and let go may have been so short that the engine has not told of it yet.
    const isHeld = state.status === 'open' && isHoldToTalk(state) && state.turn !== 'sent';
    return hasResponse(state) || isHeld;
  }

  /** Sends the visitor's response. Whether there was one to send. */
  send(): boolean {
    if (!this.canSend) return false;
    this.#host.commit({turn: 'sent', pause: null, activity: 'thinking'});
    this.#host.send({event: 'send-user-response', data: null});
    return true;
  }

  /** Drops what the visitor has said in this turn, which begins anew. Whether there was any. */
  discard(): boolean {
    if (!hasResponse(this.#host.state())) return false;
    this.#host.commit(WITHOUT_TURN);
    this.#host.send({event: 'discard-user-response', data: null});
    return true;
  }

  /** The visitor is still thinking: the time of the pause begins anew. Whether there was one. */
  keep(): boolean {
    const state = this.#host.state();
    if (!hasResponse(state) || !state.pause) return false;
    this.#host.send({event: 'keep-user-turn', data: null});
    return true;
  }

  /** Says it for the visitor, in writing. Whether it was sent. Throws `invalid-options`. */
  sendText(text: string): boolean {
    const checked = checkText(text);
    if (this.#host.state().status !== 'open' || checked === '') return false;
    this.#host.commit({...WITHOUT_TURN, activity: 'thinking'});
    const data = {text: checked, id: Math.random()};
    this.#untold.push(data);
    this.#host.send({event: 'user-text', data});
    return true;
  }

  /** A line has been told, perhaps a text's: those before it have come, whatever became of them. */
  told({role, content}: Transcript): void {
    if (role !== 'user') return;
    this.#untold.splice(0, this.#untold.findIndex(({text}) => text === content) + 1);
  }

  /** The connection before may have been lost with what was typed last. */
  repeatTexts(): void {
    for (const data of this.#untold) this.#host.send({event: 'user-text', data});
  }

  /** The visitor holds the control, and is heard until they let it go. */
  hold(): void {
    const state = this.#host.state();
    if (state.status !== 'open' || !isHoldToTalk(state)) return;
    this.#holds += 1;
    this.#host.commit({held: true});
  }

  /** They let it go. Settles with whether for good, when their last syllable has been heard, or all is over. */
  async release(): Promise<boolean> {
    const holds = this.#holds;
    await new Promise<void>(resolve => {
      after(LAST_SYLLABLE_MS, this.#host.signal, resolve);
      onAbort(this.#host.signal, resolve);
    });
    if (holds !== this.#holds || !this.#host.state().held) return false;
    this.#host.commit({held: false});
    return true;
  }

  /** Changes how turns end, in the middle of a conversation too. Throws `invalid-options`. */
  configure({mode, handsOnTimeout, handsOnControl}: TurnOptions): void {
    const before = this.#host.state();
    const after: TurnOptions = {
      mode: checkMode(mode),
      handsOnTimeout: checkHandsOnTimeout(handsOnTimeout),
      handsOnControl,
    };
    const names = Object.keys(after) as (keyof TurnOptions)[];
    if (names.every(name => before[name] === after[name])) return;
    this.#host.commit({...after, held: false, ...(before.mode === after.mode ? {} : WITHOUT_TURN)});
    if (before.status === 'open') this.sendConfiguration();
  }

  /** Tells the engine how turns end. Who holds to talk needs no limit: they let go. */
  sendConfiguration(): void {
    const state = this.#host.state();
    const {mode, handsOnTimeout} = state;
    const isUnlimited = handsOnTimeout === Infinity || isHoldToTalk(state);
    this.#host.send({
      event: 'configure',
      data: {mode, handsOnTimeout: isUnlimited ? null : handsOnTimeout},
    });
  }
}
