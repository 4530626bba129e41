import {setTimeout as delay} from 'node:timers/promises';
import {createFace} from '../speech/face.js';
import type {MouthShape} from '../speech/types.js';
import {RTCVideoSource} from './webrtc.js';

const SPEAKING_FRAME_MS = 1000 / 20;
const IDLE_FRAME_MS = 1000 / 8;

const CLOSED_MOUTH: MouthShape = {start: 0, open: 0, wide: 0};

/** The engine's end of a video track: the face of a speaker, drawn more often while it speaks. */
export class Picture {
  readonly #source = new RTCVideoSource();
  readonly track = this.#source.createTrack();
  /** The shape of the mouth right now, while it speaks. */
  mouth: MouthShape | undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.track.stop(), {once: true});
  }

  /** Sends frames until `signal` aborts. */
  async start(signal: AbortSignal): Promise<void> {
    const face = createFace();
    const startedAt = performance.now();
    while (!signal.aborted) {
      const seconds = (performance.now() - startedAt) / 1000;
      const {buffer} = face.draw(seconds, this.mouth ?? CLOSED_MOUTH);
      const {width, height} = face;
      this.#source.onFrame({width, height, data: new Uint8Array(buffer)});
      const pause = this.mouth ? SPEAKING_FRAME_MS : IDLE_FRAME_MS;
      await delay(pause, undefined, {signal}).catch(() => undefined);
    }
  }
}
