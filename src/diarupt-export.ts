/** `exportTranscript(format)` on every element, for a page that has the single file. */
import type {DiaruptInteraction} from './components/diarupt-interaction.js';
import {exportTranscript, type Speakers, type TranscriptFormat} from './core/export-transcript.js';

interface Exporting extends DiaruptInteraction {
  /** The whole lines of its `transcript`, as text. */
  exportTranscript(format: TranscriptFormat, speakers?: Speakers): string;
}

void customElements.whenDefined('diarupt-interaction').then(element => {
  const {prototype} = element as unknown as {prototype: Exporting};
  prototype.exportTranscript = function (this: Exporting, format, speakers) {
    return exportTranscript(this.transcript, format, speakers);
  };
});
