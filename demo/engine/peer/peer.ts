import {Resampler, toMono} from '../resampler.js';
import {hasMedia, type Fragment} from '../sdp.js';
import type {SpokenFrame} from '../speaker.js';
import {SAMPLE_RATE} from '../speech/types.js';
import {Negotiation} from './negotiation.js';
import {Picture} from './picture.js';
import {
  event,
  receiveAudio,
  RTCAudioSource,
  RTCPeerConnection,
  sendAudio,
  sendFrame,
  type AudioFrame,
} from './webrtc.js';

const OPENING_MS = 30_000;
const MAX_MESSAGES_A_SECOND = 100;
const FAREWELL_MS = 500;

/** Of what is heard, so much is told at a time: the ear looks at no less. */
const HEARD_SAMPLES = (3 * SAMPLE_RATE) / 100;

/** What a peer tells of its visitor. */
export interface PeerListener {
  /** The channel is open, and audio flows. */
  opened(): void;
  /** A frame has come, and not too many of them in this second. */
  received(frame: unknown): void;
  /** The visitor's next samples. */
  heard(samples: Int16Array): void;
  channelClosed(): void;
  /** The visitor cannot be reached, or no longer. */
  lost(): void;
  /** Nothing is left of it; told once. */
  closed(): void;
}

/**
 * One visitor's peer connection: audio both ways, the face where video was offered, and the data
 * channel.
 */
export class Peer {
  readonly #listener: PeerListener;
  readonly #life = new AbortController();
  readonly #connection = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  readonly #negotiation = new Negotiation(this.#connection, this.#life.signal);
  readonly #voice = new RTCAudioSource();
  readonly #track = this.#voice.createTrack();
  #channel: RTCDataChannel | undefined;
  #picture: Picture | undefined;
  #second = 0;
  #messagesThisSecond = 0;

  constructor(listener: PeerListener) {
    this.#listener = listener;
    this.#connection.addEventListener('connectionstatechange', () => {
      if (this.#connection.connectionState === 'failed') listener.lost();
    });
  }

  /**
   * Answers the client's offer; rejects where it cannot be understood. The channel is the one of
   * docs/protocol.md, which both know of, or one that the client makes.
   */
  async accept(offer: string, clientMakesChannel = false): Promise<string> {
    const channel = clientMakesChannel
      ? this.#awaitChannel()
      : this.#use(this.#connection.createDataChannel('interaction', {negotiated: true, id: 0}));
    if (hasMedia(offer, 'video')) this.#picture = new Picture(this.#life.signal);
    const answer = await this.#negotiation.accept(offer, this.#track, this.#picture?.track);
    void this.#open(channel);
    return answer;
  }

  /** Candidates that cannot be used are left out: others may still do. */
  addCandidates(fragment: Fragment): Promise<void> {
    return this.#negotiation.addCandidates(fragment);
  }

  /**
   * Restarts ICE where the client has new credentials, and takes its candidates.
   *
   * @returns the engine's own credentials and candidates; `undefined` where nothing has changed.
   */
  restart(fragment: Fragment): Promise<string | undefined> {
    return this.#negotiation.restart(fragment);
  }

  send(frame: string | Uint8Array<ArrayBuffer>): void {
    if (this.#channel) sendFrame(this.#channel, frame);
  }

  speak({samples, mouth}: SpokenFrame): void {
    if (this.#life.signal.aborted) return;
    sendAudio(this.#voice, samples);
    if (this.#picture) this.#picture.mouth = mouth;
  }

  closeChannel(): void {
    this.#channel?.close();
  }

  /** Dies, and with it all that is in this process. */
  killProcess(): void {
    process.kill(process.pid, 'SIGKILL');
  }

  /**
   * Ends all of it; lets the last messages out by closing the channel first, where there is a
   * `farewell`. The peer connection goes last: the addon crashes where a track or a sink is used
   * after it.
   */
  async close(farewell: boolean): Promise<void> {
    this.#life.abort();
    this.#track.stop();
    if (farewell && this.#channel?.readyState === 'open') {
      const closed = event(this.#channel, 'close', AbortSignal.timeout(FAREWELL_MS));
      this.#channel.close();
      await closed.catch(() => undefined);
    }
    await Promise.resolve();
    this.#connection.close();
    this.#listener.closed();
  }

  #awaitChannel(): Promise<RTCDataChannel> {
    return new Promise(resolve => {
      this.#connection.addEventListener('datachannel', ({channel}) => resolve(this.#use(channel)));
    });
  }

  #use(channel: RTCDataChannel): RTCDataChannel {
    channel.addEventListener('message', ({data}) => this.#receive(data));
    channel.addEventListener('close', () => this.#listener.channelClosed());
    return (this.#channel = channel);
  }

  async #open(coming: RTCDataChannel | Promise<RTCDataChannel>): Promise<void> {
    const {signal} = this.#life;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(OPENING_MS)]);
    try {
      const channel = coming instanceof Promise ? await orAborted(coming, limit) : coming;
      if (channel.readyState !== 'open') await event(channel, 'open', limit);
    } catch {
      return this.#listener.lost();
    }
    this.#listener.opened();
    void this.#picture?.start(signal);
    const {microphone} = this.#negotiation;
    if (microphone) receiveAudio(microphone, this.#hearer(), signal);
  }

  #receive(frame: unknown): void {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#messagesThisSecond = 0;
    this.#second = second;
    this.#messagesThisSecond += 1;
    if (this.#messagesThisSecond <= MAX_MESSAGES_A_SECOND) this.#listener.received(frame);
  }

  #hearer(): (frame: AudioFrame) => void {
    let resampler = new Resampler(SAMPLE_RATE, SAMPLE_RATE);
    const heard = new Int16Array(HEARD_SAMPLES);
    let filled = 0;
    return ({samples, sampleRate, channelCount}) => {
      // Until the first packet is there the rate is the engine's own, then the codec's.
      if (sampleRate !== resampler.from) resampler = new Resampler(sampleRate, SAMPLE_RATE);
      for (const sample of resampler.resample(toMono(samples, channelCount))) {
        heard[filled++] = sample;
        if (filled === HEARD_SAMPLES) this.#listener.heard(heard.slice());
        filled %= HEARD_SAMPLES;
      }
    };
  }
}

/** Settles as the promise does, or rejects with the signal's reason. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
    promise.then(resolve, reject);
  });
}
