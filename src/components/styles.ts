import {css} from 'lit';

/** The colours, of which the page sets one: everything else follows from it, light and dark. */
export const tokenStyles = css`
  :host {
    --_accent: var(--diarupt-accent, #4f46e5);
    --_on-accent: var(--diarupt-on-accent, #fff);
    --_canvas: light-dark(#fff, #14161c);
    --_surface: light-dark(#f1f2f6, #262a33);
    --_accent-surface: light-dark(
      color-mix(in oklab, var(--_accent) 15%, #fff),
      color-mix(in oklab, var(--_accent) 45%, #14161c)
    );
    --_text: light-dark(#15171d, #f2f3f6);
    --_soft: light-dark(#5a6170, #a9b0be);
    --_line: light-dark(#e1e4ea, #2f343f);
    --_control-line: light-dark(#868d9b, #767e8d);
    --_danger: light-dark(#c4281c, #d1382c);
    --_danger-text: light-dark(#b3241a, #ff9a90);
    --_live: light-dark(#178a4c, #3ecf7f);
    --_accent-text: light-dark(
      color-mix(in oklab, var(--_accent) 75%, #000),
      color-mix(in oklab, var(--_accent) 30%, #fff)
    );
  }
`;

/**
 * What every part shares: the box model and the one focus ring. Words of another direction than the
 * page's end on their own side; of what is only heard, a copy keeps the space at its end.
 */
export const partStyles = css`
  :host {
    display: block;
    font: inherit;
    color: var(--_text);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
    unicode-bidi: plaintext;
  }
  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  svg {
    display: block;
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      scale: none !important;
    }
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: pre;
  }
`;

/** A button, at least 44 pixels high (WCAG 2.5.5) and whole in forced colours. */
export const buttonStyles = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.75rem;
    min-inline-size: 2.75rem;
    padding: 0.5em 1.1em;
    border: 1px solid transparent;
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    cursor: pointer;
  }
  button:has(> :only-child) {
    padding: 0.5em;
  }
  button:hover {
    background: color-mix(in srgb, var(--_text) 10%, var(--_surface));
  }
  button:active {
    background: color-mix(in srgb, var(--_text) 16%, var(--_surface));
  }
  button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, #000);
  }
  button.danger {
    background: var(--_danger);
    color: #fff;
  }
  button.danger:hover {
    background: color-mix(in srgb, var(--_danger) 88%, #000);
  }
  button[aria-checked='true'],
  button[aria-pressed='true'] {
    background: var(--_accent-surface);
    border-color: var(--_accent-text);
    color: var(--_accent-text);
  }
  button[aria-disabled='true'] {
    background: var(--_surface);
    color: var(--_soft);
    cursor: default;
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonBorder;
    }
    button:is([aria-checked='true'], [aria-pressed='true']) {
      forced-color-adjust: none;
      background: Highlight;
      border-color: Highlight;
      color: HighlightText;
    }
  }
`;
