/**
 * Dispatched before a conversation starts, before the visitor is asked for anything. Prevented,
 * nothing starts; given something to wait for, it starts when that is done, or not at all where it
 * fails: consent, login, payment.
 */
export class BeforeConnectEvent extends Event {
  /** What is to be done before. */
  readonly waits: Promise<unknown>[] = [];

  constructor() {
    super('beforeconnect', {bubbles: true, composed: true, cancelable: true});
  }

  /** Called while the event is dispatched, as often as there is something to wait for. */
  waitUntil(promise: PromiseLike<unknown>): void {
    const wait = Promise.resolve(promise);
    wait.catch(() => {}); // Who waits for it hears of it, if anybody still does.
    this.waits.push(wait);
  }
}
