import {randomUUID} from 'node:crypto';
import {Conversation} from './conversation.js';
import {Heartbeat} from './heartbeat.js';
import {Refusal} from './http.js';
import {misbehave} from './misbehavior.js';
import {
  parseMessage,
  type Configuration,
  type ConnectionMessages,
  type ConversationMessages,
} from './messages.js';
import {peers, type RemotePeer} from './peers.js';
import type {Fragment} from './sdp.js';
import type {NumberedMessage} from './record.js';
import type {Session} from './sessions.js';
import {Speaker} from './speaker.js';
import type {Speech} from './speech/types.js';

/**
 * One visitor's connection: their peer, and the conversation over it. Owns all of it; one signal
 * ends it, and `close` settles when nothing is left.
 */
export class Connection {
  readonly id = randomUUID();
  readonly #session: Session;
  readonly #life = new AbortController();
  readonly #closed: Promise<void>;
  readonly #speaker = new Speaker();
  readonly #conversation: Conversation;
  readonly #heartbeat = new Heartbeat();
  readonly #peer: RemotePeer;
  #channelOpen = false;
  /** Counts the ICE sessions: the first, and one more for each restart. */
  #iceSession = 1;
  /** The last message that the client has seen on another connection, where it wants those after it. */
  #seen: number | undefined;

  constructor(session: Session, speech: Speech) {
    const {signal} = this.#life;
    this.#session = session;
    let closed = () => {};
    this.#closed = new Promise(resolve => (closed = resolve));
    signal.addEventListener('abort', () => this.#release(), {once: true});
    this.#peer = peers.open({
      opened: () => this.#open(),
      received: frame => this.#receive(frame),
      heard: samples => this.#conversation.hear(samples),
      channelClosed: () => this.#endChannel(),
      lost: () => void this.close(),
      closed,
    });
    this.#conversation = new Conversation(
      {
        speech,
        profile: session.options.profile,
        history: session.history,
        isRepeated: text => session.isRepeated(text),
        speaker: this.#speaker,
        send: (name, data) => this.#tell(name, data),
        fail: error => this.#fail(error),
      },
      signal,
    );
  }

  /** The visitor is there: open, and answering pings. */
  get alive(): boolean {
    return this.#channelOpen && this.#heartbeat.alive;
  }

  /** Names the current ICE session. */
  get etag(): string {
    return `"${this.#iceSession}"`;
  }

  /**
   * Answers the client's offer, and begins to talk when the channel opens.
   *
   * @throws {Refusal} 400 where the offer cannot be understood, 500 where the connection ends first.
   */
  async accept(offer: string): Promise<string> {
    return this.#peer.accept(offer).catch(error => this.#refuse(error));
  }

  /** Candidates that cannot be used are left out: others may still do. */
  addCandidates(fragment: Fragment): Promise<void> {
    return this.#peer.addCandidates(fragment);
  }

  /**
   * Restarts ICE where the client has new credentials, and takes its candidates.
   *
   * @returns the engine's own credentials and candidates; `undefined` where nothing has changed.
   * @throws {Refusal} as `accept` does.
   */
  async restart(fragment: Fragment): Promise<string | undefined> {
    const answer = await this.#peer.restart(fragment).catch(error => this.#refuse(error));
    if (answer !== undefined) this.#iceSession += 1;
    return answer;
  }

  /**
   * Ends the connection; a `reason` is told to the client, who did not ask for it. Settles when
   * everything has been released.
   */
  close(reason?: string): Promise<void> {
    if (reason !== undefined && !this.#life.signal.aborted) this.#send('close', reason);
    this.#life.abort();
    return this.#closed;
  }

  /** Sends a frame as it is; `false` where the channel is not open. */
  sendFrame(frame: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#channelOpen) void this.#peer.send(frame);
    return this.#channelOpen;
  }

  #open(): void {
    const {signal} = this.#life;
    if (signal.aborted) return;
    this.#channelOpen = true;
    this.#session.activate();
    this.#heartbeat.start(
      () => this.#ping(),
      () => void this.close('connection lost'),
      signal,
    );
    this.#speaker.start(frame => void this.#peer.speak(frame), signal);
    this.#misbehave('open');
  }

  #endChannel(): void {
    this.#channelOpen = false;
    if (this.#session.faults.close?.what !== 'channel') void this.close();
  }

  #ping(): void {
    if (this.#session.faults.pings !== false) this.#send('ping', null);
  }

  #receive(data: unknown): void {
    if (this.#life.signal.aborted) return;
    const message = parseMessage(data);
    if (!message) return;
    if (message.event === 'pong') this.#heartbeat.answered();
    else if (message.event === 'resume') this.#seen = message.data.after;
    else if (message.event === 'configure') this.#configure(message.data);
    else this.#conversation.receive(message);
  }

  #configure(configuration: Configuration): void {
    const first = !this.#conversation.configured;
    if (first && this.#seen !== undefined) this.#repeatAfter(this.#seen);
    this.#conversation.configure(configuration);
    if (first) this.#misbehave('configure');
  }

  #repeatAfter(seq: number): void {
    this.#session.record.after(seq).forEach(message => this.sendFrame(JSON.stringify(message)));
  }

  /** Tells of the conversation; what the end of the connection completes is for the next one. */
  #tell<Event extends keyof ConversationMessages>(
    name: Event,
    data: ConversationMessages[Event],
  ): void {
    const message = this.#session.record.add(name, data);
    if (!this.#life.signal.aborted) this.sendFrame(JSON.stringify(message));
    else this.#session.connection?.catchUp(message);
    if (message.seq === this.#session.faults.stopAtSeq) process.kill(0, 'SIGSTOP');
  }

  /** What the connection before this one has completed; earlier, it is among what is repeated. */
  catchUp(message: NumberedMessage): void {
    const hasRepeated = this.#seen !== undefined && this.#conversation.configured;
    if (hasRepeated) this.sendFrame(JSON.stringify(message));
  }

  #send<Event extends keyof ConnectionMessages>(
    name: Event,
    data: ConnectionMessages[Event],
  ): void {
    this.sendFrame(JSON.stringify({event: name, data}));
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#send('error', {code: 'engine-error', message});
    void this.close('engine error');
  }

  #misbehave(when: 'open' | 'configure'): void {
    const victim = {
      send: (frame: string | Uint8Array<ArrayBuffer>) => this.sendFrame(frame),
      closeChannel: () => void this.#peer.closeChannel(),
      closePeer: () => void this.close(),
      killProcess: () => void this.#peer.killProcess(),
    };
    misbehave(this.#session.faults, when, victim, this.#life.signal);
  }

  /** What fails while the connection lasts is about the description. */
  #refuse(error: unknown): never {
    if (this.#life.signal.aborted) {
      throw new Refusal(500, 'engine-error', 'The connection has ended.');
    }
    const message = error instanceof Error ? error.message : String(error);
    throw new Refusal(400, 'invalid-request', message);
  }

  #release(): void {
    this.#session.pause();
    if (this.#session.connection === this) this.#session.connection = undefined;
    this.#session.lastConnectionId = this.id;
    void this.#peer.close(this.#session.faults.close?.what !== 'peer');
  }
}
