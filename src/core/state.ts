import type {InteractionError} from './errors.js';
import type {TranscriptLine} from './transcript.js';

/** Who ends the visitor's turn: the engine, or the visitor. */
export type Mode = 'hands-free' | 'hands-on';

/**
 * The visitor's turn in hands-on mode: `waiting` for the visitor, `talking` from the first word
 * until the response goes, `sent` until the engine has taken it.
 */
export type Turn = 'waiting' | 'talking' | 'sent';

export interface Conversation {
  readonly mode: Mode;
  /** Milliseconds of silence after which the response is sent; `Infinity`: never. */
  readonly handsOnTimeout: number;
  readonly muted: boolean;
  readonly turn: Turn;
  readonly transcript: readonly TranscriptLine[];
  /** The browser refuses to play the AI's voice until the visitor asks for it. */
  readonly playbackBlocked: boolean;
}

export type Phase =
  | {readonly status: 'idle'}
  /** `microphone` while the visitor is asked for it, `engine` from then until `open`. */
  | {readonly status: 'connecting'; readonly step: 'microphone' | 'engine'}
  | {readonly status: 'open'}
  /** The connection was lost, and is being made again. */
  | {readonly status: 'reconnecting'}
  | {
      readonly status: 'closed';
      readonly reason: string;
      /** Who closed it; `nobody` where it broke, with the `error`. */
      readonly by: 'visitor' | 'engine' | 'nobody';
      readonly error: InteractionError | null;
    };

/** All that can be seen of an interaction: plain, frozen, replaced whole at each change. */
export type InteractionState = Conversation & Phase;

/** Whether a conversation is under way, or on its way. */
export function isLive({status}: InteractionState): boolean {
  return status !== 'idle' && status !== 'closed';
}

export type InteractionStatus = InteractionState['status'];

/** What a conversation is before anything has happened in it. */
export const NEW_CONVERSATION: Conversation = Object.freeze({
  mode: 'hands-free',
  handsOnTimeout: 5000,
  muted: false,
  turn: 'waiting',
  transcript: Object.freeze([]),
  playbackBlocked: false,
});

export const IDLE: InteractionState = Object.freeze({...NEW_CONVERSATION, status: 'idle'});
