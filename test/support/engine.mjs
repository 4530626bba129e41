import {fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const BUILD = new URL('../../build/engine/', import.meta.url);

/** Starts the local engine, ready to misbehave, as a group of processes; it ends with this one. */
export async function startEngine(port = 0) {
  const main = fileURLToPath(new URL('main.js', BUILD));
  const engine = fork(main, ['--port', `${port}`, '--faults'], {detached: true});
  engine.unref();
  const {url} = await new Promise((resolve, reject) => {
    engine.once('message', resolve);
    engine.once('exit', (...how) => reject(new Error(`The engine did not start: ${how}`)));
  });
  engine.channel?.unref();
  return {url, process: engine, signal: name => process.kill(-engine.pid, name)};
}

/** Lets a test in a page start engines of its own, and stop, continue, kill and restart them. */
export function enginePlugin() {
  const engines = new Map();
  return {
    name: 'engine',
    async executeCommand({command, payload}) {
      if (command === 'start-engine') {
        const engine = await startEngine(payload.url ? new URL(payload.url).port : 0);
        engines.set(engine.url, engine);
        return {url: engine.url};
      }
      if (command === 'signal-engine') {
        const engine = engines.get(payload.url);
        const exited = payload.signal === 'SIGKILL' && once(engine.process, 'exit');
        engine.signal(payload.signal);
        await exited;
        return {url: payload.url};
      }
    },
  };
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
