import {onAbort} from '../../abort.js';
import {isInteractionEvent, type Transcript} from '../../events.js';
import type {LinkOptions} from '../../link.js';
import type {Command, EngineMessage} from '../../messages.js';
import {copy, fields, parseObject, text} from '../../protocol.js';
import {HandsOn} from '../hands-on.js';
import {Lines} from '../lines.js';
import {Responses} from './responses.js';

/** A session has all of its instructions in it. */
const MAX_FRAME_LENGTH = 256 * 1024;
/** What understands the visitor where the session names nothing, so that there are lines of theirs. */
const TRANSCRIPTION = {model: 'gpt-4o-mini-transcribe'};
/** A response may be sent before the voice in it has been noticed. */
const NOTICE_MS = 1000;

type Fields = Record<string, unknown>;
type Configuration = Extract<Command, {event: 'configure'}>['data'];

/**
 * What is said on the channel of one call, by either side: their events become our messages, our
 * commands become theirs. In hands-on mode the turns are ours: theirs only tell of voices then.
 */
export class Dialogue {
  /** Settles when the session is there, and may be talked to. */
  readonly created: Promise<void>;
  readonly #options: Pick<LinkOptions, 'onMessage' | 'signal'>;
  readonly #send: (event: object) => void;
  readonly #lines = new Lines(line => this.#tell({event: 'transcript', data: line}));
  readonly #turn: HandsOn;
  readonly #responses: Responses;
  /** Items that do not count: those of the call before, and what the visitor has dropped. */
  readonly #ignored = new Set<string>();
  #onCreated = () => {};
  /** How the session understands the visitor, and when it answers by itself. */
  #input: Fields = {};
  /** The visitor talks just now. */
  #isHeard = false;
  #sendsUntil = 0;

