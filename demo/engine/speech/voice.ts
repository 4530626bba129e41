import type {Spoken, SpeakRequest} from './speaking-worker.js';
import {Thread} from './thread.js';
import {mouthOf, wordsOf} from './timing.js';
import type {Voice} from './types.js';

/** Read by flite as words they are not. */
const SPELLED_OUT = /\b(?:AI|SDK|API|HTML)\b/g;

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
  return {
    async speak(sentence, signal) {
      const text = sentence.replace(SPELLED_OUT, letters => [...letters].join(' '));
      const {samples, phones} = await thread.ask<Spoken>({text, voice}, signal);
      return {samples, words: wordsOf(sentence, phones), mouth: mouthOf(phones)};
    },
    close: () => thread.close(),
  };
}
