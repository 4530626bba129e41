import type {Transcript} from './events.js';

/** A line with an `id` that stays while the line grows. */
export interface TranscriptLine extends Transcript {
  readonly id: number;
}

/**
 * The conversation after `next` was heard. A role has at most one incomplete line: its next state
 * replaces it, and a complete state without content withdraws it. The same whole line told twice
 * stays one.
 */
export function withTranscript(
  lines: readonly TranscriptLine[],
  next: Transcript,
): readonly TranscriptLine[] {
  const index = lines.findLastIndex(
    line => line.role === next.role && (!line.complete || line.timestamp === next.timestamp),
  );
  const told = lines[index];
  if (next.complete && next.content === '') {
    return told && !told.complete ? Object.freeze(lines.toSpliced(index, 1)) : lines;
  }
  if (!told) {
    const id = (lines.at(-1)?.id ?? 0) + 1;
    return Object.freeze([...lines, Object.freeze({...next, id})]);
  }
  return Object.freeze(lines.with(index, Object.freeze({...next, id: told.id})));
}

/** The lines as they stand when the conversation ends: what was said is whole, as far as it went. */
export function settled(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
  if (lines.every(line => line.complete)) return lines;
  return Object.freeze(
    lines.map(line => (line.complete ? line : Object.freeze({...line, complete: true}))),
  );
}
