import {setTimeout as delay} from 'node:timers/promises';
import {createFace} from './speech/face.js';
import type {Speaker} from './speaker.js';
import {RTCVideoSource} from './webrtc.js';

const SPEAKING_FRAME_MS = 1000 / 20;
const IDLE_FRAME_MS = 1000 / 8;

/** The engine's end of a video track: the face of a speaker, drawn more often while it speaks. */
export class Picture {
  readonly #source = new RTCVideoSource();
  readonly track = this.#source.createTrack();

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.track.stop(), {once: true});
  }

  /** Sends frames until `signal` aborts. */
  async start(speaker: Speaker, signal: AbortSignal): Promise<void> {
    const face = createFace();
    const startedAt = performance.now();
    while (!signal.aborted) {
      const {buffer} = face.draw((performance.now() - startedAt) / 1000, speaker.mouth);
      const {width, height} = face;
      this.#source.onFrame({width, height, data: new Uint8Array(buffer)});
      const pause = speaker.speaking ? SPEAKING_FRAME_MS : IDLE_FRAME_MS;
      await delay(pause, undefined, {signal}).catch(() => undefined);
    }
  }
}
