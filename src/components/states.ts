import {isLive, type InteractionState} from '../core/state.js';

/** The interaction as `:state(…)`, for the page's styles; nothing where a browser has none. */
export function showStates(states: Set<string> | undefined, state: InteractionState): void {
  const {status, mode, muted, turn, activity} = state;
  const now = [
    status,
    mode,
    ...(isLive(state) ? [activity] : []),
    ...(muted ? ['muted'] : []),
    ...(turn === 'talking' ? ['talking'] : []),
    ...(status === 'closed' && state.error ? ['failed'] : []),
  ];
  states?.clear();
  for (const name of now) states?.add(name);
}
