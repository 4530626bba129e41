import {isLive} from '../core/state.js';
import type {HintedState} from './interaction-context.js';

/** The interaction as `:state(…)`, for the page's styles; nothing where a browser has none. */
export function showStates(states: Set<string> | undefined, state: HintedState): void {
  const {status, mode, muted, turn, activity, hint} = state;
  const now = [
    status,
    mode,
    ...(isLive(state) ? [activity] : []),
    ...(muted ? ['muted'] : []),
    ...(hint ? [hint] : []),
    ...(turn === 'talking' ? ['talking'] : []),
    ...(status === 'closed' && state.error ? ['failed'] : []),
  ];
  states?.clear();
  for (const name of now) states?.add(name);
}
