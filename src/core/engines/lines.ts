import type {Transcript} from '../events.js';
import {now} from '../now.js';

type Role = Transcript['role'];

/** What has been understood, or said, of an item of the conversation. */
interface Part {
  text: string;
  isWhole: boolean;
}

/** What one of them says at a stretch: one item, or all of a turn in which there were pauses. */
interface Line {
  readonly role: Role;
  /** Milliseconds. */
  begun: number;
  readonly parts: Map<string, Part>;
  /** Nothing more will be said in it. */
  isClosed: boolean;
  /** What has been told of it last. */
  told: string;
}

/**
 * The lines of a conversation, in its order: a visitor's may be understood when the answer is under
 * way, and still comes before it.
 */
export class Lines {
  readonly #tell: (line: Transcript) => void;
  readonly #byItem = new Map<string, Line>();
  /** Those that are not whole yet, or are not told to be. */
  readonly #pending = new Set<Line>();
  /** The visitor's, while more may be said in it. */
  #open: Line | undefined;
  #latest = 0;

  constructor(tell: (line: Transcript) => void) {
    this.#tell = tell;
  }

  /** The visitor begins to say that, in the line that is open, or in one of its own. */
  begin(item: string): void {
    if (!this.#byItem.has(item)) this.#open = this.#add('user', item, this.#open);
  }

  /** It has come after that other one. */
  place(item: string, previous: string): void {
    this.begin(item);
    const line = this.#byItem.get(item);
    const before = this.#byItem.get(previous)?.begun ?? 0;
    if (line?.told === '' && before >= line.begun) line.begun = this.#latest = before + 1;
  }

  /** More has been understood of what the visitor has said, or all of it. */
  hear(item: string, text: string, isWhole: boolean): void {
    this.#grow(item, text, isWhole);
  }

  /** That is now understood of it, whatever was before. */
  understand(item: string, text: string, isWhole: boolean): void {
    this.#grow(item, text, isWhole, true);
  }

  /** The AI says more of it, or has said all of it. */
  speak(item: string, text: string, isWhole: boolean): void {
    if (!this.#byItem.has(item)) this.#add('assistant', item).isClosed = true;
    this.#grow(item, text, isWhole);
  }

  /** The visitor has typed that. */
  type(item: string, text: string): void {
    if (this.#byItem.has(item)) return;
    this.#add('user', item).isClosed = true;
    this.#grow(item, text, true);
  }

  /** The visitor's line is over. */
  close(): void {
    if (this.#open) this.#open.isClosed = true;
    this.#open = undefined;
    this.#tellPending();
  }

  /** What the visitor has said in it does not count. The items that there were of it. */
  drop(): readonly string[] {
    const line = this.#open;
    this.#open = undefined;
    if (!line) return [];
    this.#pending.delete(line);
    if (line.told !== '') this.#tellAs(line, '', true);
    return [...line.parts.keys()];
  }

  /** They say no more of what they have been told to say, whether it is all that they were about to, or not. */
  settle(who: Role = 'assistant'): void {
    for (const {role, parts, told} of this.#pending) {
      if (role !== who || (role === 'user' && told === '')) continue;
      for (const part of parts.values()) part.isWhole = true;
    }
    this.#tellPending();
  }

  #add(role: Role, item: string, known?: Line): Line {
    this.#latest = known ? this.#latest : Math.max(this.#latest + 1, now());
    const line = known ?? {role, begun: this.#latest, parts: new Map(), isClosed: false, told: ''};
    line.parts.set(item, {text: '', isWhole: false});
    this.#byItem.set(item, line);
    this.#pending.add(line);
    return line;
  }

  #grow(item: string, text: string, isWhole: boolean, isAll = isWhole): void {
    const line = this.#byItem.get(item);
    const part = line?.parts.get(item);
    if (!line || !part || part.isWhole || !this.#pending.has(line)) return;
    part.text = isAll ? text : part.text + text;
    part.isWhole = isWhole;
    this.#tellPending();
  }

  /** A line waits where another of that party, told before, is not whole: it would be taken for it. */
  #tellPending(): void {
    const unfinished = new Set<Role>();
    for (const line of this.#pending) {
      const parts = [...line.parts.values()];
      const isWhole = line.isClosed && parts.every(part => part.isWhole);
      const content = parts
        .map(({text}) => text.trim())
        .join(' ')
        .trim();
      if (line.told === '' && unfinished.has(line.role)) continue;
      if (isWhole) this.#pending.delete(line);
      else if (line.told || content) unfinished.add(line.role);
      if (isWhole ? line.told || content : content !== line.told) {
        this.#tellAs(line, content, isWhole);
      }
    }
  }

  #tellAs(line: Line, content: string, complete: boolean): void {
    const {role, begun} = line;
    line.told = content;
    this.#tell(Object.freeze({timestamp: new Date(begun).toISOString(), role, content, complete}));
  }
}
