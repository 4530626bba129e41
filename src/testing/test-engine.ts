import {onAbort} from '../core/abort.js';
import type {ErrorCode} from '../core/errors.js';
import {CODES} from '../core/http.js';
import type {ClientMessage} from '../core/protocol.js';
import type {EnginePeer, MessageHeard} from './engine-peer.js';
import {Lines} from './lines.js';
import {Mailbox} from './mailbox.js';
import {hum} from './media.js';
import {PageEngine, type RequestSeen} from './page-engine.js';
import {VisitorTurn} from './visitor-turn.js';

const SESSION_PATH = '/session';
const PING_MS = 1000;

/** What comes with a message of that name. */
type DataOf<E> = Extract<ClientMessage, {event: E}>['data'];

export interface TestEngineOptions {
  /** The origin that it answers at; nobody need be there. */
  readonly url?: string | undefined;
  /** Ends it, as `close()` does. */
  readonly signal?: AbortSignal | undefined;
}

export interface LineOptions {
  /** `false` while the line grows: the next one of that party is the same line, further on. */
  readonly complete?: boolean | undefined;
}

/**
 * An engine inside the page, scripted by its author: no server and no microphone, and a real connection
 * all the same. It answers what the page's `fetch` asks of its address, and nothing else, until
 * `close()`. What it is told to do before a visitor is there, it does first of all when they are.
 */
export class TestEngine {
  /** The element's `engine-url`. */
  readonly url: string;
  /** The element's `session-url`, for pages that have one. */
  readonly sessionUrl: string;
  readonly #ending = new AbortController();
  readonly #page: PageEngine;
  readonly #mailbox = new Mailbox(this.#ending.signal);
  readonly #send = (event: string, data: unknown) => this.#visitor?.send(event, data);
  readonly #lines = new Lines(this.#send);
  readonly #turn = new VisitorTurn(this.#send, this.#lines);
  #refusal: {readonly code: ErrorCode; readonly message: string} | undefined;
  /** Whether somebody has come, who may not have opened the channel yet. */
  #isVisited = false;
  /** Who may be talked to: they have said how. */
  #visitor: EnginePeer | undefined;
  #waiting: (() => void)[] = [];

  constructor({url = 'https://engine.test', signal}: TestEngineOptions = {}) {
    this.url = new URL(url).origin;
    this.sessionUrl = this.url + SESSION_PATH;
    const ended = this.#ending.signal;
    const voice = hum(220, 0.03, ended);
    this.#page = new PageEngine({
      url: this.url,
      view: globalThis,
      signal: ended,
      voice: () => voice.clone(),
      serve: (request, answer) => this.#serve(request, answer),
      onMessage: (message, from) => this.#take(message, from),
    });
    const timer = setInterval(() => this.#send('ping', null), PING_MS);
    onAbort(ended, () => clearInterval(timer));
    if (signal) onAbort(signal, () => this.close());
  }

  /** The AI says that. */
  say(content: string, {complete = true}: LineOptions = {}): void {
    this.#do(() => this.#lines.tell('assistant', content, complete));
  }

  /**
   * The visitor is heard to say that. In hands-on mode a line that grows is theirs to send: it is
   * whole when they do, and withdrawn when they drop it.
   */
  hear(content: string, {complete = true}: LineOptions = {}): void {
    this.#do(() => this.#turn.hear(content, complete));
  }

  /** The conversation fails, by that code; where there is none, the next start does. */
  fail(code: ErrorCode = 'engine-error', message = ''): void {
    if (!this.#isVisited) {
      this.#refusal = {code, message};
      return;
    }
    this.send('error', {code, message});
    this.end('engine error');
  }

  /** Ends the conversation, for that reason. */
  end(reason = 'session terminated'): void {
    this.#do(() => {
      this.#send('close', reason);
      this.#visitor?.channel.close();
      this.#leave();
    });
  }

  /** Tells an event as it is: one of `docs/protocol.md`, or one of your own. */
  send(event: string, data: unknown = null): void {
    this.#do(() => this.#send(event, data));
  }

  /**
   * Settles with the data of the next message of that name from the page, such as `user-text`, each of
   * which is read once. Rejects where the engine is closed first.
   */
  receive<E extends ClientMessage['event']>(event: E): Promise<DataOf<E>> {
    return this.#mailbox.take(event) as Promise<DataOf<E>>;
  }

  /**
   * The connection is lost: nothing goes over it any more. That is noticed within three seconds, and a
   * new one is made, which is told what has been said meanwhile.
   */
  async fallSilent(): Promise<void> {
    this.#visitor = undefined;
    await this.#last?.fallSilent();
  }

  /** A microphone of no device, in a quiet room: what to give as `stream`. Ends with the engine. */
  microphone(): MediaStream {
    return new MediaStream([hum(100, 0.002, this.#ending.signal)]);
  }

  /** Ends all that it holds, and gives the page its `fetch` back. */
  close(): void {
    this.#ending.abort();
  }

  async #serve({method, path}: RequestSeen, answer: () => Promise<Response>): Promise<Response> {
    if (path === SESSION_PATH) return Response.json({session_id: 'session-1'}, {status: 201});
    const refusal = this.#refusal;
    if (method === 'POST') this.#refusal = undefined;
    if (method === 'POST' && refusal) {
      const [status = 500] = Object.entries(CODES).find(([, code]) => code === refusal.code) ?? [];
      return Response.json({error: refusal}, {status: Number(status)});
    }
    if (method === 'POST') this.#isVisited = true;
    if (method === 'DELETE' && path === `/connection/${this.#page.peers.length}`) this.#leave();
    if (method === 'PATCH' && this.#last?.isSilent) return new Response(null, {status: 404});
    return answer();
  }

  #take(message: MessageHeard, from: EnginePeer): void {
    if (from.isSilent || !this.#turn.take(message)) return;
    this.#mailbox.put(message);
    if (message.event !== 'configure') return;
    this.#visitor = from;
    for (const act of this.#waiting.splice(0)) act();
  }

  get #last(): EnginePeer | undefined {
    return this.#page.peers.at(-1);
  }

  #do(act: () => void): void {
    if (this.#visitor) act();
    else this.#waiting.push(act);
  }

  #leave(): void {
    this.#isVisited = false;
    this.#visitor = undefined;
  }
}
