import type {Conversation, InteractionState} from '../core/state.js';

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
  discard: 'Discard',
  keep: 'Keep thinking',
  hold: 'Hold to talk',
  holding: 'Let go to send',
  playSound: 'Play sound',
  player: 'The AI',
  launcher: 'Talk with the AI',
  consent: 'Your consent',
  agree: 'Agree and start',
  disagree: 'Not now',
  transcript: 'Transcript',
  transcriptEmpty: 'What you both say will appear here.',
  latest: 'Latest words',
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
  left: 'Paused',
  ended: 'The conversation has ended',
} as const;

const STEPS = {
  page: 'preparing',
  microphone: 'askingMicrophone',
  engine: 'reachingEngine',
} as const;

/** What is going on, in words. */
export function describe(state: InteractionState): string {
  switch (state.status) {
    case 'idle':
      return WORDS.idle;
    case 'connecting':
      return WORDS[STEPS[state.step]];
    case 'open':
      return describeTurn(state);
    case 'reconnecting':
      return WORDS.reconnecting;
    case 'closed':
      return state.error?.message ?? (state.by === 'engine' ? WORDS.ended : WORDS.left);
  }
}

function describeTurn({muted, mode, turn, pause, activity}: Conversation): string {
  if (muted) return WORDS.muted;
  if (turn === 'sent' || activity === 'speaking')
    return turn === 'sent' ? WORDS.sent : WORDS.speaking;
  if (mode === 'hands-free' || activity === 'thinking') return WORDS[activity];
  if (turn === 'waiting') return WORDS.yourTurn;
  if (!pause) return WORDS.talking;
  return pause.timeout === null ? WORDS.ready : WORDS.paused;
}
