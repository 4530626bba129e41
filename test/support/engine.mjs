import {fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const BUILD = new URL('../../build/engine/', import.meta.url);

/** Starts the local engine, ready to misbehave; it ends with this process. Its address. */
export async function startEngine() {
  const engine = fork(fileURLToPath(new URL('main.js', BUILD)), ['--port', '0', '--faults']);
  engine.unref();
  engine.once('exit', (code, signal) => console.error(`The engine has ended: ${signal ?? code}.`));
  const [{url}] = await once(engine, 'message');
  engine.channel?.unref();
  return url;
}

/**
 * A recording of `sentence` for the fake microphone, in another voice than the engine answers
 * with, after `lead` seconds of silence. Its path.
 */
export async function recordSpeech(sentence, lead) {
  const {startVoice} = await import(new URL('speech/voice.js', BUILD));
  const {encodeWav} = await import(new URL('speech/wav.js', BUILD));
  const {SAMPLE_RATE} = await import(new URL('speech/types.js', BUILD));
  const voice = await startVoice('rms');
  const {samples} = await voice.speak(sentence, new AbortController().signal);
  await voice.close();
  const recording = new Int16Array(lead * SAMPLE_RATE + samples.length);
  recording.set(samples, lead * SAMPLE_RATE);
  const path = join(mkdtempSync(join(tmpdir(), 'diarupt-')), 'speech.wav');
  writeFileSync(path, encodeWav(recording));
  return path;
}
