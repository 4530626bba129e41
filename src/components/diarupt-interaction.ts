import {css, html, LitElement, type PropertyValues} from 'lit';
import {property} from 'lit/decorators.js';
import type {InteractionError} from '../core/errors.js';
import {isInteractionEvent, type InteractionEvents, type Next} from '../core/events.js';
import {checkText} from '../core/options.js';
import type {HandsOnControl, InteractionStatus, Mode} from '../core/state.js';
import type {TranscriptLine} from '../core/transcript.js';
import {InteractionController} from './interaction-controller.js';

/** The element's events: each of the interaction's as a `CustomEvent`, its data as `detail`. */
export type DiaruptInteractionEventMap = Omit<HTMLElementEventMap, keyof InteractionEvents> & {
  [E in keyof InteractionEvents]: CustomEvent<InteractionEvents[E]>;
} & {
  /** Triggered for an event that the engine invented. */
  'interaction-event': CustomEvent<{event: string; data: unknown}>;
  /** Triggered before the visitor's response is sent; `text` where it was typed. Cancelable. */
  beforesend: CustomEvent<{text: string | null}>;
  /** Triggered when the `status` has changed. */
  statechange: CustomEvent<InteractionStatus>;
};

/**
 * A conversation with an AI, face to face or by voice. Lays its parts out by itself; given
 * children, it shows those instead. Never starts by itself: a microphone prompt needs a person.
 *
 * @customElement diarupt-interaction
 * @slot - Parts and whatever else, in place of the default layout.
 * @csspart layout - The box around the default layout.
 * @cssproperty [--diarupt-accent=#4f46e5] - The one colour to brand it with.
 * @cssproperty [--diarupt-on-accent=#fff] - Text and icons on the accent.
 * @cssproperty [--diarupt-radius=1.25rem] - The roundness of the box.
 * @fires {CustomEvent<string>} open - The data channel is open: the AI is ready.
 * @fires {CustomEvent<null>} user-started-talking - Hands-on: the visitor starts to talk.
 * @fires {CustomEvent<null>} user-stopped-talking - Hands-on: the response is on its way.
 * @fires {CustomEvent<Transcript>} transcript - A line, interim or whole, of either party.
 * @fires {CustomEvent<Error>} error - The connection or the interaction failed.
 * @fires {CustomEvent<string>} close - The connection is closed; the reason.
 * @fires {CustomEvent<{event: string, data: unknown}>} interaction-event - An event that the
 *   engine invented.
 * @fires {CustomEvent<{text: string | null}>} beforesend - The visitor's response is about to be
 *   sent; `text` where it was typed. Cancelable: what is held back can be sent later.
 * @fires {CustomEvent<InteractionStatus>} statechange - The status has changed.
 */
export class DiaruptInteraction extends LitElement {
  static override styles = css`
    :host {
      --_accent: var(--diarupt-accent, #4f46e5);
      --_on-accent: var(--diarupt-on-accent, #fff);
      --_canvas: light-dark(#fff, #14161c);
      --_surface: light-dark(#f1f2f6, #262a33);
      --_accent-surface: light-dark(
        color-mix(in oklab, var(--_accent) 15%, #fff),
        color-mix(in oklab, var(--_accent) 45%, #14161c)
      );
      --_text: light-dark(#15171d, #f2f3f6);
      --_soft: light-dark(#5a6170, #a9b0be);
      --_line: light-dark(#e1e4ea, #2f343f);
      --_control-line: light-dark(#868d9b, #767e8d);
      --_danger: light-dark(#c4281c, #d1382c);
      --_danger-text: light-dark(#b3241a, #ff9a90);
      --_live: light-dark(#178a4c, #3ecf7f);
      --_focus: light-dark(color-mix(in oklab, var(--_accent) 85%, #000), #b9c0ff);
      display: block;
      container: diarupt-interaction / inline-size;
      font:
        1rem/1.5 system-ui,
        sans-serif;
      color: var(--_text);
    }
    :host([hidden]) {
      display: none;
    }
    .layout {
      display: grid;
      grid-template: 'stage' 'controls' 'transcript' minmax(8rem, 16rem) / minmax(0, 1fr);
      overflow: hidden;
      border: 1px solid var(--_line);
      border-radius: var(--diarupt-radius, 1.25rem);
      background: var(--_canvas);
    }
    .stage {
      grid-area: stage;
      aspect-ratio: 4 / 3;
      max-block-size: 24rem;
      inline-size: 100%;
      container-type: size;
    }
    .controls {
      grid-area: controls;
      display: grid;
      gap: 0.75rem;
      padding: 1rem;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 0.5rem 0.75rem;
    }
    diarupt-transcript {
      grid-area: transcript;
      border-block-start: 1px solid var(--_line);
    }
    /* A row of its own, so that no label of the call button moves it. */
    diarupt-mode-toggle {
      flex-basis: 100%;
      text-align: center;
    }
    @container diarupt-interaction (inline-size >= 44rem) {
      .layout {
        grid-template:
          'stage transcript' minmax(0, 1fr) 'controls transcript' auto / minmax(18rem, 26rem)
          minmax(0, 1fr);
        block-size: 32rem;
      }
      .stage {
        aspect-ratio: auto;
        max-block-size: none;
      }
      diarupt-transcript {
        border-block-start: 0;
        border-inline-start: 1px solid var(--_line);
      }
    }
  `;

