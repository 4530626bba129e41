import {toCueText} from './cue-text.js';
import type {Transcript} from './events.js';

/** Plain text, the shape of the engine's history, WebVTT, or SubRip. */
export type TranscriptFormat = 'txt' | 'json' | 'vtt' | 'srt';

/** A caption stays until the next line, but can be read, and no longer than that takes. */
const SHORTEST_MS = 1000;
const READING_MS_PER_CHARACTER = 75;

/** A line of `element.transcript`, of a `transcript` event, or of the engine's history. */
export type ExportedLine = Omit<Transcript, 'complete'> & Partial<Transcript>;

/** Who has said it, in words. */
export type Speakers = Readonly<Record<Transcript['role'], string>>;

/**
 * A conversation to be kept: its whole lines, by when they began. Captions count their time from
 * the first.
 */
export function exportTranscript(
  lines: readonly ExportedLine[],
  format: TranscriptFormat,
  speakers: Speakers = {user: 'You', assistant: 'AI'},
): string {
  const whole = lines
    .filter(({complete}) => complete !== false)
    .sort((a, b) => timeOf(a) - timeOf(b));
  if (format === 'json') return JSON.stringify(whole, ['timestamp', 'role', 'content'], 2);
  const told = whole.map((line, index) => {
    const speaker = speakers[line.role];
    const text = line.content.trim().replace(/[\r\n]\s*/g, '\n'); // An empty line ends a caption.
    if (format === 'txt') return `${speaker}: ${text}`;

    const start = timeOf(line) - timeOf(whole[0]);
    const gap = timeOf(whole[index + 1]) - timeOf(line);
    const longest = SHORTEST_MS + READING_MS_PER_CHARACTER * text.length;
    const end = start + Math.max(SHORTEST_MS, Math.min(gap, longest));
    const times = `${toClock(start)} --> ${toClock(end)}`;
    return format === 'vtt'
      ? `${times}\n<v ${speaker.replaceAll('>', '›')}>${toCueText(text)}\n`
      : `${index + 1}\n${times.replaceAll('.', ',')}\n${speaker}: ${toSubRip(text)}\n`;
  });
  return [...(format === 'vtt' ? ['WEBVTT\n'] : []), ...told].map(part => `${part}\n`).join('');
}

/** SubRip has no references: what looks like its markup or its arrow is told by what looks alike. */
function toSubRip(text: string): string {
  return text.replaceAll('-->', '→').replaceAll('<', '‹').replaceAll('>', '›');
}

/** Milliseconds; after the last line is never. */
function timeOf(line: ExportedLine | undefined): number {
  return line ? Date.parse(line.timestamp) : Infinity;
}

/** Hours are as many as there are: a session is gone on with another day. */
function toClock(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  return `${hours}`.padStart(2, '0') + new Date(ms).toISOString().slice(13, 23);
}
