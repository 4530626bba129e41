import type {ReactiveController} from 'lit';
import {invalid, type InteractionError} from '../core/errors.js';
import type {Next} from '../core/events.js';
import {Interaction} from '../core/interaction.js';
import {secureUrl} from '../core/secure-url.js';
import type {Credentials} from '../core/link.js';
import {toCredentials, type RequestSession} from '../core/session.js';
import {postForSession} from '../core/signaling.js';
import {isLive, type InteractionState, type InteractionStatus} from '../core/state.js';
import type {Hint} from './hearing.js';
import type {HintedState, InteractionActions, InteractionProvider} from './interaction-context.js';
import type {InteractionSettings} from './interaction-settings.js';
import {listen} from './sound.js';
import {keepScreenAwake} from './wake-lock.js';

interface InteractionListener {
  readonly next: Next;
  /** Called when the status has changed. */
  readonly onStatus: (status: InteractionStatus) => void;
}

type InteractionHost = InteractionSettings & InteractionActions;

/**
 * The conversation of one element, from one to the next: it starts when asked, goes on while the
 * element is moved about in the document, and ends when the element leaves it. Changes what the
 * parts see.
 */
export class InteractionController implements ReactiveController {
  readonly #host: InteractionHost;
  readonly #listener: InteractionListener;
  readonly #provider: InteractionProvider;
  /** The conversation that there is, or was. */
  interaction: Interaction | undefined;
  /** The start that is under way, or that was. */
  connected = Promise.resolve();
  #awake = new AbortController();
  #stopListening: (() => void) | undefined;
  /** In one document; aborted when the element leaves it. */
  #stay: AbortController | undefined;
  /**
   * In a page that stays: what is started elsewhere, or by a listener while the page goes, nothing
   * would end.
   */
  #isHere = false;
  /** The session that the transcript belongs to. */
  #sessionId: unknown;
  /** The session that `getSession` gave: the next start goes on with it while it lasts. */
  #requested: string | undefined;

  constructor(host: InteractionHost, provider: InteractionProvider, listener: InteractionListener) {
    this.#host = host;
    this.#provider = provider;
    this.#listener = listener;
    host.addController(this);
  }

