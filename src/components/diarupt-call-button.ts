import {html} from 'lit';
import {endIcon, talkIcon} from './icons.js';
import {DiaruptPart} from './part.js';
import {buttonStyles, partStyles} from './styles.js';
import {WORDS} from './words.js';

/**
 * Starts the conversation, cancels the start, ends the conversation, continues it.
 *
 * @customElement diarupt-call-button
 * @csspart button - The button.
 */
export class DiaruptCallButton extends DiaruptPart {
  static override styles = [partStyles, buttonStyles];

  readonly #onClick = () => {
    const {status} = this.interaction;
    if (status === 'connecting' || status === 'open') this.actions?.disconnect();
    else this.actions?.connect();
  };

  protected override render() {
    const {status, transcript} = this.interaction;
    const live = status === 'connecting' || status === 'open';
    const start = transcript.length > 0 ? WORDS.goOn : WORDS.start;
    const label = {idle: start, closed: start, connecting: WORDS.cancel, open: WORDS.end}[status];
    return html`
      <button
        part="button"
        class=${status === 'open' ? 'danger' : live ? '' : 'primary'}
        @click=${this.#onClick}
      >
        ${live ? endIcon : talkIcon}<span>${label}</span>
      </button>
    `;
  }
}
