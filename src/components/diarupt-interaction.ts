import {html, LitElement, nothing, type PropertyDeclarations, type PropertyValues} from 'lit';
import type {InteractionError} from '../core/errors.js';
import {isInteractionEvent, type InteractionEvents, type Next} from '../core/events.js';
import {checkText} from '../core/options.js';
import {isLive, type HandsOnControl, type InteractionStatus, type Mode} from '../core/state.js';
import type {RequestSession} from '../core/session.js';
import type {TranscriptLine} from '../core/transcript.js';
import {BeforeConnectEvent} from './before-connect-event.js';
import {Consent} from './consent.js';
import {talkIcon} from './icons.js';
import {InteractionController} from './interaction-controller.js';
import * as kit from './kit.js';
import {layoutStyles} from './layout-styles.js';
import {showStates} from './states.js';
import {buttonStyles, partStyles, tokenStyles} from './styles.js';
import {addWords, WordsProvider} from './words-context.js';
import type {Language} from './words.js';

/** The element's events: each of the interaction's as a `CustomEvent`, its data as `detail`. */
export type DiaruptInteractionEventMap = Omit<HTMLElementEventMap, keyof InteractionEvents> & {
  [E in keyof InteractionEvents]: CustomEvent<InteractionEvents[E]>;
} & {
  /** Triggered for an event that the engine invented. */
  'interaction-event': CustomEvent<{event: string; data: unknown}>;
  /** Triggered before a conversation starts. Cancelable, and can be given something to wait for. */
  beforeconnect: BeforeConnectEvent;
  /** Triggered before the visitor's response is sent; `text` where it was typed. Cancelable. */
  beforesend: CustomEvent<{text: string | null}>;
  /** Triggered when the `status` has changed. */
  statechange: CustomEvent<InteractionStatus>;
  /** Triggered by the menu when the visitor has chosen a microphone, a speaker or a volume. */
  deviceschange: Event;
};

/**
 * A conversation with an AI, face to face or by voice. Lays its parts out by itself; given
 * children, it shows those instead. Never starts by itself: a microphone prompt needs a person.
 *
 * @customElement diarupt-interaction
 * @slot - Parts and whatever else, in place of the default layout.
 * @slot consent - What the visitor is asked to agree to before the first conversation.
 * @csspart panel - All but the launcher of the floating layout.
 * @csspart launcher - The button of the floating layout, which shows and hides the panel.
 * @csspart layout - The box around the default layout.
 * @csspart consent - The box around the question for consent.
 * @cssState idle
 * @cssState connecting
 * @cssState open
 * @cssState reconnecting
 * @cssState closed
 * @cssState failed - Closed by an error.
 * @cssState hands-free
 * @cssState hands-on
 * @cssState talking - Hands-on: the visitor's turn.
 * @cssState muted
 * @cssState listening
 * @cssState thinking
 * @cssState speaking
 * @cssState unheard - The visitor talks while muted.
 * @cssState silent - Nothing comes from the microphone while it is the visitor's turn.
 * @cssproperty [--diarupt-accent=#4f46e5] - The one colour to brand it with.
 * @cssproperty [--diarupt-on-accent=#fff] - Text and icons on the accent.
 * @cssproperty [--diarupt-radius=1.25rem] - The roundness of the box.
 * @cssproperty --diarupt-user-level - Set by the element for whatever is in it: how loud the visitor
 *   is who is heard, from 0 to 1.
 * @cssproperty --diarupt-assistant-level - The same of the AI's voice.
 * @fires {CustomEvent<string>} open - The data channel is open: the AI is ready.
 * @fires {CustomEvent<null>} user-started-talking - Hands-on: the visitor starts to talk.
 * @fires {CustomEvent<null>} user-stopped-talking - Hands-on: the response is on its way.
 * @fires {CustomEvent<Transcript>} transcript - A line, interim or whole, of either party.
 * @fires {CustomEvent<Error>} error - The connection or the interaction failed.
 * @fires {CustomEvent<string>} close - The connection is closed; the reason.
 * @fires {CustomEvent<{event: string, data: unknown}>} interaction-event - An event that the
 *   engine invented.
 * @fires {BeforeConnectEvent} beforeconnect - A conversation is about to start. Cancelable; by
 *   `event.waitUntil(promise)` it starts when that is fulfilled, and does not where it is rejected.
 * @fires {CustomEvent<{text: string | null}>} beforesend - The visitor's response is about to be
 *   sent; `text` where it was typed. Cancelable: what is held back can be sent later.
 * @fires {CustomEvent<InteractionStatus>} statechange - The status has changed.
 */
