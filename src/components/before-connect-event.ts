/**
 * Dispatched before a conversation starts, before the visitor is asked for anything. Prevented,
 * nothing starts; given something to wait for, it starts when that is done, or not at all where it
 * fails: consent, login, payment.
 */
export class BeforeConnectEvent extends Event {
  readonly #waits: Promise<unknown>[] = [];

  constructor() {
    super('beforeconnect', {bubbles: true, composed: true, cancelable: true});
  }

  /** Called while the event is dispatched, as often as there is something to wait for. */
  waitUntil(promise: PromiseLike<unknown>): void {
    this.#waits.push(Promise.resolve(promise));
  }

  /** Everything that is waited for, to be done; `undefined` where it is nothing. */
  get waits(): Promise<unknown> | undefined {
    return this.#waits.length > 0 ? Promise.all(this.#waits) : undefined;
  }
}
