import {html, nothing} from 'lit';
import {talkIcon} from './icons.js';
import type {PageWords} from './language.js';

/** The parts as they are laid out where the page does not do it. */
export function renderLayout(hasTextInput: boolean) {
  return html`
    <div part="layout" class="layout">
      <div class="stage"><diarupt-player></diarupt-player></div>
      <div class="controls">
        <diarupt-status></diarupt-status>
        <diarupt-response-button></diarupt-response-button>
        <div class="buttons">
          <diarupt-mic-button></diarupt-mic-button>
          <diarupt-captions-button></diarupt-captions-button>
          <diarupt-devices></diarupt-devices>
          <diarupt-call-button></diarupt-call-button>
          <diarupt-mode-toggle></diarupt-mode-toggle>
        </div>
      </div>
      <div class="words">
        <diarupt-transcript></diarupt-transcript>
        ${hasTextInput ? html`<diarupt-text-input></diarupt-text-input>` : nothing}
      </div>
    </div>
  `;
}

/** The question for consent, in the page's own words. */
export function renderConsent(words: PageWords, agree: () => Promise<void>, disagree: () => void) {
  return html`
    <section
      part="consent"
      class="consent"
      tabindex="-1"
      lang=${words.lang}
      aria-label=${words.consent}
    >
      <slot name="consent" lang=${words.pageLang}></slot>
      <div class="buttons">
        <button class="primary" @click=${agree}>${words.agree}</button>
        <button @click=${disagree}>${words.disagree}</button>
      </div>
    </section>
  `;
}

/** The button of the floating layout. */
export function renderLauncher(
  words: PageWords,
  isLive: boolean,
  isExpanded: boolean,
  toggle: () => void,
) {
  return html`
    <button
      part="launcher"
      class="launcher ${isLive ? 'live' : ''}"
      lang=${words.lang}
      aria-label=${words.launcher}
      aria-expanded=${isExpanded}
      @click=${toggle}
    >
      ${talkIcon}
    </button>
  `;
}
