import type {Transcript} from '../../events.js';
import {now} from '../../now.js';

/**
 * What the visitor says in one turn: a line that grows with all that is understood of it, however
 * many pieces it is understood in. What comes after the turn belongs to it until the bot answers.
 */
export class UserLine {
  readonly #tell: (line: Transcript) => void;
  #since: string | null = null;
  #said = '';
  #finals: string[] = [];
  #interim = '';
  #isInTurn = false;
  #isDropped = false;

  constructor(tell: (line: Transcript) => void) {
    this.#tell = tell;
  }

  /** The visitor begins to talk; what was understood by then may have been the sign of it. */
  begin(): void {
    if (this.#isInTurn) return;
    const wasUnderstoodBefore = this.#interim !== '';
    this.#isInTurn = true;
    this.#isDropped = false;
    if (!wasUnderstoodBefore) this.#renew();
  }

  hear(text: string, final: boolean): void {
    if (this.#isDropped) return;
    // A word that is not final is of speech that goes on: the line before is over.
    if (this.#since === null || (!this.#isInTurn && !final && this.#interim === '')) this.#renew();
    if (final) this.#finals.push(text);
    this.#interim = final ? '' : text;
    this.#say(final && !this.#isInTurn);
  }

  /** The visitor has fallen silent for good; a last word may still come. */
  end(): void {
    this.#isInTurn = this.#isDropped = false;
    if (this.#interim === '') this.#say(true);
  }

  /** What comes from then on is of the next turn. */
  close(): void {
    if (this.#isInTurn) return;
    if (this.#interim !== '') this.#say(true);
    this.#since = null;
  }

  /** Withdraws what has been understood, and what will be of this turn. */
  drop(): void {
    if (this.#since === null) return;
    this.#finals = [];
    this.#interim = '';
    this.#say(true);
    this.#isDropped = this.#isInTurn;
    this.#since = null;
  }

  #renew(): void {
    this.#since = new Date(now()).toISOString();
    this.#finals = [];
    this.#interim = this.#said = '';
  }

  #say(complete: boolean): void {
    if (this.#since === null) return;
    const content = [...this.#finals, this.#interim].join(' ').trim();
    const before = this.#said;
    const isNews = complete ? content + before !== '' : content !== '' && content !== before;
    if (!isNews) return;
    this.#said = content;
    this.#tell({timestamp: this.#since, role: 'user', content, complete});
  }
}
