import {css, html, nothing} from 'lit';
import {playIcon} from './icons.js';
import {DiaruptPart} from './part.js';
import {buttonStyles, partStyles} from './styles.js';

/**
 * The AI's face and voice; a calm shape where there is no face (yet). Where the browser holds the
 * sound back, a button starts it.
 *
 * @customElement diarupt-player
 * @csspart stage - The box that the AI is shown in.
 * @csspart media - The video element, which plays the voice alone, too.
 */
export class DiaruptPlayer extends DiaruptPart {
  static override styles = [
    partStyles,
    buttonStyles,
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
        background: radial-gradient(
          circle at 50% 35%,
          color-mix(in oklab, var(--_accent) 45%, #0c0f16),
          #0c0f16 80%
        );
      }
      video {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        opacity: 0;
      }
      .seen video {
        opacity: 1;
      }
      .orb {
        inline-size: clamp(5rem, 34cqmin, 9rem);
        aspect-ratio: 1;
        border-radius: 50%;
        background: radial-gradient(
          circle at 35% 30%,
          color-mix(in oklab, var(--_accent) 25%, #fff),
          var(--_accent) 70%
        );
        box-shadow: 0 0 4rem color-mix(in srgb, var(--_accent) 60%, transparent);
        opacity: 0.75;
      }
      .connecting .orb,
      .reconnecting .orb,
      .open .orb {
        opacity: 1;
        /* Later than the handshake, which it would compete with. */
        animation: breathe 3s ease-in-out 0.5s infinite;
      }
      .seen .orb {
        opacity: 0;
      }
      button {
        position: absolute;
        inset-block-end: 1rem;
      }
      @keyframes breathe {
        50% {
          transform: scale(1.07);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .orb {
          animation: none !important;
        }
      }
    `,
  ];

  #media: HTMLVideoElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated) this.performUpdate(); // A start in this very task needs the player.
  }

  protected override render() {
    const {status, playbackBlocked} = this.interaction;
    const seen = status === 'open' && this.#media?.videoWidth;
    return html`
      <div part="stage" class="stage ${status} ${seen ? 'seen' : ''}">
        <div class="orb"></div>
        <video
          part="media"
          playsinline
          aria-label=${this.words.player}
          @resize=${() => this.requestUpdate()}
        ></video>
        ${
          playbackBlocked
            ? html`<button class="primary" @click=${() => this.actions?.resumePlayback()}>
                ${playIcon}<span>${this.words.playSound}</span>
              </button>`
            : nothing
        }
      </div>
    `;
  }

  /** One element for face and voice: a change between them takes it from no conversation. */
  protected override updated(): void {
    this.#media ??= this.renderRoot.querySelector('video');
    if (this.#media && this.actions) this.actions.player = this.#media;
  }
}