export class DiaruptInteraction extends LitElement {
  static override styles = [tokenStyles, partStyles, buttonStyles, layoutStyles];

  /** The package's version. */
  static readonly version: string = '0.1.0';

  /** @internal */
  static readonly kit = kit;

  static override properties: PropertyDeclarations = {
    sessionId: {attribute: 'session-id'},
    sessionUrl: {attribute: 'session-url'},
    mode: {reflect: true, useDefault: true},
    handsOnTimeout: {attribute: 'hands-on-timeout', converter: toMilliseconds},
    handsOnControl: {
      attribute: 'hands-on-control',
      converter: (value: string | null) => (value === 'hold' ? 'hold' : 'tap'),
    },
    audioOnly: {type: Boolean, attribute: 'audio-only'},
    muted: {type: Boolean, reflect: true},
    captions: {type: Boolean, reflect: true},
    engineUrl: {attribute: 'engine-url'},
    volume: {type: Number, useDefault: true},
    microphoneId: {attribute: false},
    speakerId: {attribute: false},
    layout: {reflect: true},
    textInput: {type: Boolean, attribute: 'text-input'},
    expanded: {type: Boolean, reflect: true},
    next: {attribute: false},
    stream: {attribute: false},
    getSession: {attribute: false},
    words: {attribute: false},
  };

  /** Adds a language for all elements, by the `lang` in it (BCP 47). */
  static readonly addWords = addWords;

  /** The session to hold, as the engine's `create-session` returned it. */
  sessionId: string | null | undefined;

  /** Or where the page's server makes one: asked by `POST` when the visitor starts. */
  sessionUrl: string | null | undefined;

  /** Who ends the visitor's turn: the engine, or the visitor. */
  mode: Mode = 'hands-free';

  /** Hands-on: milliseconds of silence after which the response goes; `none` or `Infinity`: never. */
  handsOnTimeout = 5000;

  /** Hands-on: whether a response is sent by a tap, or by letting go of the button that is held. */
  handsOnControl: HandsOnControl = 'tap';

  /** No face is shown or asked for. */
  audioOnly = false;

  /** Whether the microphone is silent, before a conversation too. */
  muted = false;

  /** Whether captions are shown of what the AI says. */
  captions = false;

  /** The engine's address, `https:` (or `http:` on loopback). */
  engineUrl: string | null | undefined;

  /** How loud the AI is, from 0 to 1; where the browser leaves that to the page. */
  volume = 1;

  /** The microphone to ask for at the next start, where it is there; empty: the browser's choice. */
  microphoneId = '';

  /** The speaker that the AI is heard from, where the page may choose it; empty: the browser's choice. */
  speakerId = '';

  /** A corner of the window, behind a button, or a bar; otherwise the box that there is. */
  layout: 'floating' | 'bar' | null | undefined;

  /** Whether there is a field to type in under the transcript. */
  textInput = false;

  /** Whether the panel of the floating layout is shown. */
  expanded = false;

  /** Receives every event before it is dispatched: the same function as `connect`'s. */
  next: Next | undefined;

  /** The visitor's voice; it stays the page's. Without one the microphone is asked for. */
  stream: MediaStream | undefined;

  /** Fetches a session for this visitor when they start and there is no `session-id`. */
  getSession: RequestSession | undefined;

  /** The page's own words, in the place of those that there are, in whatever language. */
  words: Partial<Language> | undefined;

  #player: HTMLMediaElement | undefined;

  /** What the AI is played with, from the next start on: the last player's that was shown. */
  get player(): HTMLMediaElement | undefined {
    return this.#player;
  }

  set player(player: HTMLMediaElement | undefined) {
    if (player === this.#player) return;
    this.#player = player;
    this.#applySound();
  }

  readonly #consent = new Consent(this, () => this.requestUpdate());
  readonly #internals = this.attachInternals();
  readonly #words = new WordsProvider(this);

  readonly #untold: (() => void)[] = [];

  /** One after the other: what a listener brings about is told when all have heard its own. */
  #inTurn(tell: () => void): void {
    if (this.#untold.push(tell) > 1) return;
    for (; this.#untold[0]; this.#untold.shift()) this.#untold[0]();
  }

  #tell(...event: Parameters<Next>): void {
    try {
      this.next?.(...event);
    } catch (error) {
      reportError(error);
    }
    const [name, data]: readonly [string, unknown] = event;
    if (isInteractionEvent(name)) this.#dispatch(name, data);
    else this.#dispatch('interaction-event', {event: name, data});
  }

  #dispatch(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, {bubbles: true, composed: true, detail}));
  }

