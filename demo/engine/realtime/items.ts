import type {RealtimeEvent} from './events.js';

/** What one of them has said, as theirs are. */
export interface Item {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly status: 'in_progress' | 'completed' | 'incomplete';
  readonly content: readonly object[];
}

/** An item among the others. */
interface Entry {
  readonly item: Item;
  readonly previous: string | null;
}

/** The items of a conversation, in their order, and what the client is told of them. */
export class Items {
  readonly #emit: (event: RealtimeEvent) => void;
  readonly #entries = new Map<string, Entry>();

  constructor(emit: (event: RealtimeEvent) => void) {
    this.#emit = emit;
  }

  get last(): string | null {
    return [...this.#entries.keys()].at(-1) ?? null;
  }

  /** It comes after all others: whole, or yet to be said. */
  add(item: Item): void {
    const entry = {item, previous: this.last};
    this.#entries.set(item.id, entry);
    this.#tell('added', entry);
    if (item.status !== 'in_progress') this.#tell('done', entry);
  }

  /** Nothing more will be said in it. */
  finish(item: Item): void {
    this.#tell('done', this.#replace(item));
  }

  /** What was said in it has been understood, which is told otherwise. */
  understand(id: string, transcript: string): void {
    const item = this.#entries.get(id)?.item;
    if (item) this.#replace({...item, content: [{type: 'input_audio', transcript}]});
  }

  /** Tells it again. Whether there is one. */
  retrieve(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry) this.#emit({type: 'conversation.item.retrieved', item: written(entry.item)});
    return entry !== undefined;
  }

  /** Whether there was one. */
  delete(id: string): boolean {
    const had = this.#entries.delete(id);
    if (had) this.#emit({type: 'conversation.item.deleted', item_id: id});
    return had;
  }

  #replace(item: Item): Entry {
    const entry = {item, previous: this.#entries.get(item.id)?.previous ?? null};
    this.#entries.set(item.id, entry);
    return entry;
  }

  #tell(what: 'added' | 'done', {item, previous}: Entry): void {
    const type = `conversation.item.${what}`;
    this.#emit({type, previous_item_id: previous, item: written(item)});
  }
}

/** As it is sent. */
export function written(item: Item): object {
  return {object: 'realtime.item', type: 'message', ...item};
}
