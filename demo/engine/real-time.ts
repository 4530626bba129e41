import {constants, setPriority} from 'node:os';

/** Lets this process go before others, where it may: audio is in real time. */
export function hurry(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    // Only who may.
  }
}
