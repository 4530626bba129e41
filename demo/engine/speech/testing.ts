/** What the tests of speech share: somebody who talks, and an ear that writes down what it tells. */
import {EventEmitter, once} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import type {Ear, EarListener, Speech} from './types.js';
import {SAMPLE_RATE} from './types.js';

const CHUNK = SAMPLE_RATE / 100;

export function silence(seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * SAMPLE_RATE));
}

/** A sound given by its value, from -1 to 1, at each second. */
export function sound(seconds: number, valueAt: (second: number) => number): Int16Array {
  return silence(seconds).map((_, index) => Math.round(32_767 * valueAt(index / SAMPLE_RATE)));
}

export function tone(hertz: number): (second: number) => number {
  return second => 0.3 * Math.sin(2 * Math.PI * hertz * second);
}

/** An ear, what it has told so far, and its events to wait for. */
export interface Witness {
  readonly ear: Ear;
  readonly told: readonly string[];
  listen(...sounds: readonly Int16Array[]): Promise<void>;
  /** Settles at the next time that the visitor falls silent. */
  stopped(): Promise<unknown>;
}

export async function witness(speech: Speech): Promise<Witness> {
  const told: string[] = [];
  const events = new EventEmitter();
  const listener: EarListener = {
    speechStarted: () => told.push('started'),
    words: text => told.push(text),
    speechStopped() {
      told.push('stopped');
      events.emit('stopped');
    },
  };
  const ear = await speech.ear(listener);
  return {
    ear,
    told,
    stopped: () => once(events, 'stopped'),
    async listen(...sounds) {
      for (const samples of sounds) {
        for (let at = 0; at < samples.length; at += CHUNK) {
          ear.listen(samples.slice(at, at + CHUNK));
        }
        await setImmediate();
      }
    },
  };
}