  readonly #controller = new InteractionController(this, {
    next: (...event) => this.#inTurn(() => this.#tell(...event)),
    onStatus: status => this.#inTurn(() => this.#dispatch('statechange', status)),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasAttribute('api-key')) {
      console.warn('<diarupt-interaction> reads no api-key: keep it on your server.');
    }
  }

  /** Another document is another page: the microphone was allowed for the one before. */
  adoptedCallback(): void {
    void this.disconnect();
  }

  /** Keeps the conversation where the browser can move an element without taking it out. */
  connectedMoveCallback(): void {
    this.#words.choose();
  }

  /** Where the conversation stands. */
  get status(): InteractionStatus {
    return this.#controller.state.status;
  }

  /** What both have said, oldest first. */
  get transcript(): readonly TranscriptLine[] {
    return this.#controller.state.transcript;
  }

  /** Why the last conversation failed; `null` where it did not. */
  get error(): InteractionError | null {
    const {state} = this.#controller;
    return state.status === 'closed' ? state.error : null;
  }

  /** The microphone while it is open, muted or not, to look at how loud it is. */
  get microphone(): MediaStreamTrack | undefined {
    return this.#controller.microphone;
  }

  /**
   * Starts the conversation, or continues it. Settles when the AI is ready; rejects with an
   * `InteractionError`, or with an `AbortError` where it was ended first.
   */
  connect(): Promise<void> {
    if (this.isConnected) this.performUpdate(); // What was set just now counts.
    const event = new BeforeConnectEvent();
    const mayStart = isLive(this.#controller.state) || this.dispatchEvent(event);
    // Also where a listener has just started it.
    if (isLive(this.#controller.state)) return this.#controller.connected;
    if (!mayStart) {
      return Promise.reject(new DOMException('The page prevented it.', 'AbortError'));
    }
    const waits = [event.waits, this.#consent.ask() ?? []].flat();
    return this.#controller.connect(waits.length > 0 ? () => Promise.all(waits) : undefined);
  }

  /** Ends the conversation, or its start; the session is paused. */
  disconnect(): Promise<void> {
    return this.#controller.disconnect();
  }

  /** Hands-on: sends the visitor's response now. Whether there was one to send. */
  sendUserResponse(): boolean {
    const {turns} = this.#controller;
    return turns?.canSend === true && this.#maySend(null) && turns.send();
  }

  /** Hands-on: drops what the visitor has said in this turn. Whether there was any. */
  discardUserResponse(): boolean {
    return this.#controller.turns?.discard() ?? false;
  }

  /** Hands-on: gives the visitor, who is thinking, the whole time again. Whether there was a limit. */
  keepUserTurn(): boolean {
    return this.#controller.turns?.keep() ?? false;
  }

  /**
   * Says it for the visitor, in writing. Whether it was sent. Throws an `InteractionError` where it
   * is longer than 4,096 characters.
   */
  sendText(text: string): boolean {
    const {turns} = this.#controller;
    const isSomething = this.status === 'open' && checkText(text) !== '';
    return isSomething && this.#maySend(text) && (turns?.sendText(text) ?? false);
  }

  /**
   * Hears the visitor from that microphone from now on, without asking anew for more, and at the next
   * start. Settles when it is so; rejects with an `InteractionError` where it cannot be had, and keeps
   * the one before.
   */
  async setMicrophone(deviceId: string): Promise<void> {
    await this.#controller.setMicrophone(deviceId);
    this.microphoneId = deviceId;
  }

  /** Hands-on, `hands-on-control="hold"`: the visitor is heard from now on. */
  hold(): void {
    this.#controller.turns?.hold();
  }

  /** Hands-on: what was said while it was held is sent, when its last syllable has been heard. */
  async release(): Promise<void> {
    if (await this.#controller.turns?.release()) this.sendUserResponse();
  }

  /** Starts the sound that the browser held back; call it when the visitor has pressed something. */
  resumePlayback(): void {
    this.#controller.resumePlayback();
  }

  /** A speaker that is not there, or that no page may choose, leaves the one that is. */
  #applySound(): void {
    const {volume} = this;
    if (this.player && volume >= 0 && volume <= 1) this.player.volume = volume;
    this.player?.setSinkId?.(this.speakerId).catch(() => {});
  }

  #maySend(text: string | null): boolean {
    const options = {bubbles: true, composed: true, cancelable: true, detail: {text}};
    return this.dispatchEvent(new CustomEvent('beforesend', options));
  }

  override addEventListener<E extends keyof DiaruptInteractionEventMap>(
    type: E,
    listener: (this: DiaruptInteraction, event: DiaruptInteractionEventMap[E]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('words')) this.#words.choose();
    if (changed.size > 0) {
      this.#applySound();
      this.#controller.applySettings();
    }
    const {state} = this.#controller;
    if (state.status !== 'connecting') this.#consent.forget();
    showStates(this.#internals.states, state);
  }

  protected override render() {
    const {isAsked} = this.#consent;
    const isFloating = this.layout === 'floating';
    const hasParts = [...this.children].some(child => !child.slot);
    return html`
      ${isFloating ? this.#renderLauncher() : nothing}
      <div
        part="panel"
        class="panel"
        ?hidden=${isFloating && !this.expanded}
        @keydown=${this.#onKey}
      >
        ${isAsked ? this.#renderConsent() : nothing}
        <div class="content" ?hidden=${isAsked}>
          <slot ?hidden=${!hasParts} @slotchange=${() => this.requestUpdate()}></slot>
          ${hasParts ? nothing : this.#renderLayout()}
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    const consent = this.renderRoot.querySelector<HTMLElement>('.consent');
    if (consent && !consent.matches(':focus-within')) consent.focus();
  }

  #renderConsent() {
    const words = this.#words.value;
    return html`
      <section
        part="consent"
        class="consent"
        tabindex="-1"
        lang=${words.lang}
        aria-label=${words.consent}
      >
        <slot name="consent" lang=${words.pageLang}></slot>
        <div class="buttons">
          <button class="primary" @click=${this.#agree}>${words.agree}</button>
          <button @click=${() => void this.disconnect()}>${words.disagree}</button>
        </div>
      </section>
    `;
  }

  #renderLayout() {
    return html`
      <div part="layout" class="layout">
        <div class="stage"><diarupt-player></diarupt-player></div>
        <div class="controls">
          <diarupt-status></diarupt-status>
          <diarupt-response-button></diarupt-response-button>
          <div class="buttons">
            <diarupt-mic-button></diarupt-mic-button>
            <diarupt-captions-button></diarupt-captions-button>
            <diarupt-call-button></diarupt-call-button>
            <diarupt-devices></diarupt-devices>
            <diarupt-mode-toggle></diarupt-mode-toggle>
          </div>
        </div>
        <div class="words">
          <diarupt-transcript></diarupt-transcript>
          ${this.textInput ? html`<diarupt-text-input></diarupt-text-input>` : nothing}
        </div>
      </div>
    `;
  }

  #renderLauncher() {
    const words = this.#words.value;
    return html`
      <button
        part="launcher"
        class="launcher ${isLive(this.#controller.state) ? 'live' : ''}"
        lang=${words.lang}
        aria-label=${words.launcher}
        aria-expanded=${this.expanded}
        @click=${() => this.#expand(!this.expanded)}
      >
        ${talkIcon}
      </button>
    `;
  }

  readonly #agree = async () => {
    this.#consent.agree();
    await this.updateComplete;
    this.renderRoot.querySelector('diarupt-call-button')?.focus();
  };

  readonly #onKey = ({key, defaultPrevented}: KeyboardEvent) => {
    const closes = key === 'Escape' && !defaultPrevented && this.layout === 'floating';
    if (closes) void this.#expand(false);
  };

  /** The focus goes where the visitor goes: into the panel, and back to its button. */
  async #expand(expanded: boolean): Promise<void> {
    this.expanded = expanded;
    await this.updateComplete;
    const target = expanded ? 'diarupt-call-button' : '.launcher';
    this.renderRoot.querySelector<HTMLElement>(target)?.focus();
  }
}

/** Nonsense stays nonsense: the start says what is wrong with it. */
function toMilliseconds(value: string | null): number {
  if (value === null) return 5000;
  return value.trim() === 'none' ? Infinity : Number(value);
}
