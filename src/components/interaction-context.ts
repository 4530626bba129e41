import {createContext} from '@lit/context';
import type {InteractionState, Mode} from '../core/state.js';
import type {Hint} from './hearing.js';

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
  readonly actions: InteractionActions;
}

export const interactionContext = createContext<InteractionSnapshot>('diarupt-interaction');
