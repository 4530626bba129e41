import {ContextConsumer} from '@lit/context';
import {LitElement, type CSSResultGroup, type PropertyValues} from 'lit';
import {IDLE} from '../core/state.js';
import {
  interactionContext,
  type HintedState,
  type InteractionActions,
} from './interaction-context.js';
import {showStates} from './states.js';
import {buttonStyles, partStyles} from './styles.js';
import {wordsContext, type PageWords} from './words-context.js';
import {WORDS} from './words.js';

/**
 * An element that shows, or asks something of, the interaction around it. Anywhere below a
 * `<diarupt-interaction>` it follows that one; elsewhere it is idle, and English.
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
 * @cssState unheard - The visitor talks while muted.
 * @cssState silent - Nothing comes from the microphone while it is the visitor's turn.
 */
export abstract class DiaruptPart extends LitElement {
  static override styles: CSSResultGroup = [partStyles, buttonStyles];

  readonly #context = new ContextConsumer(this, {context: interactionContext, subscribe: true});

  readonly #words = new ContextConsumer(this, {context: wordsContext, subscribe: true});

  readonly #internals = this.attachInternals();

  /** Gives the focus to the first thing in the part that takes it. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('textarea, button, [tabindex]')?.focus(options);
  }

  protected override willUpdate(): void {
    showStates(this.#internals.states, this.interaction);
  }

  /**
   * A part that is in another language than the page says so (WCAG 3.1.2). Once: Chromium styles all
   * that is in it anew, whatever it is set to.
   */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const {lang} = this.words;
    for (const root of this.renderRoot.children as HTMLCollectionOf<HTMLElement>) {
      if (root.lang !== lang) root.lang = lang;
    }
  }

  protected get interaction(): HintedState {
    return this.#context.value?.state ?? IDLE;
  }

  protected get actions(): InteractionActions | undefined {
    return this.#context.value?.actions;
  }

  protected get words(): PageWords {
    return this.#words.value ?? WORDS;
  }
}
