import {isInteractionEvent, type InteractionEvents, type Next} from '../core/events.js';
import type {InteractionStatus} from '../core/state.js';
import type {BeforeConnectEvent} from './before-connect-event.js';

/** The element's events: each of the interaction's as a `CustomEvent`, its data as `detail`. */
export type DiaruptInteractionEventMap = Omit<HTMLElementEventMap, keyof InteractionEvents> & {
  [E in keyof InteractionEvents]: CustomEvent<InteractionEvents[E]>;
} & {
  /** Triggered for an event that the engine invented. */
  'interaction-event': CustomEvent<{event: string; data: unknown}>;
  /** Triggered before a conversation starts. Cancelable, and can be given something to wait for. */
  beforeconnect: BeforeConnectEvent;
  /** Triggered before the visitor's response is sent; `text` where it was typed. Cancelable. */
  beforesend: CustomEvent<{text: string | null}>;
  /** Triggered when the `status` has changed. */
  statechange: CustomEvent<InteractionStatus>;
  /** Triggered by the menu when the visitor has chosen a microphone, a speaker or a volume. */
  deviceschange: Event;
};

/** Tells the page what happens: `next` first, then whoever listens to the element. */
export class InteractionDispatcher {
  readonly #host: EventTarget & {next: Next | undefined};
  readonly #untold: (() => void)[] = [];

  constructor(host: EventTarget & {next: Next | undefined}) {
    this.#host = host;
  }

  readonly tell: Next = (...event) => this.#inTurn(() => this.#tell(event));

  readonly tellStatus = (status: InteractionStatus): void =>
    this.#inTurn(() => this.#dispatch('statechange', status));

  /** Whether the page lets the visitor's response go; `text` where it was typed. */
  maySend(text: string | null): boolean {
    return this.#dispatch('beforesend', {text}, true);
  }

  /** One after the other: what a listener brings about is told when all have heard its own. */
  #inTurn(tell: () => void): void {
    if (this.#untold.push(tell) > 1) return;
    for (; this.#untold[0]; this.#untold.shift()) this.#untold[0]();
  }

  #tell(event: Parameters<Next>): void {
    try {
      this.#host.next?.(...event);
    } catch (error) {
      reportError(error);
    }
    const [name, data]: readonly [string, unknown] = event;
    if (isInteractionEvent(name)) this.#dispatch(name, data);
    else this.#dispatch('interaction-event', {event: name, data});
  }

  #dispatch(name: string, detail: unknown, cancelable = false): boolean {
    const options = {bubbles: true, composed: true, cancelable, detail};
    return this.#host.dispatchEvent(new CustomEvent(name, options));
  }
}