  /** The session to hold, as the engine's `create-session` returned it. */
  @property({attribute: 'session-id'}) sessionId: string | null | undefined;

  /** Who ends the visitor's turn: the engine, or the visitor. */
  @property({reflect: true, converter: {fromAttribute: value => value ?? 'hands-free'}})
  mode: Mode = 'hands-free';

  /** Hands-on: milliseconds of silence after which the response goes; `none` or `Infinity`: never. */
  @property({attribute: 'hands-on-timeout', converter: toMilliseconds}) handsOnTimeout = 5000;

  /** Hands-on: whether a response is sent by a tap, or by letting go of the button that is held. */
  @property({
    attribute: 'hands-on-control',
    converter: value => (value === 'hold' ? 'hold' : 'tap'),
  })
  handsOnControl: HandsOnControl = 'tap';

  /** No face is shown or asked for. */
  @property({type: Boolean, attribute: 'audio-only'}) audioOnly = false;

  /** Whether the microphone is silent, before a conversation too. */
  @property({type: Boolean, reflect: true}) muted = false;

  /** The engine's address, `https:` (or `http:` on loopback). */
  @property({attribute: 'engine-url'}) engineUrl: string | null | undefined;

  /** Receives every event before it is dispatched: the same function as `connect`'s. */
  @property({attribute: false}) next: Next | undefined;

  /** The visitor's voice; it stays the page's. Without one the microphone is asked for. */
  @property({attribute: false}) stream: MediaStream | undefined;

  /** Fetches a session for this visitor when they start and there is no `session-id`. */
  @property({attribute: false}) getSession: (() => Promise<string>) | undefined;

  readonly #children = new MutationObserver(() => this.requestUpdate());

  readonly #next: Next = (...event) => {
    try {
      this.next?.(...event);
    } catch (error) {
      reportError(error);
    }
    const [name, data]: readonly [string, unknown] = event;
    const options = {bubbles: true, composed: true};
    this.dispatchEvent(
      isInteractionEvent(name)
        ? new CustomEvent(name, {...options, detail: data})
        : new CustomEvent('interaction-event', {...options, detail: {event: name, data}}),
    );
  };

  readonly #controller = new InteractionController(
    this,
    {
      // What fails has been told by the `error` event.
      connect: () => void this.connect().catch(() => {}),
      disconnect: () => void this.disconnect(),
      sendUserResponse: () => this.sendUserResponse(),
      discardUserResponse: () => this.discardUserResponse(),
      keepUserTurn: () => this.keepUserTurn(),
      sendText: text => this.sendText(text),
      hold: () => this.#controller.turns?.hold(),
      release: () => void this.#release(),
      setMode: mode => (this.mode = mode),
      setMuted: muted => (this.muted = muted),
      resumePlayback: () => this.#controller.resumePlayback(),
    },
    this.#next,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#children.observe(this, {childList: true});
    if (this.hasAttribute('api-key')) {
      console.warn(
        '<diarupt-interaction> reads no api-key. Everybody can: keep it on your server.',
      );
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#children.disconnect();
  }

  /** Another document is another page: the microphone was allowed for the one before. */
  adoptedCallback(): void {
    void this.disconnect();
  }

  /** Keeps the conversation where the browser can move an element without taking it out. */
  connectedMoveCallback(): void {}

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

  /**
   * Starts the conversation, or continues it. Settles when the AI is ready; rejects with an
   * `InteractionError`, or with an `AbortError` where it was ended first.
   */
  connect(): Promise<void> {
    if (this.isConnected) this.performUpdate(); // What was set just now counts.
    return this.#controller.connect();
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

  async #release(): Promise<void> {
    if (await this.#controller.turns?.release()) this.sendUserResponse();
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
    if (SETTINGS.some(name => changed.has(name))) this.#controller.applySettings();
  }

  protected override render() {
    return this.childElementCount > 0 ? html`<slot></slot>` : DEFAULT_LAYOUT;
  }
}

const SETTINGS = ['sessionId', 'mode', 'handsOnTimeout', 'handsOnControl', 'muted'] as const;

const DEFAULT_LAYOUT = html`
  <div part="layout" class="layout">
    <div class="stage"><diarupt-player></diarupt-player></div>
    <div class="controls">
      <diarupt-status></diarupt-status>
      <diarupt-response-button></diarupt-response-button>
      <div class="buttons">
        <diarupt-mic-button></diarupt-mic-button>
        <diarupt-call-button></diarupt-call-button>
        <diarupt-mode-toggle></diarupt-mode-toggle>
      </div>
    </div>
    <diarupt-transcript></diarupt-transcript>
  </div>
`;

/** Nonsense stays nonsense: the start says what is wrong with it. */
function toMilliseconds(value: string | null): number {
  if (value === null) return 5000;
  return value.trim() === 'none' ? Infinity : Number(value);
}
