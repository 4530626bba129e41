import {css} from 'lit';

/**
 * The default layout in whatever box it gets, in a corner of the window, or as a bar. The mode toggle
 * has a row of its own, so that no label of the call button moves it. A bar shows no transcript, and
 * announces it all the same.
 */
export const layoutStyles = css`
  :host {
    container: diarupt-interaction / inline-size;
    font:
      1rem/1.5 system-ui,
      sans-serif;
  }
  :host([hidden]),
  [hidden],
  :not(:defined) {
    display: none !important;
  }
  .panel,
  .content {
    display: contents;
  }
  .layout,
  .consent {
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--diarupt-radius, 1.25rem);
    background: var(--_canvas);
  }
  .layout {
    display: grid;
    grid-template: 'stage' 'controls' 'words' / minmax(0, 1fr);
  }
  .consent {
    padding: 1.25rem;
    outline-offset: -4px;
  }
  .stage {
    grid-area: stage;
    aspect-ratio: 4 / 3;
    max-block-size: 24rem;
    inline-size: 100%;
    container-type: size;
    --_stage-size: 100%;
  }
  .controls {
    grid-area: controls;
    display: grid;
    gap: 0.75rem;
    padding: 1rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0.5rem 0.75rem;
  }
  .consent .buttons {
    margin-block-start: 1rem;
  }
  .words {
    grid-area: words;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    border-block-start: 1px solid var(--_line);
  }
  :host(:not([layout='bar'])) diarupt-transcript {
    flex: 1 1 16rem;
  }
  diarupt-text-input {
    border-block-start: 1px solid var(--_line);
  }
  diarupt-mode-toggle {
    flex-basis: 100%;
    text-align: center;
  }
  @container diarupt-interaction (inline-size >= 44rem) {
    :host(:not([layout])) .layout {
      grid-template:
        'stage words' minmax(0, 1fr) 'controls words' auto / minmax(18rem, 26rem)
        minmax(0, 1fr);
      block-size: 32rem;
    }
    :host(:not([layout])) .stage {
      aspect-ratio: auto;
      max-block-size: none;
    }
    :host(:not([layout])) .words {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
    }
  }
  :host([layout='bar']) .layout {
    grid-template: 'stage controls' 'words words' / 5.5rem minmax(0, 1fr);
  }
  :host([layout='bar'][captions]) .layout {
    grid-template: 'stage' 8rem 'controls' 'words' / minmax(0, 1fr);
  }
  @container diarupt-interaction (inline-size < 20rem) {
    :host([layout='bar']) .layout {
      grid-template-columns: 0 minmax(0, 1fr);
    }
  }
  :host([layout='bar']) .stage {
    aspect-ratio: auto;
    block-size: 100%;
    --_stage-size: 0;
  }
  :host([layout='bar']) .controls {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
  }
  :host([layout='bar']) :is(diarupt-status, diarupt-response-button) {
    flex: 1 1 12rem;
  }
  :host([layout='bar']) diarupt-mode-toggle {
    flex-basis: auto;
  }
  :host([layout='bar']) diarupt-transcript::part(transcript) {
    display: none;
  }
  :host([layout='floating']) {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    inline-size: min(24rem, 100vw - 2rem);
    display: flex;
    flex-direction: column-reverse;
    align-items: flex-end;
    gap: 0.75rem;
    pointer-events: none;
  }
  :host([layout='floating']) :is(.panel, .launcher) {
    pointer-events: auto;
  }
  :host([layout='floating']) :is(.panel, .layout) {
    max-block-size: calc(100dvh - 6.5rem);
    overflow: auto;
  }
  :host([layout='floating']) .panel {
    display: block;
    inline-size: 100%;
    border-radius: var(--diarupt-radius, 1.25rem);
    box-shadow: 0 0.5rem 2.5rem #0005;
  }
  :host([layout='floating']) .stage {
    max-block-size: 30dvh;
  }
  :host([layout='floating']) .layout {
    grid-template-rows: auto auto minmax(11rem, 1fr);
  }
  button.launcher {
    position: relative;
    padding: 0.9rem;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 0.25rem 1rem #0005;
  }
  .launcher svg {
    inline-size: 1.6rem;
    block-size: 1.6rem;
  }
  .launcher.live::after {
    content: '';
    position: absolute;
    inset: 0 0 auto auto;
    inline-size: 0.9rem;
    block-size: 0.9rem;
    border: 2px solid var(--_canvas);
    border-radius: 50%;
    background: var(--_live);
  }
`;
