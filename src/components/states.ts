import {isLive} from '../core/state.js';
import type {HintedState} from './interaction-context.js';

/** The interaction as `:state(…)`, for the page's styles; nothing where a browser has none. */
export function showStates(states: Set<string> | undefined, state: HintedState): void {
  const {status, mode, muted, turn, activity, hint} = state;
  states?.clear();
  for (const name of [
    status,
    mode,
    isLive(state) && activity,
    muted && 'muted',
    hint,
    turn === 'talking' && turn,
    status === 'closed' && state.error && 'failed',
  ]) {
    if (name) states?.add(name);
  }
}
