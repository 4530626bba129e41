/** The visitor's consent, asked for once in the page's own words: what it put into the slot. */
export class Consent {
  readonly #host: HTMLElement;
  readonly #onChange: () => void;
  #isGiven = false;
  #answer: (() => void) | undefined;

  constructor(host: HTMLElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  get isAsked(): boolean {
    return this.#answer !== undefined;
  }

  /** Settles when the visitor agrees; `undefined` where there is nothing to ask. */
  ask(): Promise<void> | undefined {
    if (this.#isGiven || !this.#host.querySelector(':scope > [slot=consent]')) return undefined;
    return new Promise(resolve => {
      this.#answer = resolve;
      this.#onChange();
    });
  }

  agree(): void {
    this.#isGiven = true;
    this.#answer?.();
    this.forget();
  }

  /** The question is over, whatever the answer. */
  forget(): void {
    if (!this.#answer) return;
    this.#answer = undefined;
    this.#onChange();
  }
}
