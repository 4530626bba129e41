import {html} from 'lit';
import {isLive} from '../core/state.js';
import {endIcon, talkIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * Starts the conversation, cancels the start, ends the conversation, continues it.
 *
 * @customElement diarupt-call-button
 * @csspart button - The button.
 */
export class DiaruptCallButton extends DiaruptPart {
  readonly #onClick = () => {
    if (isLive(this.interaction)) void this.actions?.disconnect();
    else this.actions?.connect().catch(() => {}); // What fails is told by the status.
  };

  protected override render() {
    const state = this.interaction;
    const {status} = state;
    const live = isLive(this.interaction);
    const goesOn =
      state.status === 'closed' && state.by !== 'engine' && state.transcript.length > 0;
    const {words} = this;
    const start = goesOn ? words.goOn : words.start;
    const end = status === 'connecting' ? words.cancel : words.end;
    return html`
      <button
        part="button"
        class=${status === 'open' ? 'danger' : live ? '' : 'primary'}
        @click=${this.#onClick}
      >
        ${live ? endIcon : talkIcon}<span>${live ? end : start}</span>
      </button>
    `;
  }
}
