import {ContextConsumer} from '@lit/context';
import {LitElement} from 'lit';
import {IDLE, type InteractionState} from '../core/state.js';
import {interactionContext, type InteractionActions} from './interaction-context.js';

/**
 * An element that shows, or asks something of, the interaction around it. Anywhere below a
 * `<diarupt-interaction>` it follows that one; elsewhere it is idle.
 */
export abstract class DiaruptPart extends LitElement {
  readonly #context = new ContextConsumer(this, {context: interactionContext, subscribe: true});

  protected get interaction(): InteractionState {
    return this.#context.value?.state ?? IDLE;
  }

  protected get actions(): InteractionActions | undefined {
    return this.#context.value?.actions;
  }
}
