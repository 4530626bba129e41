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
import {define} from './define.js';

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

/** What has a file of its own names itself there. */
type Tag = Exclude<Extract<keyof HTMLElementTagNameMap, `diarupt-${string}`>, 'diarupt-devices'>;

/** The first is the others' context: it is defined before. */
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
} satisfies Record<Tag, unknown>;

// In a page the first file wins, whole.
const first = globalThis.customElements?.get('diarupt-interaction') as
  typeof DiaruptInteraction | undefined;
if (!first) define(ELEMENTS);
else if (first.version !== DiaruptInteraction.version) {
  console.warn(
    `diarupt ${first.version} is there already: ${DiaruptInteraction.version} is not used`,
  );
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
export type {DiaruptInteractionEventMap} from './components/interaction-events.js';
export type {Language, Words} from './components/words.js';
