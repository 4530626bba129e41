import {css, html, nothing} from 'lit';
import {sendIcon} from './icons.js';
import {DiaruptPart} from './part.js';
import {buttonStyles, partStyles} from './styles.js';
import {WORDS} from './words.js';

/**
 * Hands-on: sends the visitor's response. There while a hands-on conversation is open, or
 * being connected again.
 *
 * @customElement diarupt-response-button
 * @csspart button - The button.
 */
export class DiaruptResponseButton extends DiaruptPart {
  static override styles = [
    partStyles,
    buttonStyles,
    css`
      button {
        inline-size: 100%;
        min-block-size: 3.25rem;
      }
    `,
  ];

  protected override render() {
    const {status, mode, turn} = this.interaction;
    const open = status === 'open' || status === 'reconnecting';
    if (!open || mode !== 'hands-on') return nothing;
    const ready = status === 'open' && turn === 'talking';
    const label = {waiting: WORDS.sendWaiting, talking: WORDS.send, sent: WORDS.sending}[turn];
    // Not `disabled`: that would take the focus away from whoever has just pressed it.
    return html`
      <button
        part="button"
        class=${ready ? 'primary' : ''}
        aria-disabled=${!ready}
        @click=${() => this.actions?.sendUserResponse()}
      >
        ${sendIcon}<span>${label}</span>
      </button>
    `;
  }
}
