import {css, html, nothing} from 'lit';
import {Captions} from './captions.js';
import {playIcon} from './icons.js';
import {DiaruptPart} from './part.js';

/**
 * The AI's face and voice; a calm shape where there is no face (yet). Where the browser holds the
 * sound back, a button starts it.
 *
 * @customElement diarupt-player
 * @csspart stage - The box that the AI is shown in.
 * @csspart media - The video element, which plays the voice alone, too.
 */
export class DiaruptPlayer extends DiaruptPart {
  /**
   * The orb is the AI, whose voice is its halo; the line around it is the visitor's. It begins to move
   * when the handshake is over, which it would compete with. The video is transparent without a
   * picture, and never hidden: captions are shown on it, in a size for small pictures where it is one
   * (the browser's own is a share of the height). The button is clear of them.
   */
  static override styles = [
    DiaruptPart.styles,
    css`
      :host {
        block-size: 100%;
      }
      .stage {
        position: relative;
        display: grid;
        place-items: center;
        block-size: 100%;
        min-block-size: var(--_stage-size, 12rem);
        overflow: hidden;
        border-radius: inherit;
        background: color-mix(in oklab, var(--_accent) 10%, var(--_canvas));
        forced-color-adjust: none;
      }
      video {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      video:not(:fullscreen)::cue {
        font-size: 0.9rem;
      }
      .stage:not(.seen) video {
        object-position: 999rem;
      }
      .seen .orb {
        visibility: hidden;
      }
      .orb {
        position: relative;
        inline-size: 38cqmin;
        aspect-ratio: 1;
        border-radius: 50%;
        color: var(--_accent);
        background: radial-gradient(
          circle at 35% 30%,
          color-mix(in oklab, var(--_accent) 25%, #fff),
          var(--_accent) 70%
        );
        box-shadow: 0 0 18cqmin -2cqmin;
        opacity: 0.75;
        scale: calc(1 + 0.2 * var(--diarupt-assistant-level, 0));
        will-change: scale;
      }
      .orb::before {
        content: '';
        position: absolute;
        inset: -18%;
        border: 0 solid var(--_accent-text);
        border-radius: 50%;
        opacity: 0.8;
        will-change: inherit;
      }
      .stage:not(.idle, .closed) .orb {
        animation: live 8s ease-in-out 0.5s infinite;
      }
      .open .orb {
        opacity: 1;
      }
      :is(.connecting, .reconnecting, .thinking) .orb::before {
        border-width: 4px;
        border-style: dotted;
      }
      .thinking .orb {
        scale: 0.85;
        transition: scale 0.2s;
      }
      .listening .orb::before {
        border-width: 2px;
        scale: calc(1 + 0.35 * var(--diarupt-user-level, 0));
      }
      .speaking .orb::before {
        inset: 0;
        box-shadow: 0 0 0 calc(3cqmin + 9cqmin * var(--diarupt-assistant-level, 0));
        opacity: 0.35;
      }
      .failed .orb {
        filter: grayscale(1);
      }
      @keyframes live {
        50% {
          transform: scale(1.05);
        }
        to {
          rotate: 1turn;
        }
      }
      button {
        position: absolute;
        inset-block-start: 1rem;
      }
    `,
  ];

  #media: HTMLVideoElement | null = null;
  #captions: Captions | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) this.performUpdate(); // A start in this very task needs the player.
  }

  protected override render() {
    const {interaction} = this;
    const {status, activity, playbackBlocked} = interaction;
    const failed = interaction.status === 'closed' && interaction.error;
    const seen = status === 'open' && this.#media?.videoWidth;
    return html`
      <div
        part="stage"
        class="stage ${status} ${status === 'open' ? activity : failed ? 'failed' : ''} ${seen ? 'seen' : ''}"
      >
        <div class="orb"></div>
        <video
          part="media"
          playsinline
          tabindex="-1"
          aria-label=${this.words.player}
          aria-hidden=${status !== 'open'}
          @resize=${() => this.requestUpdate()}
        ></video>
        ${
          playbackBlocked
            ? html`<button class="primary" @click=${this.#onPlay}>
                ${playIcon}<span>${this.words.playSound}</span>
              </button>`
            : nothing
        }
      </div>
    `;
  }

  /** The button goes, and the focus to what it has started. */
  readonly #onPlay = () => {
    this.actions?.resumePlayback();
    this.#media?.focus();
  };

  /** One element for face and voice: a change between them takes it from no conversation. */
  protected override updated(): void {
    this.#media ??= this.renderRoot.querySelector('video');
    if (!this.#media || !this.actions) return;
    this.actions.player = this.#media;
    this.#captions ??= new Captions(this.#media, this.words.captions, this.actions);
    this.#captions.update(this.interaction, this.actions);
  }
}
