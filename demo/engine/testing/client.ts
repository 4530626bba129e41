import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import {isObject} from '../http.js';
import {Speaker} from '../speaker.js';
import {SAMPLE_RATE, type Utterance} from '../speech/types.js';
import {
  event,
  receiveAudio,
  RTCAudioSource,
  RTCPeerConnection,
  sendAudio,
  sendFrame,
} from '../peer/webrtc.js';

const PATIENCE_MS = 20_000;
const RETRY_MS = 100;

/** A message, as it came; a frame of bytes is told as `binary`. */
export interface Received {
  readonly event: string;
  readonly data: unknown;
  readonly seq?: number;
}

export interface ClientOptions {
  readonly video?: boolean;
  /** `false` for a client that never answers pings. */
  readonly pongs?: boolean;
}

/** A visitor: a peer of its own that speaks docs/protocol.md, and remembers what it was told. */
export class Client {
  readonly peer = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  readonly channel = this.peer.createDataChannel('interaction', {negotiated: true, id: 0});
  readonly received: Received[] = [];
  /** Loudest sample heard since it was last set. */
  loudness = 0;
  answer = '';
  location = '';
  etag = '';
  readonly #life = new AbortController();
  readonly #speaker = new Speaker();
  readonly #microphone = new RTCAudioSource();
  readonly #track = this.#microphone.createTrack();
  readonly #arrivals = new EventTarget();
  #consumed = 0;

  constructor(
    readonly engineUrl: string,
    {video = true, pongs = true}: ClientOptions = {},
  ) {
    this.peer.addTransceiver(this.#track, {direction: 'sendrecv'});
    if (video) this.peer.addTransceiver('video', {direction: 'recvonly'});
    this.channel.addEventListener('message', ({data}) => {
      const message = typeof data === 'string' ? parse(data) : {event: 'binary', data};
      if (message.event === 'ping') {
        if (pongs) this.send('pong', null);
        return;
      }
      this.received.push(message);
      this.#arrivals.dispatchEvent(new Event('arrival'));
    });
  }

  async offer(options: RTCOfferOptions = {}): Promise<string> {
    const {type, sdp = ''} = await this.peer.createOffer(options);
    await this.peer.setLocalDescription({type, sdp});
    return sdp.replace(/a=candidate:.*\r\n/g, '');
  }

  /** Posts the bare offer, without a candidate, as a browser does. */
  async post(sessionId: string): Promise<Response> {
    return fetch(`${this.engineUrl}/session/${sessionId}/connection`, {
      method: 'POST',
      headers: {'Content-Type': 'application/sdp'},
      body: await this.offer(),
    });
  }

  /** Connects, once the visitor before is given up, and waits until the channel is open. */
  async connect(sessionId: string): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    let response = await this.post(sessionId);
    while (response.status === 409) {
      await delay(RETRY_MS, undefined, {signal: patience});
      response = await this.post(sessionId);
    }
    this.answer = await response.text();
    if (response.status !== 201) throw new Error(`${response.status}: ${this.answer}`);
    this.location = response.headers.get('Location') ?? '';
    this.etag = response.headers.get('ETag') ?? '';
    const open = event(this.channel, 'open', AbortSignal.timeout(PATIENCE_MS));
    await this.peer.setRemoteDescription({type: 'answer', sdp: this.answer});
    await open;
    this.#speaker.start(({samples}) => sendAudio(this.#microphone, samples), this.#life.signal);
    const [audio] = this.peer.getReceivers();
    if (audio) receiveAudio(audio.track, frame => this.#hear(frame.samples), this.#life.signal);
  }

  async delete(): Promise<Response> {
    return fetch(this.engineUrl + this.location, {method: 'DELETE'});
  }

  configure(mode: string, handsOnTimeout: number | null = null): void {
    this.send('configure', {mode, handsOnTimeout});
  }

  /** Asks for what came after a number; before the first `configure`. */
  resume(after: unknown): void {
    this.send('resume', {after});
  }

  /** The numbers of what was received, in the order in which it came. */
  get seqs(): number[] {
    return this.received.flatMap(({seq}) => seq ?? []);
  }

  send(name: string, data: unknown): void {
    sendFrame(this.channel, JSON.stringify({event: name, data}));
  }

  /** Talks into the microphone, and waits until that has been said. */
  async say(samples: Int16Array): Promise<void> {
    const utterance: Utterance = {samples, words: [], mouth: []};
    await this.#speaker.play(utterance, () => undefined, this.#life.signal);
  }

  /** The next message that fits, after the last one returned; those before it are passed over. */
  async next(name: string, fits: (data: Record<string, unknown>) => boolean = () => true) {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const at = this.received.findIndex(
        (message, i) =>
          i >= this.#consumed &&
          message.event === name &&
          fits(isObject(message.data) ? message.data : {}),
      );
      const found = this.received[at];
      if (found) {
        this.#consumed = at + 1;
        return found.data;
      }
      await once(this.#arrivals, 'arrival', {signal}).catch(() => {
        throw new Error(`No ${name} in ${JSON.stringify(this.received.slice(this.#consumed))}`);
      });
    }
  }

  /** The next whole line of a role. */
  async line(role: string): Promise<string> {
    const data = await this.next(
      'transcript',
      line => line['role'] === role && line['complete'] === true,
    );
    return isObject(data) ? String(data['content']) : '';
  }

  close(): void {
    this.#life.abort();
    this.#track.stop();
    this.peer.close();
  }

  #hear(samples: Int16Array): void {
    this.loudness = samples.reduce((max, one) => Math.max(max, Math.abs(one)), this.loudness);
  }
}

export const SILENCE = new Int16Array(SAMPLE_RATE / 2);

function parse(text: string): Received {
  const message: unknown = JSON.parse(text);
  if (!isObject(message)) throw new Error(`Not a message: ${text}`);
  const {event: name, data, seq} = message;
  return {event: String(name), data, ...(typeof seq === 'number' && {seq})};
}
