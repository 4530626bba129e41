import {onAbort} from '../../abort.js';
import {isInteractionEvent, type Transcript} from '../../events.js';
import type {Command, EngineMessage} from '../../messages.js';
import {now} from '../../now.js';
import {fields, text} from '../../protocol.js';
import type {Activity} from '../../state.js';
import {HandsOn} from '../hands-on.js';
import {BotLine} from './bot-line.js';
import {pushToTalk, sendText, type RtviMessage} from './rtvi.js';
import {UserLine} from './user-line.js';

/** A last word that the visitor has sent before it was noticed is noticed by then. */
const LAST_WORD_MS = 1500;

/** What the bot does from that message on. */
const ACTIVITIES: Readonly<Record<string, Activity>> = {
  'user-started-speaking': 'listening',
  'bot-llm-started': 'thinking',
  'bot-started-speaking': 'speaking',
  'bot-stopped-speaking': 'listening',
};

/** What is told as lines. */
const LINES: ReadonlySet<string> = new Set(['user-input', 'user-transcription', 'bot-output']);

/** What RTVI tells, as our events, and what the visitor does, as RTVI; over all connections of a conversation. */
export class Dialogue {
  readonly #tell: (message: EngineMessage) => void;
  readonly #user: UserLine;
  readonly #bot: BotLine;
  readonly #turn: HandsOn;
  #send: (message: string) => void = () => {};
  #isThinking = false;
  #isSpeaking = false;
  /** Whether the visitor's turn is theirs to end. */
  #isPushed = false;
  #lastWord: ReturnType<typeof setTimeout> | undefined;
  /** Bots of before RTVI 2.2 tell of speech by `user-transcription` alone. */
  #tellsInput = false;
  /** Whether the bot tells of each pause, which it only does where it is set up to. */
  #tellsPauses = false;

  constructor(tell: (message: EngineMessage) => void) {
    this.#tell = tell;
    const tellLine = (data: Transcript) => tell({event: 'transcript', data: Object.freeze(data)});
    this.#user = new UserLine(tellLine);
    this.#bot = new BotLine(tellLine);
    this.#turn = new HandsOn({tell, onTimeout: () => this.#end('stop')});
  }

  /** Another connection, with the bot that there was, or with one that knows of nothing. */
  begin(send: (message: string) => void, isKept: boolean, signal: AbortSignal): void {
    this.#send = send;
    this.#isPushed = false;
    onAbort(signal, () => {
      this.#turn.forget();
      clearTimeout(this.#lastWord);
    });
    this.#user.end();
    this.#user.close();
    if (isKept) return;
    this.#isThinking = this.#isSpeaking = false;
    this.#bot.end();
  }

  hear(message: RtviMessage): void {
    const {type, data} = message;
    this.#follow(type, fields(data));
    if (isInteractionEvent(type) || LINES.has(type)) return;
    const activity = ACTIVITIES[type];
    this.#tell({event: 'other', name: type, data, ...(activity && {activity})});
  }

  command(command: Command): void {
    switch (command.event) {
      case 'configure':
        this.#turn.configure(command.data);
        return this.#turn.isOn ? this.#open() : this.#pushOff('stop');
      case 'send-user-response':
        return this.#end('stop');
      case 'discard-user-response':
        return this.#end('cancel');
      case 'keep-user-turn':
        return this.#turn.keep();
      case 'user-text':
        return this.#write(command.data.text);
    }
  }

  #follow(type: string, data: Record<string, unknown>): void {
    switch (type) {
      case 'user-started-speaking':
        clearTimeout(this.#lastWord);
        this.#user.begin();
        return this.#turn.talk();
      case 'vad-user-started-speaking':
        this.#tellsPauses = true;
        return this.#turn.isTalking ? this.#turn.talk() : undefined;
      case 'vad-user-stopped-speaking':
        return this.#turn.pause();
      case 'user-stopped-speaking':
        this.#turn.end();
        this.#user.end();
        return this.#open();
      case 'user-input':
        this.#tellsInput = true;
        return data.input_type === 'transcription' ? this.#understand(data) : undefined;
      case 'user-transcription':
        return this.#tellsInput ? undefined : this.#understand(data);
      case 'bot-llm-started':
        this.#isThinking = true;
        if (!this.#isSpeaking) this.#bot.end();
        return this.#user.close();
      case 'bot-llm-stopped':
        this.#isThinking = false;
        return this.#bot.isSilent ? this.#settle() : undefined;
      case 'bot-started-speaking':
        this.#isSpeaking = true;
        this.#user.close();
        return this.#open();
      case 'bot-output':
        return this.#bot.add(data);
      case 'bot-stopped-speaking':
        this.#isSpeaking = false;
        return this.#settle();
      case 'bot-interrupted':
        this.#isThinking = this.#isSpeaking = false;
        return this.#bot.cut();
      case 'error':
        return this.#fail(data);
    }
  }

  #understand(input: Record<string, unknown>): void {
    const isFinal = input.final === true;
    this.#user.hear(text(input.text).trim(), isFinal);
    if (this.#tellsPauses || !this.#turn.isTalking) return;
    if (isFinal) this.#turn.pause();
    else this.#turn.talk();
  }

  /** The answer is over when its voice is, unless there is more to come. */
  #settle(): void {
    if (!this.#isThinking && !this.#isSpeaking) this.#bot.end();
  }

  #fail({error, message, fatal}: Record<string, unknown>): void {
    const said = text(error) || text(message);
    if (fatal === true) this.#tell({event: 'error', data: {code: 'engine-error', message: said}});
    else this.#tell({event: 'other', name: 'bot-error', data: {message: said}});
  }

  #end(state: 'stop' | 'cancel'): void {
    this.#pushOff(state);
    if (!this.#turn.isTalking) this.#lastWord = setTimeout(() => this.#open(), LAST_WORD_MS);
    // Later, as an engine's answer comes: whoever sends has not finished with it.
    queueMicrotask(() => {
      this.#turn.end();
      if (state === 'cancel') this.#user.drop();
    });
  }

  /** The next turn is the visitor's, too, as soon as the bot has taken the last one. */
  #open(): void {
    if (!this.#turn.isOn || this.#isPushed) return;
    this.#isPushed = true;
    this.#send(pushToTalk('start'));
  }

  #pushOff(state: 'stop' | 'cancel'): void {
    clearTimeout(this.#lastWord);
    if (!this.#isPushed) return;
    this.#isPushed = false;
    this.#send(pushToTalk(state));
  }

  /** A turn of its own, which ends the one that is spoken. Old bots do not repeat it: it is told here. */
  #write(content: string): void {
    if (this.#turn.isTalking) this.command({event: 'discard-user-response', data: null});
    this.#send(sendText(content));
    const timestamp = new Date(now()).toISOString();
    const data = Object.freeze({timestamp, role: 'user', content, complete: true} as const);
    queueMicrotask(() => this.#tell({event: 'transcript', data}));
  }
}
