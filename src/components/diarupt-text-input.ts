import {css, html} from 'lit';
import {MAX_TEXT_LENGTH} from '../core/options.js';
import {isLive} from '../core/state.js';
import {upIcon} from './icons.js';
import type {InteractionActions} from './interaction-context.js';
import {DiaruptPart} from './part.js';

/**
 * A field to type in instead of talking. Enter sends, with Shift it breaks the line. Without a
 * conversation it starts one, muted: no microphone is asked for. What could not be sent (the start has
 * failed, the page holds it back) stays.
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
          aria-disabled=${this.interaction.status.endsWith('connecting')}
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

  readonly #onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const [field] = event.currentTarget as unknown as [HTMLTextAreaElement];
    const {actions} = this;
    const {value} = field;
    field.focus();
    if (actions && value.trim() && !isLive(this.interaction)) await startMuted(actions);
    if (!actions?.sendText(value)) return;
    field.value = field.value.replace(value, ''); // They may have gone on typing.
    field.focus();
  };
}

/** Where it fails, which the status tells, the next start may still be one by voice. */
async function startMuted(actions: InteractionActions): Promise<void> {
  const {muted} = actions;
  actions.muted = true;
  await actions.connect().catch(() => (actions.muted = muted));
}
