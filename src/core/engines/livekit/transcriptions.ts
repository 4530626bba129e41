import type {Room, TextStreamReader} from 'livekit-client';
import {onAbort} from '../../abort.js';
import {text} from '../../protocol.js';

const TOPIC = 'lk.transcription';
const SEGMENT = 'lk.segment_id';
const FINAL = 'lk.transcription_final';
/** No line of anybody's is as long. */
const MAX_LENGTH = 64 * 1024;

interface Listener {
  /** All that is understood by now of what the visitor says. */
  hear(segment: string, text: string, isWhole: boolean): void;
  /** What the agent says beyond that, or all of it. */
  speak(segment: string, text: string, isWhole: boolean): void;
}

/** Reads, until the signal is aborted, what is told in a room of what is said there. */
export function hearTranscriptions(room: Room, signal: AbortSignal, listener: Listener): void {
  const {localParticipant} = room;
  room.registerTextStreamHandler(TOPIC, (reader, {identity}) => {
    const isVisitor = identity === localParticipant.identity;
    const read = isVisitor ? hear : speak;
    // One that breaks off has told what it has told.
    void read(reader, signal, listener).catch(() => {});
  });
  onAbort(signal, () => room.unregisterTextStreamHandler(TOPIC));
}

/** A stream for each state of a segment, with all of it. */
async function hear(reader: TextStreamReader, signal: AbortSignal, listener: Listener) {
  const segment = segmentOf(reader);
  const isWhole = reader.info.attributes?.[FINAL] === 'true';
  const said = await reader.readAll({signal});
  listener.hear(segment, text(said).slice(0, MAX_LENGTH), isWhole);
}

/** One stream for a segment, which grows. */
async function speak(reader: TextStreamReader, signal: AbortSignal, listener: Listener) {
  const segment = segmentOf(reader);
  let said = '';
  try {
    for await (const more of reader.withAbortSignal(signal)) {
      const piece = text(more).slice(0, MAX_LENGTH - said.length);
      said += piece;
      listener.speak(segment, piece, false);
    }
  } finally {
    if (!signal.aborted) listener.speak(segment, said, true);
  }
}

function segmentOf({info}: TextStreamReader): string {
  return info.attributes?.[SEGMENT] ?? info.id;
}
