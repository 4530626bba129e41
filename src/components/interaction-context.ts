import {createContext} from '@lit/context';
import type {ReactiveControllerHost} from 'lit';
import {IDLE, type InteractionState, type Mode} from '../core/state.js';
import type {Hint} from './hearing.js';
import type {PageWords} from './language.js';
import {WORDS} from './words.js';

/**
 * What a part asks for: of the element, whose methods these are. Nothing changes by asking: the
 * change comes back with the state.
 */
export interface InteractionActions {
  mode: Mode;
  muted: boolean;
  captions: boolean;
  /** The page's own voice for the visitor, where it has one. */
  readonly stream: MediaStream | undefined;
  /** The microphone and the speaker that are chosen; empty: the browser's choice. */
  readonly microphoneId: string;
  speakerId: string;
  volume: number;
  /** Settles when that microphone is heard, or will be; rejects where it cannot be. */
  setMicrophone(deviceId: string): Promise<void>;
  /** What the AI is played with, from the next start on. */
  player: HTMLMediaElement | undefined;
  /** The microphone while it is open, to look at how loud it is. */
  readonly microphone: MediaStreamTrack | undefined;
  /** Rejects where the conversation does not start, which the state tells as well. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  sendUserResponse(): boolean;
  discardUserResponse(): boolean;
  keepUserTurn(): boolean;
  sendText(text: string): boolean;
  hold(): void;
  release(): Promise<void>;
  resumePlayback(): void;
}

/** The interaction, and what the visitor is told of their microphone. */
export type HintedState = InteractionState & {readonly hint?: Hint | undefined};

/** The interaction as its parts see it: a fresh frozen object at each change. */
export interface InteractionSnapshot {
  readonly state: HintedState;
  readonly words: PageWords;
  readonly actions?: InteractionActions;
}

/** What a part sees that has none around it. */
export const ALONE: InteractionSnapshot = {state: IDLE, words: WORDS};

export const interactionContext = createContext<InteractionSnapshot>('diarupt-interaction');

/**
 * Gives whoever below its host asks for it, by the context protocol, the interaction as it stands,
 * and from then on each change at once.
 */
export class InteractionProvider {
  readonly #host: ReactiveControllerHost;
  readonly #subscribers = new Set<() => void>();
  #value: InteractionSnapshot;

  constructor(host: ReactiveControllerHost & HTMLElement & InteractionActions) {
    this.#host = host;
    this.#value = Object.freeze({...ALONE, actions: host});
    host.addEventListener('context-request', event => {
      if (event.context !== interactionContext) return;
      event.stopImmediatePropagation();
      const leave = () => void this.#subscribers.delete(tell);
      const tell = () => event.callback(this.#value, leave);
      if (event.subscribe) this.#subscribers.add(tell);
      tell();
    });
  }

  get value(): InteractionSnapshot {
    return this.#value;
  }

  change(change: Partial<InteractionSnapshot>): void {
    this.#value = Object.freeze({...this.#value, ...change});
    for (const tell of this.#subscribers) tell();
    this.#host.requestUpdate();
  }
}
