import type {Transcript} from '../../events.js';
import {now} from '../../now.js';
import {fields, text} from '../../protocol.js';

/** A sentence, as a rule. */
interface Segment {
  readonly text: string;
  /** How far it has been spoken, where that is told word by word. */
  readonly spoken: string | null;
  readonly isOver: boolean;
  readonly isSilent: boolean;
}

/**
 * What the bot answers: a line of segments, each in it from when it begins to be spoken. Where words are
 * told as they are spoken, it grows by words.
 */
export class BotLine {
  readonly #tell: (line: Transcript) => void;
  #since: string | null = null;
  #said = '';
  #segments = new Map<unknown, Segment>();
  /** What has been cut off may still be told of. */
  #cut: ReadonlyMap<unknown, Segment> = new Map();
  #countsWords = false;

  constructor(tell: (line: Transcript) => void) {
    this.#tell = tell;
  }

  /** Whether nothing of it is for speaking: no voice will tell when it is over. */
  get isSilent(): boolean {
    return [...this.#segments.values()].every(({isSilent}) => isSilent);
  }

  /** A `bot-output`. Bots that speak RTVI 1 tell what they will speak, and again when it is spoken. */
  add(output: Record<string, unknown>): void {
    const {segment_id, spoken, spoken_status, spoken_progress, will_be_spoken} = output;
    if ((spoken_status === undefined && spoken !== true) || this.#cut.has(segment_id)) return;
    // The first word may be told before its sentence is.
    if (spoken_status === 'new' && this.#segments.has(segment_id)) return;
    const isProgress = spoken_status === 'in-progress';
    this.#countsWords ||= isProgress;
    this.#since ??= new Date(now()).toISOString();
    this.#segments.set(segment_id ?? this.#segments.size, {
      text: text(output.text).trim(),
      spoken: isProgress ? text(fields(spoken_progress).accumulated_text).trim() : null,
      isOver: spoken_status === undefined || spoken_status === 'completed',
      isSilent: will_be_spoken === false,
    });
    this.#say(false);
  }

  /** All of it has been said. */
  end(): void {
    this.#say(true);
    this.#since = null;
    this.#said = '';
    this.#segments.clear();
  }

  /** It has been cut off: of what was to follow, nothing is left. */
  cut(): void {
    const segments = [...(this.#cut = new Map(this.#segments))];
    const current = segments.findIndex(([, {isOver, isSilent}]) => !isOver && !isSilent);
    if (current >= 0) this.#segments = new Map(segments.slice(0, current + 1));
    this.end();
  }

  #say(complete: boolean): void {
    if (this.#since === null) return;
    const content = [...this.#segments.values()]
      .map(segment => this.#visible(segment))
      .filter(said => said !== '')
      .join(' ');
    const before = this.#said;
    const isNews = complete ? content + before !== '' : content !== '' && content !== before;
    if (!isNews) return;
    this.#said = content;
    this.#tell({timestamp: this.#since, role: 'assistant', content, complete});
  }

  #visible({spoken, isOver, isSilent, ...segment}: Segment): string {
    if (isOver || isSilent) return segment.text;
    return spoken ?? (this.#countsWords ? '' : segment.text);
  }
}
