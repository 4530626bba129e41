import wrtc from '@roamhq/wrtc';
import {SAMPLE_RATE} from '../speech/types.js';

export const {MediaStream, RTCPeerConnection} = wrtc;
export const {RTCAudioSource, RTCVideoSource} = wrtc.nonstandard;

type AudioSource = InstanceType<typeof RTCAudioSource>;

/** Ten milliseconds of received audio. */
export interface AudioFrame {
  /** Interleaved where there is more than one channel. */
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channelCount: number;
}

/**
 * Hands every frame of a received track to `hear` until `signal` aborts. The track must still be
 * alive then: the addon crashes where a sink outlives its peer connection.
 */
export function receiveAudio(
  track: MediaStreamTrack,
  hear: (frame: AudioFrame) => void,
  signal: AbortSignal,
): void {
  const sink: {ondata: ((frame: AudioFrame) => void) | null; stop(): void} =
    new wrtc.nonstandard.RTCAudioSink(track);
  sink.ondata = hear;
  signal.addEventListener(
    'abort',
    () => {
      sink.ondata = null;
      sink.stop();
    },
    {once: true},
  );
}

/** Gives a track its next samples, of the engine's rate, in the pieces of ten milliseconds that it takes. */
export function sendAudio(source: AudioSource, samples: Int16Array): void {
  const length = SAMPLE_RATE / 100;
  for (let at = 0; at < samples.length; at += length) {
    // A copy: the addon refuses views of a larger buffer.
    source.onData({samples: samples.slice(at, at + length), sampleRate: SAMPLE_RATE});
  }
}

/**
 * Sends a frame, or drops it where the channel is not open. A channel that has just been closed from
 * the other side still looks open, but throws.
 */
export function sendFrame(channel: RTCDataChannel, frame: string | Uint8Array<ArrayBuffer>): void {
  if (channel.readyState !== 'open') return;
  try {
    if (typeof frame === 'string') channel.send(frame);
    else channel.send(frame);
  } catch {
    // Nobody is there to receive it.
  }
}

/**
 * Waits until `target` dispatches `type`; rejects with the signal's reason. `once` of node:events
 * does not take the addon's event targets, which forget to be instances of EventTarget.
 */
export function event(target: EventTarget, type: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const arrive = () => {
      signal.removeEventListener('abort', give);
      target.removeEventListener(type, arrive);
      resolve();
    };
    const give = () => {
      target.removeEventListener(type, arrive);
      reject(signal.reason);
    };
    target.addEventListener(type, arrive);
    signal.addEventListener('abort', give, {once: true});
  });
}

// The addon's finalizers crash a process that unloads it on its natural way out; leaving from
// within the exit event skips the unloading and keeps the exit code.
process.on('exit', code => process.exit(code));
