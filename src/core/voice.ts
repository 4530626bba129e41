import {openMicrophone, type Microphone} from './microphone.js';

interface VoiceListener {
  /** Called with what the visitor is to be heard from, whenever that is another track. */
  readonly send: (track: MediaStreamTrack) => Promise<void>;
  /** Called when the microphone has gone, and there is no other. */
  readonly onLost: (cause: unknown) => void;
}

/**
 * The visitor's voice while an interaction lasts: from one microphone after the other where one is
 * pulled out, and silent while it is to be. Ends with the signal.
 */
export class Voice {
  readonly #stream: MediaStream | null;
  readonly #signal: AbortSignal;
  readonly #listener: VoiceListener;
  #microphone: Microphone | undefined;
  #silent: boolean;

  constructor(
    stream: MediaStream | null,
    silent: boolean,
    signal: AbortSignal,
    listener: VoiceListener,
  ) {
    this.#stream = stream;
    this.#silent = silent;
    this.#signal = signal;
    this.#listener = listener;
  }

  /** Settles when the microphone is there. Rejects as `openMicrophone` does. */
  async open(): Promise<void> {
    this.#microphone = await openMicrophone(this.#stream, this.#signal);
    this.#microphone.track.addEventListener(
      'ended',
      () => void this.open().catch(this.#listener.onLost),
      {signal: this.#signal},
    );
    await this.#send();
  }

  /** The microphone, muted or not. */
  get track(): MediaStreamTrack | undefined {
    return this.#microphone?.track;
  }

  /** Whether the microphone is heard; it stays open, for what is to come. */
  setSilent(silent: boolean): void {
    if (silent === this.#silent) return;
    this.#silent = silent;
    void this.#send();
  }

  async #send(): Promise<void> {
    if (!this.#microphone) return;
    const {track, silence} = this.#microphone;
    await this.#listener.send(this.#silent ? silence : track);
  }
}