  get #state(): HintedState {
    return this.#provider.value.state;
  }

  /** Starts a conversation, when what is to be done before it is done. Called where there is none. */
  connect(before?: () => Promise<unknown>): Promise<void> {
    if (!this.#isHere) {
      return Promise.reject(invalid('The element is in no document. Insert it, then start.'));
    }
    // As it is set when it begins, which is below.
    const player = this.#host.player ?? document.createElement('video');
    const options = Object.assign(this.#host, {player});
    const known = options.sessionId ?? this.#requested;
    const request = this.#host.getSession ?? sessionRequest(this.#host);
    const goesOn = known !== undefined && known === this.#sessionId;
    const interaction: Interaction = new Interaction(
      known ?? (request ? signal => this.#request(request(signal), interaction) : ''),
      options,
      {
        next: this.#listener.next,
        onChange: state =>
          interaction === this.interaction && this.#commit({...state, hint: this.#hintIn(state)}),
        before,
        transcript: goesOn ? this.#state.transcript : undefined,
      },
      leavingOf(this.interaction),
    );
    this.interaction = interaction;
    this.#sessionId = known;
    let begin = () => {};
    const connected = new Promise<void>(resolve => (begin = () => resolve(interaction.connect())));
    this.connected = connected; // Before it begins: who hears of that may join.
    begin();
    return connected;
  }

  async disconnect(): Promise<void> {
    await this.interaction?.disconnect();
  }

  /** Brings what the element has been set to into the conversation, or into the next one. */
  applySettings(): void {
    if (!isLive(this.#state)) return this.#commit(this.#state);
    const {muted, sessionId} = this.#host;
    if (sessionId != null && sessionId !== this.#sessionId) return void this.disconnect();
    void this.#setMuted(muted);
    try {
      this.interaction?.turns.configure(this.#host);
    } catch (error) {
      console.warn(error); // The conversation goes on as it was.
    }
  }

  /** Where the microphone cannot be had, the conversation goes on without, and tells why. */
  async #setMuted(muted: boolean): Promise<void> {
    const {interaction} = this;
    try {
      await interaction?.setMuted(muted);
    } catch (error) {
      await this.connected.catch(() => {}); // A start that needed the microphone tells of it by itself.
      // It has ended meanwhile, or the visitor has thought better of it.
      if (interaction?.state.status === 'closed' || this.#host.muted) return;
      this.#host.muted = true;
      this.#listener.next('error', error as InteractionError);
      this.#hint((error as InteractionError).code);
    }
  }

  /** With its frame gone, an element is where it was: it is the frame's page that tells of it. */
  hostConnected(): void {
    const {signal} = (this.#stay = new AbortController());
    const view = this.#host.ownerDocument.defaultView;
    this.#isHere = Boolean(view);
    const leave = () => {
      this.#isHere = false;
      void this.disconnect();
    };
    view?.addEventListener('pagehide', leave, {signal});
    view?.addEventListener('pageshow', () => (this.#isHere = true), {signal});
  }

  /** Both voices are listened to while the conversation is open, and to be seen. */
  hostUpdated(): void {
    const panel = this.#host.renderRoot.querySelector<HTMLElement>('.panel:not([hidden])');
    if (panel && this.#state.status === 'open') {
      try {
        this.#stopListening ??= listen(this.#host, () => this.#state, panel.style, this.#hint);
      } catch {} // Nothing moves then.
    } else {
      this.#stopListeningNow();
      if (this.#host.microphone) this.#hint(); // Why there is none, stays true.
    }
  }

  #stopListeningNow(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  hostDisconnected(): void {
    this.#isHere = false;
    this.#stay?.abort();
    // A move is a removal and an insertion in one task: the conversation goes on.
    queueMicrotask(() => {
      if (!this.#host.isConnected) void this.disconnect();
    });
  }

  /** Remembered only where the conversation that asked is still the one there is. */
  async #request(
    requested: Promise<string | Credentials>,
    asking: Interaction,
  ): Promise<Credentials> {
    const credentials = toCredentials(await requested);
    const {sessionId} = credentials as {sessionId?: string};
    if (asking === this.interaction) this.#requested = this.#sessionId = sessionId;
    return credentials;
  }

  /** What the visitor has been told, until they have changed it or the conversation has gone on. */
  #hintIn({muted, activity}: InteractionState): Hint | undefined {
    const before = this.#state;
    return muted === before.muted && activity !== 'thinking' ? before.hint : undefined;
  }

  readonly #hint = (hint?: Hint): void => {
    if (hint !== this.#state.hint) this.#commit({...this.#state, hint});
  };

  readonly #commit = (state: HintedState): void => {
    if (state.status === 'closed' && isOver(state)) this.#requested = undefined;
    const changed = state.status !== this.#state.status;
    const {mode, handsOnTimeout, handsOnControl, muted} = this.#host;
    const isOpen = state.status === 'open';
    if (!isOpen) this.#stopListeningNow();
    if (changed && isOpen) this.#stayAwake();
    else if (!isLive(state)) this.#awake.abort();
    this.#provider.change({
      state: Object.freeze({
        ...state,
        // Without a conversation, it stands as the element is set: a start may have failed before.
        ...(!isLive(state) && {mode, handsOnTimeout, handsOnControl, muted}),
        hint: isOpen ? state.hint : undefined,
      }),
    });
    if (changed) this.#listener.onStatus(state.status);
  };

  /** From the first opening to the end, reconnections included. */
  #stayAwake(): void {
    this.#awake.abort();
    this.#awake = new AbortController();
    keepScreenAwake(this.#awake.signal);
  }
}

/** Whether the session cannot be gone on with: the engine ended it, or knows nothing of it. */
function isOver(state: Extract<InteractionState, {status: 'closed'}>): boolean {
  return (
    state.by === 'engine' ||
    /^(session-(ended|not-found)|unauthorized)$/.test(state.error?.code ?? '')
  );
}

/** How the page's server is asked for a session, where it has an address that can be trusted. */
function sessionRequest({sessionUrl, baseURI}: InteractionHost): RequestSession | null {
  const url = secureUrl(sessionUrl || null, baseURI);
  return url && (signal => postForSession(url, signal));
}

/** Alone in its scope: a closure that stays would keep the interaction, and that the one before. */
function leavingOf(before: Interaction | undefined): () => Promise<void> | undefined {
  return () => before?.disconnect();
}
