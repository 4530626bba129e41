import {Conversation} from '../conversation.js';
import type {ConversationMessages} from '../messages.js';
import {peers, type RemotePeer} from '../peers.js';
import {Speaker} from '../speaker.js';
import type {Ear, EarListener, HistoryLine, Speech} from '../speech/types.js';
import {
  answersByItself,
  newId,
  parseEvent,
  writtenItem,
  type RealtimeEvent,
  type WrittenItem,
} from './events.js';
import {Narrator} from './narrator.js';

/** Waits for the visitor to speak first, as their models do. */
const PROFILE = 'quiet-guide';

/**
 * A visitor's call, as OpenAI Realtime has it: the same conversation as any other, told otherwise. It
 * is nobody's session: when it ends, all of it is gone.
 */
export class Call {
  readonly id = newId('rtc');
  readonly #session: Record<string, unknown>;
  readonly #life = new AbortController();
  readonly #speaker = new Speaker();
  readonly #history: HistoryLine[] = [];
  readonly #narrator = new Narrator(event => this.#emit(event));
  readonly #peer: RemotePeer;
  readonly #conversation: Conversation;
  /** Settles when nothing is left of it. */
  readonly ended: Promise<void>;
  #isOpen = false;
  /** What the client has written last, and nothing has answered. */
  #written: WrittenItem | undefined;
  #isTyped = false;

  constructor(session: Record<string, unknown>, speech: Speech) {
    const {signal} = this.#life;
    this.#session = session;
    let closed = () => {};
    this.ended = new Promise(resolve => (closed = resolve));
    this.#peer = peers.open({
      opened: () => this.#open(),
      received: frame => this.#receive(frame),
      heard: samples => this.#conversation.hear(samples),
      channelClosed: () => void this.close(),
      lost: () => void this.close(),
      closed,
    });
    this.#conversation = new Conversation(
      {
        speech: {
          voice: speech.voice,
          mind: profile => speech.mind(profile),
          ear: listener => this.#openEar(speech, listener),
          close: () => Promise.resolve(),
        },
        profile: PROFILE,
        history: this.#history,
        isRepeated: () => false,
        speaker: this.#speaker,
        send: (name, data) => this.#tell(name, data),
        fail: error => this.#fail(error),
      },
      signal,
    );
  }

  /** Answers the client's offer; rejects where it cannot be understood. */
  accept(offer: string): Promise<string> {
    return this.#peer.accept(offer, true);
  }

  /** Settles when everything has been released. */
  close(): Promise<void> {
    if (!this.#life.signal.aborted) {
      this.#life.abort();
      void this.#peer.close(true);
    }
    return this.ended;
  }

  #open(): void {
    if (this.#life.signal.aborted) return;
    this.#isOpen = true;
    this.#speaker.start(frame => void this.#peer.speak(frame), this.#life.signal);
    this.#emit({type: 'session.created', session: this.#session});
    this.#configure(this.#session);
  }

  /** Told of voices before the conversation is, which may answer at once. */
  #openEar(speech: Speech, listener: EarListener): Promise<Ear> {
    return speech.ear({
      speechStarted: () => {
        this.#narrator.speechStarted();
        listener.speechStarted();
      },
      words: text => listener.words(text),
      speechStopped: () => {
        this.#narrator.speechStopped();
        listener.speechStopped();
      },
    });
  }

  #tell<Event extends keyof ConversationMessages>(
    name: Event,
    data: ConversationMessages[Event],
  ): void {
    if (!this.#isTyped) this.#narrator.tell(name, data);
  }

  #receive(frame: unknown): void {
    const event = parseEvent(frame);
    if (!event || this.#life.signal.aborted) return;
    const written = this.#written;
    if (!/^(response|output_audio_buffer)\./.test(event.type)) this.#rememberWritten();
    switch (event.type) {
      case 'session.update':
        Object.assign(this.#session, event['session']);
        this.#emit({type: 'session.updated', session: this.#session});
        return this.#configure(event['session']);
      case 'input_audio_buffer.commit':
        if (this.#narrator.commit()) return;
        return this.#refuse(event, 'input_audio_buffer_commit_empty', 'The buffer is empty.');
      case 'input_audio_buffer.clear':
        if (!this.#narrator.hasCommitted) this.#discard();
        return this.#emit({type: 'input_audio_buffer.cleared'});
      case 'conversation.item.create':
        return this.#write(event);
      case 'conversation.item.retrieve':
        if (this.#narrator.items.retrieve(String(event['item_id']))) return;
        return this.#refuse(event, 'item_retrieve_invalid_item_id', 'There is no such item.');
      case 'conversation.item.delete':
        if (this.#narrator.has(event['item_id'])) this.#discard();
        if (this.#narrator.items.delete(String(event['item_id']))) return;
        return this.#refuse(event, 'item_delete_invalid_item_id', 'There is no such item.');
      case 'response.create':
        return this.#respond(event, written);
      case 'response.cancel':
        if (this.#narrator.isResponding) return this.#hush();
        return this.#refuse(event, 'response_cancel_not_active', 'There is no response.');
      case 'output_audio_buffer.clear':
        if (this.#narrator.isResponding) this.#hush();
        return;
      default:
        return this.#refuse(event, 'invalid_value', `There is no ${event.type}.`);
    }
  }

  #hush(): void {
    this.#narrator.cut();
    this.#conversation.turnInsists();
  }

  #configure(session: unknown): void {
    const byItself = answersByItself(session) ?? !this.#conversation.configured;
    const isSaid = answersByItself(session) !== undefined || !this.#conversation.configured;
    const mode = byItself ? 'hands-free' : 'hands-on';
    if (isSaid) this.#conversation.configure({mode, handsOnTimeout: null});
  }

  #write(event: RealtimeEvent): void {
    const written = writtenItem(event['item']);
    if (!written) return this.#refuse(event, 'invalid_value', 'The item is no message.');
    const {id, role, text} = written;
    const content = [{type: role === 'user' ? 'input_text' : 'output_text', text}];
    this.#narrator.items.add({id, role, status: 'completed', content});
    this.#written = written;
  }

  #rememberWritten(): void {
    if (!this.#written) return;
    const {role, text} = this.#written;
    this.#history.push({role, content: text, timestamp: new Date().toISOString()});
    this.#written = undefined;
  }

  #respond(event: RealtimeEvent, written: WrittenItem | undefined): void {
    if (this.#narrator.isResponding) {
      const code = 'conversation_already_has_active_response';
      return this.#refuse(event, code, 'There is a response already.');
    }
    if (!written) return this.#conversation.receive({event: 'send-user-response'});
    this.#written = undefined;
    // What the conversation tells of it at once, the client has said itself.
    this.#isTyped = true;
    this.#conversation.receive({event: 'user-text', data: {text: written.text}});
    this.#isTyped = false;
  }

  #discard(): void {
    this.#narrator.forget();
    this.#conversation.receive({event: 'discard-user-response'});
  }

  /** What the client has asked for by that event cannot be. */
  #refuse({event_id}: RealtimeEvent, code: string, message: string): void {
    const type = 'invalid_request_error';
    const of = typeof event_id === 'string' ? event_id : null;
    this.#emit({type: 'error', error: {type, code, message, param: null, event_id: of}});
  }

  #fail(error: unknown): void {
    const type = 'server_error';
    const message = String(error);
    this.#emit({type: 'error', error: {type, code: type, message, param: null, event_id: null}});
  }

  #emit(event: RealtimeEvent): void {
    const frame = JSON.stringify({event_id: newId('event'), ...event});
    if (this.#isOpen) void this.#peer.send(frame);
  }
}
