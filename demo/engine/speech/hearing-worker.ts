/** Hears all visitors, each through a port of its own; see {@link HearingMessage}. */
import {once} from 'node:events';
import {parentPort} from 'node:worker_threads';
import {createJudge} from './endpointer.js';
import {Hearing} from './hearing.js';
import {type FrameJudge, loadSoundSwallower, Recogniser} from './recogniser.js';
import {type Scribe, SoundScribe, WordScribe} from './scribe.js';
import type {Opening} from './thread.js';
import type {EarListener} from './types.js';

/** What is to become of speech. */
export type Kind = 'words' | 'sound';

/** To the worker: the next samples, or the wish to end the turn. */
export type HearingMessage = Int16Array | 'take' | 'discard';

/** What the worker tells of the turn in progress. */
export type HearingNews =
  | {readonly event: 'speech-started'}
  | {readonly event: 'speech-stopped'}
  | {readonly event: 'words'; readonly text: string};

/**
 * From the worker. `taken` answers each `take` and, with `null`, each `discard`, in order; `ready`
 * is the first.
 */
export type HearingEvent =
  | HearingNews
  | {readonly event: 'ready'}
  | {readonly event: 'taken'; readonly said: string | Int16Array | null};

/** What an ear is made of. Slow to make and not freed by the package: kept for the next visitor. */
interface Instruments {
  readonly judge: FrameJudge;
  readonly recogniser: Recogniser;
}

const module = await loadSoundSwallower();

async function createInstruments(): Promise<Instruments> {
  return {judge: createJudge(module), recogniser: await Recogniser.create(module)};
}

const idle: Instruments[] = [await createInstruments()];

async function hear({request, port}: Opening<Kind>): Promise<void> {
  const send = (event: HearingEvent) => port.postMessage(event);
  const listener: EarListener = {
    speechStarted: () => send({event: 'speech-started'}),
    words: text => send({event: 'words', text}),
    speechStopped: () => send({event: 'speech-stopped'}),
  };
  const closed = once(port, 'close');
  const instruments = idle.pop() ?? (await createInstruments());
  const scribe: Scribe<string | Int16Array> =
    request === 'words' ? new WordScribe(instruments.recogniser) : new SoundScribe();
  const hearing = new Hearing(instruments.judge, scribe, listener);

  port.on('message', (message: HearingMessage) => {
    if (message !== 'take' && message !== 'discard') return hearing.listen(message);
    const said = hearing.take();
    send({event: 'taken', said: message === 'take' ? said : null});
  });
  send({event: 'ready'});

  await closed;
  hearing.take();
  idle.push(instruments);
}

parentPort?.on('message', (opening: Opening<Kind>) => void hear(opening));
