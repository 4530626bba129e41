import {css, html, nothing} from 'lit';
import {microphoneIcon, mutedIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * Mutes the microphone, before a conversation or in it.
 *
 * @customElement diarupt-mic-button
 * @csspart button - The button, a toggle.
 */
export class DiaruptMicButton extends DiaruptPart {
  /** The ring is the visitor's voice: who talks sees that they are heard. */
  static override styles = [
    DiaruptPart.styles,
    css`
      button {
        position: relative;
      }
      button::after {
        content: '';
        position: absolute;
        inset: -1px;
        border: 2px solid var(--_accent-text);
        border-radius: 50%;
        opacity: calc(4 * var(--diarupt-user-level, 0));
        scale: calc(1 + 0.4 * var(--diarupt-user-level, 0));
        will-change: scale;
      }
      .unheard::after {
        inset: -5px;
        border: 2px dashed var(--_danger);
        opacity: 1;
      }
      button[aria-pressed='true'] {
        background: color-mix(in srgb, var(--_danger) 14%, var(--_canvas));
        border-color: var(--_danger);
        color: var(--_danger-text);
      }
    `,
  ];

  /** The tooltip is its name, too; where it tells something else, that is its description. */
  protected override render() {
    const {muted, hint} = this.interaction;
    return html`
      <button
        part="button"
        class=${hint ?? nothing}
        aria-label=${hint ? this.words.mute : nothing}
        aria-pressed=${muted}
        title=${this.words[hint ?? 'mute']}
        @click=${() => this.actions && (this.actions.muted = !muted)}
      >
        ${muted ? mutedIcon : microphoneIcon}
      </button>
    `;
  }
}
