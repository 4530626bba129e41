import {onAbort} from '../../src/core/abort.js';
import {answerFetch} from '../../src/testing/page-fetch.js';
import {openFakeMicrophone} from './voice.js';

/** The server of the guide's example engine, in the page: real peers, and only its HTTP short-circuited. */
export class Parrot {
  readonly url = 'https://parrot.test/offer';
  /** The `Authorization` of each offer. */
  readonly visits: (string | null)[] = [];
  readonly said: unknown[] = [];
  /** With what it refuses the next offers. */
  readonly refusals: number[] = [];
  readonly #ending = new AbortController();
  #peer: RTCPeerConnection | undefined;
  #channel: RTCDataChannel | undefined;

  constructor() {
    const {origin} = new URL(this.url);
    answerFetch(globalThis, origin, request => this.#answer(request), this.#ending.signal);
  }

  say(line: object): void {
    this.#channel?.send(JSON.stringify(line));
  }

  /** Ends the last connection, as it is ended on purpose. */
  hangUp(): void {
    this.#peer?.close();
  }

  close(): void {
    this.#ending.abort();
  }

  async #answer(request: Request): Promise<Response> {
    this.visits.push(request.headers.get('Authorization'));
    const status = this.refusals.shift();
    if (status) return new Response('', {status});
    const peer = (this.#peer = new RTCPeerConnection());
    onAbort(this.#ending.signal, () => peer.close());
    peer.addEventListener('datachannel', ({channel}) => {
      this.#channel = channel;
      channel.addEventListener('message', ({data}: MessageEvent<string>) => this.#take(data));
    });
    await peer.setRemoteDescription({type: 'offer', sdp: await request.text()});
    const [line] = peer.getTransceivers();
    if (line) line.direction = 'sendrecv';
    await line?.sender.replaceTrack((await openFakeMicrophone()).getAudioTracks()[0] ?? null);
    const found = new Promise(resolve => {
      peer.addEventListener('icecandidate', resolve, {once: true});
    });
    await peer.setLocalDescription();
    await found;
    return new Response(peer.localDescription?.sdp);
  }

  #take(frame: string): void {
    const {say} = JSON.parse(frame) as {say: string | null};
    this.said.push(say);
    const time = new Date().toISOString();
    if (say === null) return;
    this.say({time, role: 'user', text: say, final: true});
    this.say({time, role: 'assistant', text: `${say}, ${say}!`, final: true});
  }
}
