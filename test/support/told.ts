import {InteractionError} from '../../src/index.js';

/** What conversations tell, one after the other, held against what was promised. */
export class Told {
  readonly errors: Error[] = [];
  closes = 0;
  hasOpened = false;
  #isOpen = false;
  /** How many have told of an error and not yet of their end. */
  #failing = 0;
  readonly #complain: (what: string) => void;

  /** `most` is how many conversations there are to tell of. */
  constructor(
    complain: (what: string) => void,
    readonly most = Infinity,
  ) {
    this.#complain = complain;
  }

  readonly hear = (event: string, data: unknown): void => {
    if (data instanceof InteractionError && data.code === 'playback-blocked') return;
    if (this.closes >= this.most) this.#complain(`${event} after close`);
    if (event === 'close') {
      this.closes += 1;
      this.#failing = Math.max(this.#failing - 1, 0);
      this.#isOpen = false;
    } else if (event === 'error') {
      this.errors.push(data as Error);
      this.#failing += 1;
      if (this.errors.length > this.most) this.#complain('a second error');
    } else if (this.#failing > 0) {
      this.#complain(`${event} between error and close`);
    } else if (this.#isOpen === (event === 'open')) {
      this.#complain(this.#isOpen ? 'open twice' : `${event} before open`);
    } else {
      this.#isOpen = this.hasOpened = true;
    }
  };
}
