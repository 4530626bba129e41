import {html} from 'lit';
import {captionsIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * Shows what the AI says as captions on its picture, drawn as the visitor has set them to look.
 *
 * @customElement diarupt-captions-button
 * @csspart button - The button, a toggle.
 */
export class DiaruptCaptionsButton extends DiaruptPart {
  protected override render() {
    const {actions, words} = this;
    const captions = actions?.captions === true;
    return html`
      <button
        part="button"
        aria-pressed=${captions}
        title=${words.captions}
        @click=${() => actions && (actions.captions = !captions)}
      >
        ${captionsIcon}
      </button>
    `;
  }
}
