import {css, html, nothing} from 'lit';
import {hasResponse, isHoldToTalk, type Pause} from '../core/state.js';
import {HoldController} from './hold.js';
import {microphoneIcon, sendIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * Sends the visitor's response; shown in hands-on mode. By a tap when all is said, or by letting go
 * where it is held to talk. While the visitor is silent, a ring shows how much time is left; they can keep
 * thinking (Escape, too), or discard what they have said.
 *
 * @customElement diarupt-response-button
 * @csspart button - The button that sends.
 * @csspart keep - The button that gives the whole time again.
 * @csspart discard - The button that drops what was said.
 */
export class DiaruptResponseButton extends DiaruptPart {
  static override styles = [
    DiaruptPart.styles,
    css`
      .response {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 0.5rem;
      }
      button {
        flex: auto;
        padding-inline: 0.75em;
      }
      .send {
        flex-basis: 100%;
        min-block-size: 3.25rem;
        touch-action: none;
        user-select: none;
        -webkit-user-select: none;
      }
      .send svg {
        inline-size: 1.75em;
        block-size: 1.75em;
        overflow: visible;
      }
      .held,
      .ready {
        box-shadow: 0 0 0 0.3rem color-mix(in srgb, var(--_accent) 35%, transparent);
      }
      circle {
        stroke-dasharray: 100;
        transform: rotate(-90deg);
        transform-origin: center;
        visibility: hidden;
      }
      .limited circle {
        visibility: visible;
      }
    `,
  ];

  readonly #hold = new HoldController(
    this,
    () => this.actions?.hold(),
    () => void this.actions?.release(),
  );
  /** The pause that the ring runs for. */
  #pause: Pause | null = null;

  protected override render() {
    const {interaction, words} = this;
    const {status, mode, pause} = interaction;
    const isOpen = status === 'open' || status === 'reconnecting';
    if (!isOpen || mode !== 'hands-on') return nothing;
    const isLimited = typeof pause?.timeout === 'number';
    return html`
      <div class="response ${isLimited ? 'limited' : ''}" @keydown=${this.#onKey}>
        ${isHoldToTalk(interaction) ? this.#renderHold() : this.#renderTap()}
        ${isLimited ? renderButton('keep', words.keep, this.#keep) : nothing}
        ${hasResponse(interaction) ? renderButton('discard', words.discard, this.#discard) : nothing}
      </div>
    `;
  }

  /** Not `disabled`: that would take the focus away from whoever has just pressed it. */
  #renderTap() {
    const isReady = hasResponse(this.interaction);
    const {turn, pause} = this.interaction;
    const {sendWaiting, send, sending} = this.words;
    const label = {waiting: sendWaiting, talking: send, sent: sending}[turn];
    return html`
      <button
        part="button"
        class="send ${isReady ? 'primary' : ''} ${isReady && pause ? 'ready' : ''}"
        aria-disabled=${!isReady}
        @click=${() => this.actions?.sendUserResponse()}
      >
        ${sendIcon}<span>${label}</span>
      </button>
    `;
  }

  #renderHold() {
    const {status, held} = this.interaction;
    const {holding, hold} = this.words;
    return html`
      <button
        part="button"
        class="send primary ${held ? 'held' : ''}"
        aria-disabled=${status !== 'open'}
        aria-pressed=${held}
        @pointerdown=${this.#hold}
        @pointerup=${this.#hold}
        @pointercancel=${this.#hold}
        @lostpointercapture=${this.#hold}
        @keydown=${this.#hold}
        @keyup=${this.#hold}
        @blur=${this.#hold}
        @click=${this.#hold}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${microphoneIcon}<span>${held ? holding : hold}</span>
      </button>
    `;
  }

  /** By the browser's own clock, and no style attribute, which a strict policy refuses. */
  protected override updated(): void {
    const {pause} = this.interaction;
    if (pause === this.#pause) return;
    this.#pause = pause;
    const ring = this.renderRoot.querySelector('circle');
    for (const running of ring?.getAnimations() ?? []) running.cancel();
    if (!pause?.timeout) return;
    ring?.animate({strokeDashoffset: [0, 100]}, {duration: pause.timeout, fill: 'forwards'});
  }

  readonly #keep = () => this.actions?.keepUserTurn();
  readonly #discard = () => this.actions?.discardUserResponse();
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.interaction.pause) return;
    event.preventDefault(); // It closes no panel then.
    this.#keep();
  };
}

function renderButton(part: string, label: string, onClick: () => void) {
  return html`<button part=${part} @click=${onClick}>${label}</button>`;
}
