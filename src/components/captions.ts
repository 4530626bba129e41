import {toCueText} from '../core/cue-text.js';
import type {InteractionState} from '../core/state.js';
import type {TranscriptLine} from '../core/transcript.js';

/** Rows of whole words, as long as fits a small picture; what has no spaces is cut. */
const ROWS = /\S.{0,31}(?=\s|$)|\S{32}/gu;
/** Seconds that a whole line stays, and one that grows. */
const STAY = 4;
const FOREVER = 1e9;

/** Where it is kept whether captions are wanted. */
interface Wish {
  captions: boolean;
}

/**
 * What the AI says as a text track of its player. The browser draws it: in full screen and picture in
 * picture as well, and as the visitor has set captions to look. One cue has the last two rows of the
 * AI's last line, of which only the last changes as that grows.
 */
export class Captions {
  readonly #media: HTMLMediaElement;
  readonly #track: TextTrack;
  readonly #cue = new VTTCue(0, 0, '');
  #isShown = false;
  #line: TranscriptLine | undefined;

  constructor(media: HTMLMediaElement, label: string, wish: Wish) {
    this.#media = media;
    this.#track = media.addTextTrack('captions', label);
    this.#track.mode = 'disabled';
    this.#track.addCue(this.#cue);
    // The visitor has chosen in the browser's own menu, where it is not as it was set.
    media.textTracks.onchange = () => {
      const isShown = this.#track.mode === 'showing';
      if (isShown !== this.#isShown) wish.captions = isShown;
    };
  }

  /**
   * Shows them where they are wanted, and where the sound is held back: then it plays without, since
   * what does not play has no captions.
   */
  update({status, transcript, playbackBlocked}: InteractionState, {captions}: Wish): void {
    const isShown = captions || playbackBlocked;
    if (isShown !== this.#isShown) this.#track.mode = isShown ? 'showing' : 'disabled';
    this.#isShown = isShown;
    if (this.#media.muted !== playbackBlocked) {
      this.#media.muted = playbackBlocked;
      if (playbackBlocked) this.#media.play().catch(() => {});
    }

    const isAnswer = ({role}: TranscriptLine) => role === 'assistant';
    const line = isShown && status === 'open' ? transcript.findLast(isAnswer) : undefined;
    if (line === this.#line) return;
    this.#line = line;
    this.#cue.text = toCueText(line?.content.match(ROWS)?.slice(-2).join('\n') ?? '');
    this.#cue.endTime = !line ? 0 : line.complete ? this.#media.currentTime + STAY : FOREVER;
  }
}
