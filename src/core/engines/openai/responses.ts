import type {Activity} from '../../state.js';

/** The AI's side of a call. There is one response at a time: the next waits for the end of the last. */
export class Responses {
  readonly #send: (event: object) => void;
  /** The session is about to begin one by itself. */
  #isComing = false;
  #isThere = false;
  #isPlaying = false;
  #hasNext = false;

  constructor(send: (event: object) => void) {
    this.#send = send;
  }

  get activity(): Activity {
    if (this.#isPlaying) return 'speaking';
    return this.#isThere || this.#isComing ? 'thinking' : 'listening';
  }

  /** Asks for one, and falls silent for it. */
  create(): void {
    this.#hasNext = this.#isThere;
    this.interrupt();
    if (!this.#hasNext) this.#send({type: 'response.create'});
    this.#isThere = true;
  }

  interrupt(): void {
    if (this.#isThere) this.#send({type: 'response.cancel'});
    if (this.#isPlaying) this.#send({type: 'output_audio_buffer.clear'});
  }

  /** The visitor's turn is over, which the session answers by itself. */
  expect(): void {
    this.#isComing = true;
  }

  /** Follows an event of theirs; others are passed over. */
  follow(type: string, error: unknown): void {
    switch (type) {
      case 'response.created':
        this.#isThere = true;
        this.#isComing = false;
        return;
      case 'response.done':
        return this.#end();
      case 'output_audio_buffer.started':
        this.#isPlaying = true;
        return;
      case 'output_audio_buffer.stopped':
      case 'output_audio_buffer.cleared':
        this.#isPlaying = false;
        return;
      case 'error':
        if (error === 'conversation_already_has_active_response') this.#hasNext = true;
        if (error === 'response_cancel_not_active') this.#end();
    }
  }

  #end(): void {
    this.#isThere = false;
    if (this.#hasNext) this.create();
  }
}
