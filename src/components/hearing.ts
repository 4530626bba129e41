import type {ErrorCode} from '../core/errors.js';
import {isSilent} from '../core/state.js';
import type {HintedState} from './interaction-context.js';

/**
 * What the visitor is told of their microphone, by the name of its words: that they are `unheard`,
 * talking while muted, that it is `silent` while it is their turn, or why they cannot unmute it.
 */
export type Hint = 'unheard' | 'silent' | ErrorCode;

/** What is quieter is the room. */
export const ROOM_LEVEL = 0.35;

/** How often is looked, in a second. */
export const LOOKS = 30;

/** Who talks for longer while muted means it: this is no cough. */
const TALK = 0.6 * LOOKS;
/** Who says nothing for longer has stopped: breaths and thoughts are shorter. */
const PAUSE = 2 * LOOKS;
/** A quiet room is above 0, so that who is silent for longer has a microphone that is. */
const SILENCE = 10 * LOOKS;

/** Notices what the visitor should know of their microphone, look by look. */
export function createHearing(): (level: number, state: HintedState) => Hint | undefined {
  /** Looks at who talks while muted, less those at who does not. */
  let talk = 0;
  let silence = 0;
  return (level, state) => {
    const {muted, activity, hint} = state;
    talk = muted ? Math.min(Math.max(talk + (level > ROOM_LEVEL ? 1 : -1), 0), PAUSE) : 0;
    silence = level === 0 && !isSilent(state) && activity === 'listening' ? silence + 1 : 0;
    if (talk > (hint === 'unheard' ? 0 : TALK)) return 'unheard';
    return silence > SILENCE ? 'silent' : undefined;
  };
}