  constructor(options: Pick<LinkOptions, 'onMessage' | 'signal'>, send: (event: object) => void) {
    this.#options = options;
    this.#send = send;
    this.#responses = new Responses(send);
    this.created = new Promise(resolve => (this.#onCreated = resolve));
    this.#turn = new HandsOn({
      tell: message => this.#tell(message),
      onTimeout: () => this.#sendTurn(),
    });
    onAbort(options.signal, () => this.#turn.forget());
  }

  /** Tells the AI what was said in the call before. */
  remember(lines: readonly Transcript[]): void {
    for (const {role, content} of lines) {
      const item = `line-${this.#ignored.size}`;
      this.#ignored.add(item);
      this.#create(item, role, content);
    }
    this.#tell({event: 'other', name: 'call-renewed', data: {lines: lines.length}});
  }

  /** Does what the interaction asks for. */
  do(command: Command): void {
    switch (command.event) {
      case 'configure':
        return this.#configure(command.data);
      case 'send-user-response':
        return this.#sendTurn();
      case 'keep-user-turn':
        return this.#turn.keep();
      case 'discard-user-response':
        return this.#drop();
      case 'user-text':
        this.#drop();
        this.#create(`text-${command.data.id}`.slice(0, 32), 'user', command.data.text);
        return this.#responses.create();
    }
  }

  /** Takes what has come. Total: what is no event of theirs is passed over. */
  receive(frame: unknown): void {
    if (typeof frame !== 'string' || frame.length > MAX_FRAME_LENGTH) return;
    const event = parseObject(frame) ?? {};
    const type = text(event.type);
    const item = text(event.item_id);
    if (type === '' || this.#ignored.has(item)) return this.#forget(type, item);
    switch (type) {
      case 'conversation.item.input_audio_transcription.delta':
        return this.#lines.hear(item, text(event.delta), false);
      case 'conversation.item.input_audio_transcription.completed':
        return this.#lines.hear(item, text(event.transcript), true);
      case 'response.output_audio_transcript.delta':
      case 'response.output_text.delta':
        return this.#lines.speak(item, text(event.delta), false);
      case 'response.output_audio_transcript.done':
        return this.#lines.speak(item, text(event.transcript), true);
      case 'response.output_text.done':
        return this.#lines.speak(item, text(event.text), true);
      case 'input_audio_buffer.speech_started':
        this.#hear(item);
        if (this.#turn.isOn) return;
        break;
      case 'input_audio_buffer.speech_stopped':
        this.#pause();
        if (this.#turn.isOn) return;
        break;
      default:
        this.#responses.follow(type, fields(event.error).code);
        this.#follow(type, item, event);
    }
    this.#handOn(type, event);
  }

  /** What changes where the conversation stands, and is the page's to hear as well. */
  #follow(type: string, item: string, event: Fields): void {
    switch (type) {
      case 'session.created':
        this.#input = fields(fields(fields(event.session).audio).input);
        return this.#onCreated();
      case 'input_audio_buffer.committed':
        this.#lines.place(item, text(event.previous_item_id));
        if (this.#turn.isOn) return;
        this.#turn.end();
        this.#responses.expect();
        return this.#lines.close();
      case 'conversation.item.input_audio_transcription.failed':
        return this.#lines.hear(item, '', true);
      case 'conversation.item.added':
      case 'conversation.item.created':
        return this.#takeTyped(fields(event.item));
      case 'response.done':
        return this.#lines.settle();
      // Most of them say that something was in vain, and nothing is over.
      case 'error':
        if (fields(event.error).code !== 'session_expired') return;
        return this.#tell({event: 'error', data: {code: 'session-ended', message: ''}});
    }
  }

  #takeTyped({id, role, content}: Fields): void {
    const item = text(id);
    const [part] = Array.isArray(content) ? (content as unknown[]) : [];
    const typed = fields(part);
    if (role !== 'user' || typed.type !== 'input_text' || this.#ignored.has(item)) return;
    this.#lines.type(item, text(typed.text));
  }

  #hear(item: string): void {
    this.#lines.begin(item);
    // Otherwise the session does that by itself.
    if (this.#turn.isOn) this.#responses.interrupt();
    this.#isHeard = true;
    this.#turn.talk();
  }

  #pause(): void {
    this.#isHeard = false;
    if (performance.now() < this.#sendsUntil) this.#sendTurn();
    else this.#turn.pause();
  }

  /** The session keeps what it has of its own: only when it answers by itself is ours to say. */
  #configure(configuration: Configuration): void {
    const wasHandsOn = this.#turn.isOn;
    this.#turn.configure(configuration);
    const {turn_detection: given, transcription} = this.#input;
    const isTold = transcription != null;
    if (isTold && wasHandsOn === this.#turn.isOn) return;
    this.#input = {...this.#input, transcription: transcription ?? TRANSCRIPTION};
    const voices = given ?? {type: 'server_vad'};
    const handsOn = {...voices, create_response: false, interrupt_response: false};
    const input = {
      transcription: this.#input.transcription,
      turn_detection: this.#turn.isOn ? handsOn : voices,
    };
    this.#send({type: 'session.update', session: {type: 'realtime', audio: {input}}});
  }

  /** What was said before a pause is with the session already: only what is being said is not. */
  #sendTurn(): void {
    if (!this.#turn.isTalking) {
      this.#sendsUntil = performance.now() + NOTICE_MS;
      return;
    }
    this.#sendsUntil = 0;
    if (this.#isHeard) this.#send({type: 'input_audio_buffer.commit'});
    this.#isHeard = false;
    this.#turn.end();
    this.#lines.close();
    this.#responses.create();
  }

  #drop(): void {
    this.#send({type: 'input_audio_buffer.clear'});
    this.#isHeard = false;
    this.#turn.end();
    for (const item of this.#lines.drop()) {
      this.#ignored.add(item);
      this.#send({type: 'conversation.item.delete', item_id: item});
    }
  }

  /** What has been dropped while it was said is kept by the session when it is over. */
  #forget(type: string, item: string): void {
    if (type !== 'input_audio_buffer.committed') return;
    this.#send({type: 'conversation.item.delete', item_id: item});
  }

  #create(id: string, role: Transcript['role'], content: string): void {
    const part = {type: role === 'user' ? 'input_text' : 'output_text', text: content};
    const item = {id, type: 'message', role, content: [part]};
    this.#send({type: 'conversation.item.create', item});
  }

  /** Under their own name, but where that is one of ours. */
  #handOn(type: string, event: Fields): void {
    const name = isInteractionEvent(type) ? `openai-${type}` : type;
    this.#tell({event: 'other', name, data: copy(event)});
  }

  #tell(message: EngineMessage): void {
    const activity = this.#isHeard ? 'listening' : this.#responses.activity;
    this.#options.onMessage({activity, ...message});
  }
}
