import type {DiaruptInteraction} from '../../src/element.js';

/** What the fake microphone asks, once, three seconds after it has been opened. */
export const QUESTION = 'What can you do?';

/** The microphone is opened when the conversation is: a busy machine may take long to connect. */
export async function connectAndAsk(element: DiaruptInteraction): Promise<void> {
  element.muted = true;
  await element.connect();
  element.muted = false;
}
