import {css} from './kit.js';

/** The menu next to its button; in the middle of the window where a browser cannot place it so. */
export const deviceStyles = css`
  [part='button'] {
    anchor-name: --devices;
  }
  [part='menu'] {
    inline-size: min(20rem, 100vw - 1rem);
    max-block-size: calc(100dvh - 1rem);
    padding: 1rem;
    border: 1px solid var(--_line);
    border-radius: 1rem;
    background: var(--_canvas);
    color: var(--_text);
    box-shadow: 0 0.5rem 2.5rem #0005;
  }
  @supports (position-area: block-start) {
    [part='menu'] {
      inset: auto;
      margin: 0.5rem;
      position-anchor: --devices;
      position-area: block-start;
      position-try-fallbacks: flip-block;
    }
  }
  [part='menu']:popover-open {
    display: grid;
    gap: 1rem;
  }
  label {
    display: grid;
    gap: 0.25rem;
    font-weight: 600;
  }
  select,
  input {
    inline-size: 100%;
    min-block-size: 2.75rem;
    margin: 0;
    accent-color: var(--_accent-text);
    font: inherit;
    font-weight: 400;
  }
  select {
    padding-inline: 0.5em;
    border: 1px solid var(--_control-line);
    border-radius: 0.5rem;
    background: var(--_canvas);
    color: inherit;
  }
  select:disabled {
    color: var(--_soft);
  }
  p {
    margin: 0;
    color: var(--_soft);
  }
  [role='alert'] {
    color: var(--_danger-text);
  }
  [role='alert']:empty {
    display: none;
  }
`;
