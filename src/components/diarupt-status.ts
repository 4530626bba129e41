import {css, html, nothing} from 'lit';
import type {Hint} from './hearing.js';
import {DiaruptPart} from './part.js';
import {describe, troubleOf} from './words.js';

/**
 * What is going on, in words; an error with what to do about it. Announced as it changes.
 *
 * @customElement diarupt-status
 * @csspart status - The line.
 */
export class DiaruptStatus extends DiaruptPart {
  static override styles = [
    DiaruptPart.styles,
    css`
      p {
        margin: 0;
        text-align: center;
        text-wrap: balance;
        color: var(--_soft);
      }
      p::before {
        content: '';
        display: inline-block;
        inline-size: 0.6em;
        block-size: 0.6em;
        margin-inline-end: 0.6em;
        border-radius: 50%;
        background: var(--_control-line);
      }
      .connecting::before,
      .reconnecting::before {
        background: var(--_accent);
        animation: pulse 1.2s ease-in-out 0.5s infinite;
      }
      .open::before {
        background: var(--_live);
      }
      .error {
        color: var(--_danger-text);
      }
      .error::before {
        background: var(--_danger);
      }
      @keyframes pulse {
        50% {
          opacity: 0.3;
        }
      }
      @media (forced-colors: active) {
        p::before {
          background: CanvasText;
        }
      }
    `,
  ];

  protected override render() {
    const state = this.interaction;
    const trouble = troubleOf(state);
    const text = describe(state, this.words);
    const link = isKeptByFrame(trouble) ? this.#renderLink() : nothing;
    return html`
      <p part="status" role="status" class=${trouble ? 'error' : state.status}>${text}${link}</p>
    `;
  }

  #renderLink() {
    return html` <a href=${location.href} target="_blank">${this.words.newTab}</a>`;
  }
}

/** Whether the page may have the microphone where no other is around it: Firefox tells no reason. */
function isKeptByFrame(trouble: Hint | undefined): boolean {
  return top !== self && (trouble === 'blocked-by-policy' || trouble === 'microphone-denied');
}
