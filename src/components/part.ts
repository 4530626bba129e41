import {ContextEvent} from '@lit/context';
import type {CSSResultGroup, PropertyValues} from 'lit';
import {
  ALONE,
  interactionContext,
  type HintedState,
  type InteractionActions,
  type InteractionSnapshot,
} from './interaction-context.js';
import type {PageWords} from './language.js';
import {stateShower} from './states.js';
import {StyledElement} from './styled-element.js';
import {buttonStyles, partStyles} from './styles.js';

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
export abstract class DiaruptPart extends StyledElement {
  static override styles: CSSResultGroup = [partStyles, buttonStyles];

  #around = ALONE;
  #leave: (() => void) | undefined;
  readonly #showStates = stateShower(this.attachInternals().states);

  override connectedCallback(): void {
    super.connectedCallback();
    const take = (around: InteractionSnapshot, leave?: () => void) => {
      this.#around = around;
      this.#leave = leave;
      this.requestUpdate();
    };
    take(ALONE); // It may have left another.
    this.dispatchEvent(new ContextEvent(interactionContext, this, take, true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  /** Gives the focus to the first thing in the part that takes it. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('textarea, button, [tabindex]')?.focus(options);
  }

  protected override willUpdate(): void {
    this.#showStates(this.interaction);
  }

  /**
   * A part that is in another language than the page says so (WCAG 3.1.2). Once: Chromium styles all
   * that is in it anew, whatever it is set to.
   */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const {lang} = this.words;
    for (const root of [...this.renderRoot.children] as HTMLElement[]) {
      if (root.lang !== lang) root.lang = lang;
    }
  }

  protected get interaction(): HintedState {
    return this.#around.state;
  }

  protected get actions(): InteractionActions | undefined {
    return this.#around.actions;
  }

  protected get words(): PageWords {
    return this.#around.words;
  }
}
