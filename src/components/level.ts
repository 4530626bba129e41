import {onAbort} from '../core/abort.js';

/** Samples in one look: 43 ms at 48 kHz. */
const SAMPLES = 2048;
/** From whispers to shouts, in decibels of full scale; what is quieter is silence. */
const QUIET_DB = -55;
const LOUD_DB = -15;

let context: AudioContext | undefined;
let watchers = 0;

/**
 * Tells how loud a stream is, from 0 to 1, once a frame until the signal ends it. Tells nothing where
 * the browser runs no audio for the page (yet). The page has one audio context for all, and none
 * while nobody listens.
 */
export function watchLevel(
  stream: MediaStream,
  signal: AbortSignal,
  onLevel: (level: number) => void,
): void {
  if (signal.aborted || stream.getAudioTracks().length === 0) return;
  watchers += 1;
  context ??= new AudioContext();
  const source = context.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context, {fftSize: SAMPLES});
  source.connect(analyser);
  const samples = new Float32Array(SAMPLES);
  let frame = 0;
  const look = () => {
    frame = requestAnimationFrame(look);
    if (context?.state !== 'running') return;
    analyser.getFloatTimeDomainData(samples);
    onLevel(toLevel(samples));
  };
  look();
  onAbort(signal, () => {
    cancelAnimationFrame(frame);
    source.disconnect();
    watchers -= 1;
    if (watchers > 0) return;
    void context?.close();
    context = undefined;
  });
}

/** The loudness as people hear it, which is by decibels. */
function toLevel(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const level = (10 * Math.log10(power) - QUIET_DB) / (LOUD_DB - QUIET_DB);
  return Math.min(Math.max(level, 0), 1);
}
