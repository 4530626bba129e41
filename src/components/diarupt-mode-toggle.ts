import {html} from 'lit';
import {handIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * Switches between hands-free, where the AI hears when the visitor has finished, and hands-on,
 * where the visitor says so.
 *
 * @customElement diarupt-mode-toggle
 * @csspart switch - The switch with its label.
 */
export class DiaruptModeToggle extends DiaruptPart {
  protected override render() {
    const handsOn = this.interaction.mode === 'hands-on';
    return html`
      <button
        part="switch"
        role="switch"
        aria-checked=${handsOn}
        title=${this.words.handsOnHint}
        @click=${() => this.actions && (this.actions.mode = handsOn ? 'hands-free' : 'hands-on')}
      >
        ${handIcon}<span>${this.words.handsOn}</span>
      </button>
    `;
  }
}
