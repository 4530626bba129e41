import {DiaruptCallButton} from './components/diarupt-call-button.js';
import {DiaruptCaptionsButton} from './components/diarupt-captions-button.js';
import {DiaruptInteraction} from './components/diarupt-interaction.js';
import {DiaruptMicButton} from './components/diarupt-mic-button.js';
import {DiaruptModeToggle} from './components/diarupt-mode-toggle.js';
import {DiaruptPlayer} from './components/diarupt-player.js';
import {DiaruptResponseButton} from './components/diarupt-response-button.js';
import {DiaruptStatus} from './components/diarupt-status.js';
import {DiaruptTextInput} from './components/diarupt-text-input.js';
import {DiaruptTranscript} from './components/diarupt-transcript.js';

/** The one place that names elements. The first is the others' context: it is defined before. */
const ELEMENTS = {
  'diarupt-interaction': DiaruptInteraction,
  'diarupt-player': DiaruptPlayer,
  'diarupt-call-button': DiaruptCallButton,
  'diarupt-mic-button': DiaruptMicButton,
  'diarupt-captions-button': DiaruptCaptionsButton,
  'diarupt-response-button': DiaruptResponseButton,
  'diarupt-mode-toggle': DiaruptModeToggle,
  'diarupt-status': DiaruptStatus,
  'diarupt-text-input': DiaruptTextInput,
  'diarupt-transcript': DiaruptTranscript,
} satisfies Record<Extract<keyof HTMLElementTagNameMap, `diarupt-${string}`>, unknown>;

declare global {
  interface HTMLElementTagNameMap {
    'diarupt-interaction': DiaruptInteraction;
    'diarupt-player': DiaruptPlayer;
    'diarupt-call-button': DiaruptCallButton;
    'diarupt-mic-button': DiaruptMicButton;
    'diarupt-captions-button': DiaruptCaptionsButton;
    'diarupt-response-button': DiaruptResponseButton;
    'diarupt-mode-toggle': DiaruptModeToggle;
    'diarupt-status': DiaruptStatus;
    'diarupt-text-input': DiaruptTextInput;
    'diarupt-transcript': DiaruptTranscript;
  }
}

// A page may have the file twice, and a server has no elements to define.
for (const [tag, element] of Object.entries(ELEMENTS)) {
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}

export {
  DiaruptCallButton,
  DiaruptCaptionsButton,
  DiaruptInteraction,
  DiaruptMicButton,
  DiaruptModeToggle,
  DiaruptPlayer,
  DiaruptResponseButton,
  DiaruptStatus,
  DiaruptTextInput,
  DiaruptTranscript,
};
export type {DiaruptInteractionEventMap} from './components/diarupt-interaction.js';
export type {Words} from './components/words.js';
