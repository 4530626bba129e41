import type {Spoken, SpeakRequest} from './speaking-worker.js';
import {Thread} from './thread.js';
import {mouthOf, wordsOf} from './timing.js';
import type {Utterance, Voice} from './types.js';

/** Read by flite as words they are not. */
const SPELLED_OUT = /\b(?:AI|SDK|API|HTML)\b/g;

/** So many sentences are kept as they have been spoken: greetings and answers come again. */
const KEPT_SENTENCES = 100;

export interface FliteVoice extends Voice {
  close(): Promise<void>;
}

/**
 * A voice of flite's, in a worker: `slt`, `rms`, `awb`, `kal16` or `kal`. Settles when it can speak
 * without having to be compiled first.
 */
export async function startVoice(voice: string): Promise<FliteVoice> {
  const thread = new Thread<SpeakRequest>(new URL('./speaking-worker.js', import.meta.url));
  await thread.ask<Spoken>({text: 'Hello.', voice});
  const kept = new Map<string, Utterance>();
  return {
    async speak(sentence, signal) {
      signal.throwIfAborted();
      const known = kept.get(sentence);
      if (known) return known;
      const text = sentence.replace(SPELLED_OUT, letters => [...letters].join(' '));
      const {samples, phones} = await thread.ask<Spoken>({text, voice}, signal);
      const utterance = {samples, words: wordsOf(sentence, phones), mouth: mouthOf(phones)};
      kept.set(sentence, utterance);
      const [oldest = ''] = kept.keys();
      if (kept.size > KEPT_SENTENCES) kept.delete(oldest);
      return utterance;
    },
    close() {
      kept.clear();
      return thread.close();
    },
  };
}
