import {isSilent} from '../core/state.js';
import {createHearing, LOOKS, ROOM_LEVEL, type Hint} from './hearing.js';
import type {HintedState, InteractionActions} from './interaction-context.js';
import {createMeter} from './level.js';

/**
 * Listens to both voices until the function that it returns is called: shows in `style` how loud
 * they are, and tells what the visitor is to know of their microphone. Throws where there is no
 * audio context to be had.
 */
export function listen(
  sources: Pick<InteractionActions, 'microphone' | 'player'>,
  getState: () => HintedState,
  style: CSSStyleDeclaration,
  onHint: (hint?: Hint) => void,
): () => void {
  const context = new AudioContext();
  const meterUser = createMeter(context);
  const meterAssistant = createMeter(context);
  const hear = createHearing();
  const timer = setInterval(() => {
    if (context.state !== 'running') {
      // Held back by the browser, or by a call on the phone, until the visitor does something.
      if (navigator.userActivation?.isActive) void context.resume();
      return;
    }
    const state = getState();
    const {microphone} = sources;
    const level = meterUser(microphone);
    const voice = sources.player?.srcObject as MediaStream | null | undefined;
    style.setProperty('--diarupt-user-level', toLoudness(isSilent(state) ? 0 : level));
    style.setProperty(
      '--diarupt-assistant-level',
      toLoudness(meterAssistant(voice?.getAudioTracks()[0])),
    );
    if (microphone) onHint(hear(level, state));
  }, 1000 / LOOKS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** How much louder than the room it is, from 0 to 1. */
function toLoudness(level: number): string {
  return `${level > ROOM_LEVEL ? (level - ROOM_LEVEL) / (1 - ROOM_LEVEL) : 0}`;
}
