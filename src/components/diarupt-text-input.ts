import {css, html} from 'lit';
import {MAX_TEXT_LENGTH} from '../core/options.js';
import {upIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * A field to type in instead of talking. Enter sends, with Shift it breaks the line. What could not
 * be sent (there is no conversation, the page holds it back) stays.
 *
 * @customElement diarupt-text-input
 * @csspart field - The field.
 * @csspart button - The button that sends.
 */
export class DiaruptTextInput extends DiaruptPart {
  static override styles = [
    DiaruptPart.styles,
    css`
      form {
        display: flex;
        align-items: flex-end;
        gap: 0.5rem;
        padding: 0.75rem;
      }
      textarea {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 2.75rem;
        max-block-size: 8rem;
        padding: 0.5rem 0.9rem;
        border: 1px solid var(--_control-line);
        border-radius: 1.25rem;
        background: none;
        color: inherit;
        font: inherit;
        resize: none;
        field-sizing: content;
      }
      ::placeholder {
        color: var(--_soft);
      }
    `,
  ];

  protected override render() {
    const {typeInstead, sendText} = this.words;
    return html`
      <form @submit=${this.#onSubmit}>
        <textarea
          part="field"
          rows="1"
          maxlength=${MAX_TEXT_LENGTH}
          aria-label=${typeInstead}
          placeholder=${typeInstead}
          @keydown=${this.#onKey}
        ></textarea>
        <button
          part="button"
          class="primary"
          aria-label=${sendText}
          aria-disabled=${this.interaction.status !== 'open'}
        >
          ${upIcon}
        </button>
      </form>
    `;
  }

  /** The Enter that accepts a word of an input method is not the visitor's. */
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
  };

  readonly #onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const [field] = event.currentTarget as unknown as [HTMLTextAreaElement];
    if (this.actions?.sendText(field.value)) field.value = '';
    field.focus();
  };
}
