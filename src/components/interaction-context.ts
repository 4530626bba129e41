import {createContext} from '@lit/context';
import type {InteractionState, Mode} from '../core/state.js';

/** What a part asks for. Nothing changes by asking: the change comes back with the state. */
export interface InteractionActions {
  /** Starts the conversation; what fails is told by the state. */
  connect(): void;
  disconnect(): void;
  sendUserResponse(): void;
  discardUserResponse(): void;
  keepUserTurn(): void;
  sendText(text: string): void;
  /** The control that is held to talk: taken, and let go of, which sends what was said. */
  hold(): void;
  release(): void;
  setMode(mode: Mode): void;
  setMuted(muted: boolean): void;
  /** Starts the sound that the browser held back. */
  resumePlayback(): void;
  /** The microphone while it is open, to look at how loud it is. */
  getMicrophone(): MediaStreamTrack | undefined;
  /** What the AI is played with, from the next start on. */
  setPlayer(player: HTMLMediaElement): void;
}

/** The interaction as its parts see it: a fresh frozen object at each change. */
export interface InteractionSnapshot {
  readonly state: InteractionState;
  readonly actions: InteractionActions;
}

export const interactionContext = createContext<InteractionSnapshot>('diarupt-interaction');
