import {SENTENCES} from '../core/errors.js';
import type {DeviceWords} from './device-words.js';
import type {Hint} from './hearing.js';
import type {HintedState} from './interaction-context.js';

/** Every word that the element says by itself: the English ones, and what the others translate. */
export const WORDS = {
  ...SENTENCES,
  lang: 'en',
  start: 'Start talking',
  goOn: 'Continue',
  cancel: 'Cancel',
  end: 'End',
  mute: 'Mute microphone',
  captions: 'Captions',
  handsOn: 'Hands-on',
  handsOnHint: 'You decide when your response is sent',
  send: 'Send response',
  sendWaiting: 'Speak, then send',
  sending: 'Sending',
  discard: 'Discard',
  keep: 'Keep thinking',
  hold: 'Hold to talk',
  holding: 'Let go to send',
  newTab: 'Open in a new tab',
  playSound: 'Play sound',
  player: 'The AI',
  launcher: 'Talk with the AI',
  consent: 'Your consent',
  agree: 'Agree and start',
  disagree: 'Not now',
  transcript: 'Transcript',
  transcriptEmpty: 'What you both say will appear here.',
  latest: 'Latest words',
  typeInstead: 'Type instead of talking',
  sendText: 'Send text',
  user: 'You',
  assistant: 'AI',
  idle: 'Ready when you are',
  preparing: 'One moment',
  askingMicrophone: 'Please allow the microphone',
  reachingEngine: 'Connecting',
  reconnecting: 'Connection lost, reconnecting',
  listening: 'Listening',
  thinking: 'Thinking',
  speaking: 'Speaking',
  yourTurn: 'Your turn to speak',
  talking: 'Take your time, then send',
  paused: 'Still thinking? Your response is sent soon',
  ready: 'Send when you are ready',
  sent: 'Your response is on its way',
  muted: 'Your microphone is muted',
  unheard: 'You are muted: unmute to be heard',
  silent: 'We hear nothing: check your microphone',
  left: 'Paused',
  ended: 'The conversation has ended',
} as const;

export type Words = Readonly<Record<keyof typeof WORDS, string>>;

/** A language, whole: whatever is missing, or too much, does not compile. */
export type Language = Words & DeviceWords;

const STEPS = {
  page: 'preparing',
  microphone: 'askingMicrophone',
  engine: 'reachingEngine',
} as const;

/** What is going on, in words; what failed in its own, where it has some, as the engine's may. */
export function describe(state: HintedState, words: Words): string {
  const error = state.status === 'closed' && state.error;
  if (error && error.message !== WORDS[error.code]) return error.message;
  return words[wordOf(state)];
}

/** What the visitor is to see that something is wrong: their microphone, or why the last conversation failed. */
export function troubleOf(state: HintedState): Hint | undefined {
  return state.hint ?? (state.status === 'closed' ? state.error?.code : undefined);
}

function wordOf(state: HintedState): keyof Words {
  switch (state.status) {
    case 'connecting':
      return STEPS[state.step];
    case 'open':
      return wordOfTurn(state);
    case 'closed':
      return state.error?.code ?? (state.by === 'engine' ? 'ended' : 'left');
    default:
      return state.status;
  }
}

function wordOfTurn({hint, muted, mode, turn, pause, activity}: HintedState): keyof Words {
  if (hint) return hint;
  if (turn === 'sent') return 'sent';
  if (activity !== 'listening') return activity;
  if (muted) return 'muted';
  if (mode === 'hands-free') return activity;
  if (turn === 'waiting') return 'yourTurn';
  if (!pause) return 'talking';
  return pause.timeout === null ? 'ready' : 'paused';
}
