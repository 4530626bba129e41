import type {InteractionState} from '../core/state.js';

/** Every word that the element says by itself. */
export const WORDS = {
  start: 'Start talking',
  goOn: 'Continue',
  cancel: 'Cancel',
  end: 'End',
  mute: 'Mute microphone',
  handsOn: 'Hands-on',
  handsOnHint: 'You decide when your response is sent',
  send: 'Send response',
  sendWaiting: 'Speak, then send',
  sending: 'Sending',
  playSound: 'Play sound',
  player: 'The AI',
  transcript: 'Transcript',
  transcriptEmpty: 'What you both say will appear here.',
  user: 'You',
  assistant: 'AI',
  idle: 'Ready when you are',
  askingMicrophone: 'Please allow the microphone',
  reachingEngine: 'Connecting',
  reconnecting: 'Connection lost, reconnecting',
  listening: 'Listening',
  yourTurn: 'Your turn to speak',
  talking: 'Take your time, then send',
  thinking: 'Your response is on its way',
  muted: 'Your microphone is muted',
  paused: 'Paused',
  ended: 'The conversation has ended',
} as const;

/** What is going on, in words. */
export function describe(state: InteractionState): string {
  switch (state.status) {
    case 'idle':
      return WORDS.idle;
    case 'connecting':
      return state.step === 'microphone' ? WORDS.askingMicrophone : WORDS.reachingEngine;
    case 'open':
      return describeTurn(state);
    case 'reconnecting':
      return WORDS.reconnecting;
    case 'closed':
      return state.error?.message ?? (state.by === 'engine' ? WORDS.ended : WORDS.paused);
  }
}

function describeTurn({muted, mode, turn}: InteractionState): string {
  if (muted) return WORDS.muted;
  if (mode === 'hands-free') return WORDS.listening;
  return {waiting: WORDS.yourTurn, talking: WORDS.talking, sent: WORDS.thinking}[turn];
}
