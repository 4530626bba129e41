import {randomUUID} from 'node:crypto';
import {Conversation} from './conversation.js';
import {Heartbeat} from './heartbeat.js';
import {misbehave} from './misbehavior.js';
import {
  parseMessage,
  type Configuration,
  type ConnectionMessages,
  type ConversationMessages,
} from './messages.js';
import {Negotiation} from './negotiation.js';
import {Picture} from './picture.js';
import {Resampler, toMono} from './resampler.js';
import type {Session} from './sessions.js';
import {Speaker} from './speaker.js';
import {SAMPLE_RATE, type Speech} from './speech/types.js';
import {event, receiveAudio, RTCPeerConnection, sendFrame, type AudioFrame} from './webrtc.js';

const OPENING_MS = 30_000;
const MAX_MESSAGES_A_SECOND = 100;
const FAREWELL_MS = 500;

/**
 * One visitor's peer connection: audio both ways, the face where video was offered, and the data
 * channel. Owns all of it; one signal ends it, and `close` settles when nothing is left.
 */
export class Connection {
  readonly id = randomUUID();
  readonly negotiation: Negotiation;
  readonly #session: Session;
  readonly #peer = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  readonly #channel = this.#peer.createDataChannel('interaction', {negotiated: true, id: 0});
  readonly #life = new AbortController();
  readonly #closed: Promise<void>;
  readonly #speaker: Speaker;
  readonly #conversation: Conversation;
  readonly #heartbeat = new Heartbeat();
  #picture: Picture | undefined;
  #messagesThisSecond = 0;
  /** The last message that the client has seen on another connection, where it wants those after it. */
  #seen: number | undefined;

  constructor(session: Session, speech: Speech) {
    const {signal} = this.#life;
    this.#session = session;
    this.#closed = new Promise(resolve => {
      signal.addEventListener('abort', () => resolve(this.#release()), {once: true});
    });
    this.negotiation = new Negotiation(this.#peer, signal);
    this.#speaker = new Speaker(signal);
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
    this.#channel.addEventListener('message', ({data}) => this.#receive(data));
    this.#channel.addEventListener('close', () => {
      if (this.#session.faults.close?.what !== 'channel') void this.close();
    });
    this.#peer.addEventListener('connectionstatechange', () => {
      if (this.#peer.connectionState === 'failed') void this.close();
    });
  }

  /** The visitor is there: open, and answering pings. */
  get alive(): boolean {
    return this.#channel.readyState === 'open' && this.#heartbeat.alive;
  }

  /**
   * Answers the client's offer, and begins to talk when the channel opens.
   *
   * @throws {Refusal} 400 where the offer cannot be understood.
   */
  async accept(offer: string): Promise<string> {
    const answer = await this.negotiation.accept(offer, {
      audio: this.#speaker.track,
      video: () => (this.#picture = new Picture(this.#life.signal)).track,
    });
    void this.#open();
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
    return sendFrame(this.#channel, frame);
  }

  async #open(): Promise<void> {
    const {signal} = this.#life;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(OPENING_MS)]);
    try {
      await event(this.#channel, 'open', limit);
    } catch {
      return this.close();
    }
    this.#session.activate();
    this.#heartbeat.start(
      () => this.#ping(),
      () => void this.close('connection lost'),
      signal,
    );
    this.#speaker.start(signal);
    void this.#picture?.start(this.#speaker, signal);
    const {microphone} = this.negotiation;
    if (microphone) receiveAudio(microphone, this.#hearer(), signal);
    this.#misbehave('open');
  }

  #ping(): void {
    this.#messagesThisSecond = 0;
    if (this.#session.faults.pings !== false) this.#send('ping', null);
  }

  #hearer(): (frame: AudioFrame) => void {
    let resampler = new Resampler(SAMPLE_RATE, SAMPLE_RATE);
    return ({samples, sampleRate, channelCount}) => {
      // Until the first packet is there the rate is the engine's own, then the codec's.
      if (sampleRate !== resampler.from) resampler = new Resampler(sampleRate, SAMPLE_RATE);
      this.#conversation.hear(resampler.resample(toMono(samples, channelCount)));
    };
  }

  #receive(data: unknown): void {
    this.#messagesThisSecond += 1;
    if (this.#messagesThisSecond > MAX_MESSAGES_A_SECOND || this.#life.signal.aborted) return;
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

  /** Tells of the conversation; what the end of the connection completes is kept for the next. */
  #tell<Event extends keyof ConversationMessages>(
    name: Event,
    data: ConversationMessages[Event],
  ): void {
    const message = this.#session.record.add(name, data);
    if (!this.#life.signal.aborted) this.sendFrame(JSON.stringify(message));
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
      closeChannel: () => this.#channel.close(),
      closePeer: () => void this.close(),
    };
    misbehave(this.#session.faults, when, victim, this.#life.signal);
  }

  /**
   * Lets the last messages out by closing the channel first. The peer connection goes last, after
   * all that the signal ends: the addon crashes where a track or a sink is used after it.
   */
  async #release(): Promise<void> {
    this.#session.pause();
    if (this.#session.connection === this) this.#session.connection = undefined;
    this.#session.lastConnectionId = this.id;
    if (this.#channel.readyState === 'open' && this.#session.faults.close?.what !== 'peer') {
      const closed = event(this.#channel, 'close', AbortSignal.timeout(FAREWELL_MS));
      this.#channel.close();
      await closed.catch(() => undefined);
    }
    await Promise.resolve();
    this.#peer.close();
  }
}
