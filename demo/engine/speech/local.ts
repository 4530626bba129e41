import {openEar, startHearing} from './ear.js';
import {createGuide} from './guide.js';
import type {Speech} from './types.js';
import {startVoice} from './voice.js';

/** Speech without any service: all of it is computed here, off the main thread. */
export async function createLocalSpeech(): Promise<Speech> {
  const [hearing, voice] = await Promise.all([startHearing(), startVoice('slt')]);
  return {
    ear: listener => openEar(hearing, 'words', listener, String),
    voice,
    mind: createGuide,
    async close() {
      await Promise.all([hearing.close(), voice.close()]);
    },
  };
}
