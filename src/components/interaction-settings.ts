import type {PropertyDeclarations, PropertyValues} from 'lit';
import type {Next} from '../core/events.js';
import type {Engine} from '../core/link.js';
import type {RequestSession} from '../core/session.js';
import type {HandsOnControl, Mode} from '../core/state.js';
import type {DiaruptInteractionEventMap} from './interaction-events.js';
import {StyledElement} from './styled-element.js';
import type {Language} from './words.js';

/** What the page sets a conversation to, by attributes where a text can say it, and hears of it. */
export abstract class InteractionSettings extends StyledElement {
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
    engine: {},
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

  /**
   * Whether the microphone is silent, before a conversation too: who is muted when it starts is not asked
   * for one before they unmute.
   */
  muted = false;

  /** Whether captions are shown of what the AI says. */
  captions = false;

  /** The engine: Diarupt's, another one by its name, or one of the page's own. */
  engine: string | Engine | null | undefined;

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

  /** Whether there is a field to type in under the transcript; set where the microphone cannot be had. */
  textInput = false;

  /** Whether the panel of the floating layout is shown. */
  expanded = false;

  /** Receives every event before it is dispatched: the same function as `connect`'s. */
  next: Next | undefined;

  /** The visitor's voice; it stays the page's. Without one the microphone is asked for. */
  stream: MediaStream | undefined;

  /** Fetches a session, or what else the engine asks for, for this visitor when they start and there is no `session-id`. */
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.size > 0) this.#applySound();
  }

  /** A speaker that is not there, or that no page may choose, leaves the one that is. */
  #applySound(): void {
    const {volume} = this;
    if (this.player && volume >= 0 && volume <= 1) this.player.volume = volume;
    this.player?.setSinkId?.(this.speakerId).catch(() => {});
  }

  override addEventListener<E extends keyof DiaruptInteractionEventMap>(
    type: E,
    listener: (this: this, event: DiaruptInteractionEventMap[E]) => void,
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
}

/** Nonsense stays nonsense: the start says what is wrong with it. */
function toMilliseconds(value: string | null): number {
  if (value === null) return 5000;
  return value.trim() === 'none' ? Infinity : Number(value);
}
