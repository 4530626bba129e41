import {css, html} from 'lit';
import {microphoneIcon, mutedIcon} from './icons.js';
import {DiaruptPart} from './part.js';
import {buttonStyles, partStyles} from './styles.js';

/**
 * Mutes the microphone, before a conversation or in it.
 *
 * @customElement diarupt-mic-button
 * @csspart button - The button, a toggle.
 */
export class DiaruptMicButton extends DiaruptPart {
  static override styles = [
    partStyles,
    buttonStyles,
    css`
      button {
        padding: 0.5em;
      }
      button[aria-pressed='true'] {
        background: color-mix(in srgb, var(--_danger) 14%, var(--_canvas));
        border-color: var(--_danger);
        color: var(--_danger-text);
      }
    `,
  ];

  protected override render() {
    const {muted} = this.interaction;
    return html`
      <button
        part="button"
        aria-label=${this.words.mute}
        aria-pressed=${muted}
        title=${this.words.mute}
        @click=${() => this.actions && (this.actions.muted = !muted)}
      >
        ${muted ? mutedIcon : microphoneIcon}
      </button>
    `;
  }
}
