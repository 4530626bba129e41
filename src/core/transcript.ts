import type {Transcript} from './events.js';

/** A line with an `id` that stays while the line grows, and no other of the page has. */
export interface TranscriptLine extends Transcript {
  readonly id: number;
}

/** Counted: to look for the highest of thousands takes longer than all else that a line takes. */
let newestId = 0;

/**
 * The conversation after `next` was heard. A role has at most one incomplete line: its next state
 * replaces it, and one without content withdraws it. The same whole line told twice stays one, and
 * stays whole. A line that is told late takes its place by when it began: an engine may have
 * understood the visitor only when the answer is under way.
 */
export function withTranscript(
  lines: readonly TranscriptLine[],
  next: Transcript,
): readonly TranscriptLine[] {
  const index = indexOf(lines, next);
  const told = lines[index];
  if (told?.complete && !next.complete) return lines;
  if (next.content.trim() === '') {
    return told && !told.complete ? Object.freeze(lines.toSpliced(index, 1)) : lines;
  }
  // Spread: every method that copies is a hundred times slower on a frozen array in Chromium.
  const copy = [...lines];
  if (told) copy[index] = Object.freeze({...next, id: told.id});
  else copy.splice(placeOf(lines, next), 0, Object.freeze({...next, id: ++newestId}));
  return Object.freeze(copy);
}

/** A role's incomplete line is its last; only what is not newer than that can be told again. */
function indexOf(lines: readonly TranscriptLine[], {role, timestamp}: Transcript): number {
  const index = lines.findLastIndex(line => line.role === role);
  const last = lines[index];
  if (!last || last.timestamp === timestamp) return index;
  if (last.timestamp < timestamp) return last.complete ? -1 : index;
  return lines.findLastIndex(line => line.role === role && line.timestamp === timestamp);
}

function placeOf(lines: readonly TranscriptLine[], {timestamp}: Transcript): number {
  return lines.findLastIndex(line => line.timestamp <= timestamp) + 1;
}

/** The lines as they stand when the conversation ends: what was said is whole, as far as it went. */
export function settled(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
  if (lines.every(line => line.complete)) return lines;
  return Object.freeze(
    [...lines].map(line => (line.complete ? line : Object.freeze({...line, complete: true}))),
  );
}
