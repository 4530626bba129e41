import type {InteractionError} from './errors.js';
import type {ResolvedOptions} from './options.js';
import {openMicrophone, type Microphone} from './microphone.js';

interface VoiceListener {
  /** Called with what the visitor is to be heard from, whenever that is another track. */
  readonly send: (track: MediaStreamTrack) => Promise<void>;
  /** Called when the microphone has gone, and there is no other. */
  readonly onLost: (cause: unknown) => void;
}

/**
 * The visitor's voice while an interaction lasts: from one microphone after the other where another
 * is chosen, or one is pulled out, and silent while it is to be. Ends with the signal.
 */
export class Voice {
  readonly #options: Pick<ResolvedOptions, 'stream' | 'microphoneId'>;
  readonly #signal: AbortSignal;
  readonly #listener: VoiceListener;
  #deviceId: string;
  #microphone: Microphone | undefined;
  /** Until it is told otherwise. */
  #silent = true;
  #opening: Promise<void> | undefined;
  /** Ends the microphone that is heard. */
  #using = new AbortController();
  /** Ends the one that is coming, or that goes when the other is heard. */
  #other = this.#using;

  constructor(
    options: Pick<ResolvedOptions, 'stream' | 'microphoneId'>,
    signal: AbortSignal,
    listener: VoiceListener,
  ) {
    this.#options = options;
    this.#deviceId = options.microphoneId;
    this.#signal = signal;
    this.#listener = listener;
  }

  /**
   * Settles when the microphone is there: the browser's choice where the visitor's is not. Rejects
   * as `openMicrophone` does. The visitor is asked once, however often this is called meanwhile.
   */
  open(): Promise<void> {
    return (this.#opening ??= this.#use(this.#deviceId)
      .catch((cause: Partial<InteractionError>) => {
        if (!this.#deviceId || cause.code !== 'microphone-missing') throw cause;
        return this.#use('');
      })
      .finally(() => (this.#opening = undefined)));
  }

  /**
   * Settles when that microphone is heard; at once where none has been opened yet, as it is the one that
   * will be. Rejects as `openMicrophone` does, and keeps the one before; with an `AbortError` where
   * another one is chosen meanwhile.
   */
  async choose(deviceId: string): Promise<void> {
    await this.#opening?.catch(() => {}); // One prompt after the other.
    if (this.#options.stream || this.#signal.aborted) return;
    if (this.#microphone) await this.#use(deviceId);
    this.#deviceId = deviceId;
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

  async #use(deviceId: string): Promise<void> {
    this.#other.abort();
    const ending = (this.#other = new AbortController());
    const signal = AbortSignal.any([this.#signal, ending.signal]);
    this.#microphone = await openMicrophone(this.#options.stream, deviceId, signal);
    const before = (this.#other = this.#using);
    this.#using = ending;
    this.#microphone.track.addEventListener(
      'ended',
      () => void this.open().catch(this.#listener.onLost),
      {signal},
    );
    await this.#send();
    before.abort();
  }

  async #send(): Promise<void> {
    if (!this.#microphone) return;
    const {track, silence} = this.#microphone;
    await this.#listener.send(this.#silent ? silence : track);
  }
}
