import {css} from 'lit';

/** What every part shares: the box model and the one focus ring. */
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
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
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
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
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
  button[aria-disabled='true'] {
    background: var(--_surface);
    color: var(--_soft);
    cursor: default;
  }
  @media (forced-colors: active) {
    button {
      border-color: ButtonBorder;
    }
  }
`;
