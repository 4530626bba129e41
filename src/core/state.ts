import type {InteractionError} from './errors.js';
import type {TranscriptLine} from './transcript.js';

/** Who ends the visitor's turn: the engine, or the visitor. */
export type Mode = 'hands-free' | 'hands-on';

/** How a hands-on response is sent: by a tap when all is said, or by letting go of what is held. */
export type HandsOnControl = 'tap' | 'hold';

/**
 * The visitor's turn in hands-on mode: `waiting` for the visitor, `talking` from the first word
 * until the response goes, pauses included, `sent` until the engine has taken it.
 */
export type Turn = 'waiting' | 'talking' | 'sent';

/** A silence of the visitor's within their turn. */
export interface Pause {
  /** Milliseconds from its beginning until the response is sent; `null`: as many as they like. */
  readonly timeout: number | null;
}

/** What the AI is doing. */
export type Activity = 'listening' | 'thinking' | 'speaking';

export interface Conversation {
  readonly mode: Mode;
  readonly handsOnControl: HandsOnControl;
  /** Milliseconds of silence after which the response is sent; `Infinity`: never. */
  readonly handsOnTimeout: number;
  readonly muted: boolean;
  /** The visitor holds the control, and is heard as long. */
  readonly held: boolean;
  readonly turn: Turn;
  /** Another one each time that its time begins anew. */
  readonly pause: Pause | null;
  readonly activity: Activity;
  readonly transcript: readonly TranscriptLine[];
  /** The browser refuses to play the AI's voice until the visitor asks for it. */
  readonly playbackBlocked: boolean;
}

export type Phase =
  | {readonly status: 'idle'}
  /**
   * `page` while the page does what it wants done first, `microphone` while the visitor is asked
   * for it, `engine` from then until `open`.
   */
  | {readonly status: 'connecting'; readonly step: 'page' | 'microphone' | 'engine'}
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

/** How the visitor's turns end. */
export type TurnOptions = Pick<Conversation, 'mode' | 'handsOnTimeout' | 'handsOnControl'>;

/** Whether the visitor can send, or discard, what they have said. */
export function hasResponse({status, mode, turn}: InteractionState): boolean {
  return status === 'open' && mode === 'hands-on' && turn === 'talking';
}

/** Whether the visitor's turn lasts as long as they hold the control. */
export function isHoldToTalk({
  mode,
  handsOnControl,
}: Pick<Conversation, 'mode' | 'handsOnControl'>): boolean {
  return mode === 'hands-on' && handsOnControl === 'hold';
}

/** Whether nothing of the visitor's voice is to be sent. */
export function isSilent(conversation: Conversation): boolean {
  return conversation.muted || (isHoldToTalk(conversation) && !conversation.held);
}

export type InteractionStatus = InteractionState['status'];

/** What a conversation is before anything has happened in it. */
export const NEW_CONVERSATION: Conversation = Object.freeze({
  mode: 'hands-free',
  handsOnControl: 'tap',
  handsOnTimeout: 5000,
  muted: false,
  held: false,
  turn: 'waiting',
  pause: null,
  activity: 'listening',
  transcript: Object.freeze([]),
  playbackBlocked: false,
});

/** Pure: the SDK leaves it out. */
export const IDLE: InteractionState = /* @__PURE__ */ Object.freeze({
  ...NEW_CONVERSATION,
  status: 'idle',
});

/** How it stands when the visitor's turn has broken off: at its end, or with its connection. */
export const WITHOUT_TURN = {turn: 'waiting', pause: null, activity: 'listening'} as const;
