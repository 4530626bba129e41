import type {HearingEvent, HearingMessage, HearingNews, Kind} from './hearing-worker.js';
import {Thread} from './thread.js';
import type {Ear, EarListener} from './types.js';

export type HearingThread = Thread<Kind>;

/** Settles when the models are loaded, so that the first visitor need not wait for them. */
export async function startHearing(): Promise<HearingThread> {
  const thread: HearingThread = new Thread(new URL('./hearing-worker.js', import.meta.url));
  const nobody: EarListener = {speechStarted() {}, words() {}, speechStopped() {}};
  const ear = await openEar(thread, 'words', nobody, String);
  ear.close();
  return thread;
}

interface Take {
  readonly resolve: (said: string | Int16Array | null) => void;
  readonly reject: (reason: Error) => void;
}

/**
 * An ear in the worker. `read` makes text of what a turn held: words or, for the kind `sound`, the
 * samples of its speech.
 */
export function openEar(
  thread: HearingThread,
  kind: Kind,
  listener: EarListener,
  read: (said: string | Int16Array) => string | Promise<string>,
): Promise<Ear> {
  const port = thread.open(kind);
  const post = (message: HearingMessage) => port.postMessage(message);
  /** Turns that are over, but in the worker: what it tells until then is of them. */
  const takes: Take[] = [];
  let closed = false;
  const end = () => {
    closed = true;
    for (const take of takes.splice(0)) take.reject(ended());
  };

  const ear: Ear = {
    listen: samples => post(samples),
    async take() {
      if (closed) throw ended();
      const said = await new Promise<string | Int16Array | null>((resolve, reject) => {
        takes.push({resolve, reject});
        post('take');
      });
      return said === null ? null : {text: await read(said)};
    },
    discard() {
      if (closed) return;
      takes.push({resolve() {}, reject() {}});
      post('discard');
    },
    close() {
      end();
      port.close();
    },
  };

  return new Promise((resolve, reject) => {
    port.on('message', (message: HearingEvent) => {
      if (closed) return;
      if (message.event === 'ready') return resolve(ear);
      if (message.event === 'taken') return takes.shift()?.resolve(message.said);
      if (takes.length === 0) tell(message, listener);
    });
    port.once('close', () => {
      end();
      reject(ended());
    });
  });
}

function tell(message: HearingNews, listener: EarListener): void {
  switch (message.event) {
    case 'speech-started':
      return listener.speechStarted();
    case 'words':
      return listener.words(message.text);
    case 'speech-stopped':
      return listener.speechStopped();
  }
}

function ended(): Error {
  return new Error('The ear is closed, or its worker has died.');
}
