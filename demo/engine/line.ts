import type {Send} from './messages.js';
import type {Speaker} from './speaker.js';
import type {HistoryLine, Voice} from './speech/types.js';

/** With what a line is spoken, and to whom it is told. */
export interface Stage {
  readonly voice: Voice;
  readonly speaker: Speaker;
  readonly history: HistoryLine[];
  readonly send: Send;
}

/**
 * Speaks the assistant's line, sentence by sentence, each of them put into speech while the one
 * before it is heard. The transcript grows with the voice. When the line ends, by itself or by
 * `signal`, as much of it as was heard becomes whole and part of the history.
 *
 * Rejects where mind or voice fail, but not when `signal` aborts.
 */
export async function speakLine(
  sentences: AsyncIterable<string> | Iterable<string>,
  {voice, speaker, history, send}: Stage,
  signal: AbortSignal,
): Promise<void> {
  const role = 'assistant';
  let timestamp = '';
  let content = '';
  const hear = (word: string) => {
    timestamp ||= new Date().toISOString();
    content = content === '' ? word : `${content} ${word}`;
    send('transcript', {timestamp, role, content, complete: false});
  };
  try {
    let played = Promise.resolve();
    for await (const sentence of sentences) {
      played = speaker.play(await voice.speak(sentence, signal), hear, signal);
    }
    await played;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (content !== '') {
      history.push({role, content, timestamp});
      send('transcript', {timestamp, role, content, complete: true});
    }
  }
}
