import type {ConversationMessages, Transcript} from '../messages.js';
import {newId, type RealtimeEvent} from './events.js';

/** An item of the visitor's, and what is known of it. */
interface Heard {
  readonly id: string;
  isCommitted: boolean;
}

/** What the assistant says just now. */
interface Response {
  readonly id: string;
  readonly itemId: string;
  content: string;
}

/**
 * Tells in the events of OpenAI Realtime what happens in a conversation. As theirs does, it knows what
 * the visitor has said only when the answer is under way.
 */
export class Narrator {
  readonly #emit: (event: RealtimeEvent) => void;
  #lastItem: string | null = null;
  /** What the visitor says in the turn that there is: an item for each time that they talk. */
  #heard: Heard[] = [];
  #isTalking = false;
  #understood: (() => void) | undefined;
  #response: Response | undefined;

  constructor(emit: (event: RealtimeEvent) => void) {
    this.#emit = emit;
  }

  get isResponding(): boolean {
    return this.#response !== undefined;
  }

  get isTalking(): boolean {
    return this.#isTalking;
  }

  /** Whether that item is of the turn that there is. */
  has(id: unknown): boolean {
    return this.#heard.some(item => item.id === id);
  }

  /** Whether any of the turn is in the conversation already. */
  get hasCommitted(): boolean {
    return this.#heard.some(item => item.isCommitted);
  }

  speechStarted(): void {
    this.#isTalking = true;
    const item = {id: newId('item'), isCommitted: false};
    this.#heard.push(item);
    this.#emit({type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: item.id});
  }

  speechStopped(): void {
    if (!this.#isTalking) return;
    this.#isTalking = false;
    const {id} = this.#heard.at(-1) ?? {};
    this.#emit({type: 'input_audio_buffer.speech_stopped', audio_end_ms: 0, item_id: id});
    this.commit();
  }

  /** What is being said becomes an item of the conversation. Whether there was any. */
  commit(): boolean {
    const item = this.#heard.at(-1);
    if (!item || item.isCommitted) return false;
    item.isCommitted = true;
    this.#emit({
      type: 'input_audio_buffer.committed',
      item_id: item.id,
      previous_item_id: this.#lastItem,
    });
    this.addItem({id: item.id, type: 'message', role: 'user', content: [{type: 'input_audio'}]});
    return true;
  }

  addItem(item: {readonly id: string; readonly [name: string]: unknown}): void {
    const previous_item_id = this.#lastItem;
    this.#lastItem = item.id;
    this.#emit({type: 'conversation.item.added', previous_item_id, item});
    this.#emit({type: 'conversation.item.done', previous_item_id, item});
  }

  /** The turn is nobody's any more. */
  forget(): void {
    this.#heard = [];
    this.#isTalking = false;
  }

  tell<Event extends keyof ConversationMessages>(
    name: Event,
    data: ConversationMessages[Event],
  ): void {
    if (name !== 'transcript') return;
    const line = data as Transcript;
    if (line.role === 'assistant') this.#say(line);
    else if (line.complete) this.#understand(line.content);
  }

  #understand(transcript: string): void {
    this.#understood?.();
    if (this.#heard.length === 0 && transcript === '') return;
    if (this.#heard.length === 0) this.#heard.push({id: newId('item'), isCommitted: false});
    this.commit();
    const items = this.#heard;
    this.forget();
    this.#understood = () => {
      this.#understood = undefined;
      for (const [at, {id}] of items.entries()) {
        const text = at === 0 ? transcript : '';
        const type = 'conversation.item.input_audio_transcription';
        if (text) this.#emit({type: `${type}.delta`, item_id: id, content_index: 0, delta: text});
        this.#emit({type: `${type}.completed`, item_id: id, content_index: 0, transcript: text});
      }
    };
  }

  #say({content, complete}: Transcript): void {
    const response = (this.#response ??= this.#begin());
    const of = {response_id: response.id, item_id: response.itemId, output_index: 0};
    const part = {...of, content_index: 0};
    const type = 'response.output_audio_transcript';
    const delta = content.slice(response.content.length);
    response.content = content;
    if (delta) this.#emit({type: `${type}.delta`, ...part, delta});
    this.#understood?.();
    if (!complete) return;
    this.#emit({type: `${type}.done`, ...part, transcript: content});
    this.#response = undefined;
    this.#emit({type: 'response.done', response: {id: response.id, status: 'completed'}});
    this.#emit({type: 'output_audio_buffer.stopped', response_id: response.id});
  }

  #begin(): Response {
    const id = newId('resp');
    const itemId = newId('item');
    const item = {id: itemId, type: 'message', role: 'assistant', content: []};
    this.#emit({type: 'response.created', response: {id, status: 'in_progress', output: []}});
    this.#emit({type: 'response.output_item.added', response_id: id, output_index: 0, item});
    this.addItem(item);
    this.#emit({type: 'output_audio_buffer.started', response_id: id});
    return {id, itemId, content: ''};
  }
}
