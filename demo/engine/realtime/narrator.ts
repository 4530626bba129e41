import type {ConversationMessages, Transcript} from '../messages.js';
import {newId, type RealtimeEvent} from './events.js';
import {Items, written, type Item} from './items.js';

/** An item of the visitor's, and what is known of it. */
interface Heard {
  readonly id: string;
  isCommitted: boolean;
}

/** Why a response was not said to its end. */
type Cut = 'client_cancelled' | 'turn_detected';

/** What the assistant says just now. */
interface Response {
  readonly id: string;
  readonly item: Item;
  readonly begunAt: number;
  content: string;
  cut: Cut | undefined;
}

/**
 * Tells in the events of OpenAI Realtime what happens in a conversation. As theirs does, it knows what
 * the visitor has said only when the answer is under way.
 */
export class Narrator {
  readonly items: Items;
  readonly #emit: (event: RealtimeEvent) => void;
  readonly #begunAt = performance.now();
  /** What the visitor says in the turn that there is: an item for each time that they talk. */
  #heard: Heard[] = [];
  #isTalking = false;
  #understood: (() => void) | undefined;
  #response: Response | undefined;

  constructor(emit: (event: RealtimeEvent) => void) {
    this.#emit = emit;
    this.items = new Items(emit);
  }

  get isResponding(): boolean {
    return this.#response !== undefined;
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
    const type = 'input_audio_buffer.speech_started';
    this.#emit({type, audio_start_ms: millisecondsSince(this.#begunAt), item_id: item.id});
  }

  speechStopped(): void {
    if (!this.#isTalking) return;
    this.#isTalking = false;
    const {id} = this.#heard.at(-1) ?? {};
    const type = 'input_audio_buffer.speech_stopped';
    this.#emit({type, audio_end_ms: millisecondsSince(this.#begunAt), item_id: id});
    this.commit();
  }

  /** What is being said becomes an item of the conversation. Whether there was any. */
  commit(): boolean {
    const item = this.#heard.at(-1);
    if (!item || item.isCommitted) return false;
    item.isCommitted = true;
    const type = 'input_audio_buffer.committed';
    this.#emit({type, item_id: item.id, previous_item_id: this.items.last});
    const content = [{type: 'input_audio', transcript: null}];
    this.items.add({id: item.id, role: 'user', status: 'completed', content});
    return true;
  }

  /** The turn is nobody's any more. */
  forget(): void {
    this.#heard = [];
    this.#isTalking = false;
  }

  /** The client wants no more of what is being said. */
  cut(): void {
    if (this.#response) this.#response.cut = 'client_cancelled';
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
        this.items.understand(id, text);
        if (text) this.#emit({type: `${type}.delta`, item_id: id, content_index: 0, delta: text});
        this.#emit({type: `${type}.completed`, item_id: id, content_index: 0, transcript: text});
      }
    };
  }

  #say({content, complete}: Transcript): void {
    const response = (this.#response ??= this.#begin());
    const delta = content.slice(response.content.length);
    response.content = content;
    const type = 'response.output_audio_transcript.delta';
    if (delta) this.#emit({type, ...placeOf(response), delta});
    this.#understood?.();
    if (!complete) return;
    if (this.#isTalking) response.cut ??= 'turn_detected';
    this.#response = undefined;
    this.#end(response);
  }

  #begin(): Response {
    const id = newId('resp');
    const item = {
      id: newId('item'),
      role: 'assistant',
      status: 'in_progress',
      content: [],
    } as const;
    const response = {id, item, begunAt: performance.now(), content: '', cut: undefined};
    const part = {type: 'audio', transcript: ''};
    this.#emit({type: 'response.created', response: this.#status(id, item)});
    this.#emit({type: 'response.output_item.added', ...indexOf(response), item: written(item)});
    this.items.add(item);
    this.#emit({type: 'response.content_part.added', ...placeOf(response), part});
    this.#emit({type: 'output_audio_buffer.started', response_id: id});
    return response;
  }

  #end(response: Response): void {
    const {id, content: transcript, cut} = response;
    const content = [{type: 'output_audio', transcript}];
    const item = {...response.item, content, status: cut ? 'incomplete' : 'completed'} as const;
    const place = placeOf(response);
    this.#emit({type: 'response.output_audio.done', ...place});
    this.#emit({type: 'response.output_audio_transcript.done', ...place, transcript});
    const part = {type: 'audio', transcript};
    this.#emit({type: 'response.content_part.done', ...place, part});
    this.items.finish(item);
    this.#emit({type: 'response.output_item.done', ...indexOf(response), item: written(item)});
    this.#emit({type: 'response.done', response: this.#status(id, item, cut)});
    this.#emit({type: `output_audio_buffer.${cut ? 'cleared' : 'stopped'}`, response_id: id});
    if (!cut) return;
    const audio_end_ms = millisecondsSince(response.begunAt);
    const type = 'conversation.item.truncated';
    this.#emit({type, item_id: item.id, content_index: 0, audio_end_ms});
  }

  #status(id: string, item: Item, cut?: Cut): object {
    const isOver = item.status !== 'in_progress';
    return {
      object: 'realtime.response',
      id,
      status: cut ? 'cancelled' : item.status,
      status_details: cut ? {type: 'cancelled', reason: cut} : null,
      output: isOver ? [written(item)] : [],
      usage: null,
    };
  }
}

function indexOf({id}: Response): {response_id: string; output_index: number} {
  return {response_id: id, output_index: 0};
}

function placeOf(response: Response) {
  return {...indexOf(response), item_id: response.item.id, content_index: 0};
}

function millisecondsSince(time: number): number {
  return Math.round(performance.now() - time);
}
