import {isLive} from '../core/state.js';
import type {HintedState} from './interaction-context.js';

/**
 * Shows an interaction as `:state(…)`, for the page's styles; nothing where a browser has none. Only what
 * has changed: Chromium styles anew whatever a state is set on, whether it was there before or not.
 */
export function stateShower(states: Set<string> | undefined): (state: HintedState) => void {
  let shown: readonly string[] = [];
  return state => {
    const {status, mode, muted, turn, activity, hint} = state;
    const names = [
      status,
      mode,
      isLive(state) && activity,
      muted && 'muted',
      (hint === 'unheard' || hint === 'silent') && hint,
      turn === 'talking' && turn,
      status === 'closed' && state.error && 'failed',
    ].filter(name => typeof name === 'string');
    for (const name of shown) if (!names.includes(name)) states?.delete(name);
    for (const name of names) if (!shown.includes(name)) states?.add(name);
    shown = names;
  };
}
