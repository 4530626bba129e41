import {ContextConsumer} from '@lit/context';
import {LitElement} from 'lit';
import {IDLE, type InteractionState} from '../core/state.js';
import {showStates} from './states.js';
import {interactionContext, type InteractionActions} from './interaction-context.js';

/**
 * An element that shows, or asks something of, the interaction around it. Anywhere below a
 * `<diarupt-interaction>` it follows that one; elsewhere it is idle.
 *
 * @cssState idle
 * @cssState connecting
 * @cssState open
 * @cssState reconnecting
 * @cssState closed
 * @cssState failed - Closed by an error.
 * @cssState hands-free
 * @cssState hands-on
 * @cssState talking - Hands-on: the visitor's turn.
 * @cssState muted
 * @cssState listening
 * @cssState thinking
 * @cssState speaking
 */
export abstract class DiaruptPart extends LitElement {
  readonly #context = new ContextConsumer(this, {context: interactionContext, subscribe: true});

  readonly #internals = this.attachInternals();

  /** Gives the focus to the first thing in the part that takes it. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button, [tabindex]')?.focus(options);
  }

  protected override willUpdate(): void {
    showStates(this.#internals.states, this.interaction);
  }

  protected get interaction(): InteractionState {
    return this.#context.value?.state ?? IDLE;
  }

  protected get actions(): InteractionActions | undefined {
    return this.#context.value?.actions;
  }
}
