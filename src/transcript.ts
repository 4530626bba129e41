export {
  exportTranscript,
  type ExportedLine,
  type Speakers,
  type TranscriptFormat,
} from './core/export-transcript.js';
