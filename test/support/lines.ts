import type {Transcript} from '../../src/core/events.js';

/** The lines of a party among all that was told, as they grew. */
export function linesOf(
  role: string,
  events: readonly (readonly [event: string, data: unknown])[],
): Transcript[] {
  return events
    .filter(([event]) => event === 'transcript')
    .map(([, data]) => data as Transcript)
    .filter(line => line.role === role);
}
