import type {Command, EngineMessage} from '../messages.js';

interface HandsOnHost {
  readonly tell: (message: EngineMessage) => void;
  /** Called when the visitor has been silent for as long as they wanted. */
  readonly onTimeout: () => void;
}

/**
 * The visitor's turn for an engine that only tells when they talk: when it begins, pauses, goes on and
 * ends is told here, as `docs/protocol.md` §4.5 has it, and the time of its pauses runs here.
 */
export class HandsOn {
  readonly #host: HandsOnHost;
  #timeout: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPaused = false;
  isOn = false;
  /** Whether the visitor has begun to talk and it has not been sent yet. */
  isTalking = false;

  constructor(host: HandsOnHost) {
    this.#host = host;
  }

  /** Within a turn, it goes on by the new rules. */
  configure({mode, handsOnTimeout}: Extract<Command, {event: 'configure'}>['data']): void {
    const isOn = mode === 'hands-on';
    const changes = isOn !== this.isOn;
    this.isOn = isOn;
    this.#timeout = handsOnTimeout;
    if (!this.isTalking) return;
    if (changes) this.#host.tell({event: isOn ? 'user-started-talking' : 'user-stopped-talking'});
    this.keep();
  }

  /** The visitor talks, perhaps again. */
  talk(): void {
    clearTimeout(this.#timer);
    const resumes = this.#isPaused;
    const starts = !this.isTalking;
    this.isTalking = true;
    this.#isPaused = false;
    if (!this.isOn) return;
    if (starts) this.#host.tell({event: 'user-started-talking'});
    else if (resumes) this.#host.tell({event: 'user-resumed'});
  }

  /** The visitor has fallen silent. */
  pause(): void {
    if (!this.isTalking || this.#isPaused) return;
    this.#isPaused = true;
    this.keep();
  }

  /** The time of the pause begins anew, where there is one. */
  keep(): void {
    clearTimeout(this.#timer);
    if (!this.isOn || !this.#isPaused) return;
    this.#host.tell({event: 'user-paused', data: {timeout: this.#timeout}});
    if (this.#timeout !== null) this.#timer = setTimeout(this.#host.onTimeout, this.#timeout);
  }

  /** It has been sent, dropped or answered. */
  end(): void {
    if (!this.isTalking) return;
    this.forget();
    if (this.isOn) this.#host.tell({event: 'user-stopped-talking'});
  }

  /** It has broken off, of which nobody is told. */
  forget(): void {
    clearTimeout(this.#timer);
    this.isTalking = this.#isPaused = false;
  }
}
