import {css, html} from 'lit';
import {DiaruptPart} from './part.js';
import {partStyles} from './styles.js';
import {WORDS} from './words.js';

/**
 * Switches between hands-free, where the AI hears when the visitor has finished, and hands-on,
 * where the visitor says so.
 *
 * @customElement diarupt-mode-toggle
 * @csspart switch - The switch with its label.
 */
export class DiaruptModeToggle extends DiaruptPart {
  static override styles = [
    partStyles,
    css`
      button {
        display: inline-flex;
        align-items: center;
        gap: 0.6em;
        min-block-size: 2.75rem;
        padding: 0.25em 0.4em;
        border: 0;
        border-radius: 0.6em;
        background: none;
        color: inherit;
        font: inherit;
        font-weight: 500;
        cursor: pointer;
      }
      .track {
        inline-size: 2.5em;
        block-size: 1.5em;
        padding: 0.1875em;
        border: 1px solid var(--_control-line);
        border-radius: 999px;
        background: var(--_surface);
        transition: background-color 0.15s;
      }
      .thumb {
        display: block;
        inline-size: 1em;
        block-size: 1em;
        border-radius: 50%;
        background: var(--_soft);
        transition: margin 0.15s;
      }
      [aria-checked='true'] .track {
        border-color: var(--_accent);
        background: var(--_accent);
      }
      [aria-checked='true'] .thumb {
        margin-inline-start: 1em;
        background: var(--_on-accent);
      }
      @media (prefers-reduced-motion: reduce) {
        .track,
        .thumb {
          transition: none;
        }
      }
      @media (forced-colors: active) {
        .thumb {
          background: ButtonText;
        }
        [aria-checked='true'] .track {
          forced-color-adjust: none;
          background: Highlight;
        }
      }
    `,
  ];

  protected override render() {
    const handsOn = this.interaction.mode === 'hands-on';
    return html`
      <button
        part="switch"
        role="switch"
        aria-checked=${handsOn}
        title=${WORDS.handsOnHint}
        @click=${() => this.actions?.setMode(handsOn ? 'hands-free' : 'hands-on')}
      >
        <span class="track"><span class="thumb"></span></span>${WORDS.handsOn}
      </button>
    `;
  }
}
