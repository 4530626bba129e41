import type {MessageHeard, EnginePeer} from '../../src/testing/engine-peer.js';
import {PageEngine, type RequestSeen} from '../../src/testing/page-engine.js';
import {openFakeMicrophone} from './voice.js';
import {waitUntil} from './wait-until.js';

/** Answers a request in the engine's stead; `undefined` leaves it to the engine. */
type Script = (request: RequestSeen) => Promise<Response | undefined> | Response | undefined;

/** An engine inside the page that says and does what a test tells it to, right or wrong. */
export class PeerEngine {
  readonly requests: RequestSeen[] = [];
  /** What clients have said on the data channel, parsed. */
  readonly received: MessageHeard[] = [];
  /** The addresses of the connections that it has answered for. */
  readonly answered: string[] = [];
  /** Whether answers have the engine's candidates; where not, it must be told the client's. */
  tellsCandidates = true;
  /** The `Link` header of its answers. */
  link: string | undefined;
  /** Consulted before each request. */
  script: Script = () => undefined;
  readonly #ending = new AbortController();
  readonly #page: PageEngine;

  /** Answers at `url` whatever the page `view` posts there. */
  constructor(
    readonly url = 'https://engine.test',
    view: typeof globalThis = globalThis,
  ) {
    this.#page = new PageEngine({
      url,
      view,
      signal: this.#ending.signal,
      // The fake microphone speaks for the AI, too.
      voice: async () => (await openFakeMicrophone()).getAudioTracks()[0] as MediaStreamTrack,
      serve: (request, answer) => this.#serve(request, answer),
      onMessage: message => this.received.push(message),
    });
  }

  get peers(): readonly RTCPeerConnection[] {
    return this.#page.peers.map(({connection}) => connection);
  }

  /** The last client's data channel. */
  get channel(): RTCDataChannel | undefined {
    return this.#last?.channel;
  }

  /** Tells the client an event. */
  send(event: string, data: unknown = null): void {
    this.sendFrame(JSON.stringify({event, data}));
  }

  sendFrame(frame: string | ArrayBuffer): void {
    this.channel?.send(frame as string);
  }

  /** Settles with the data of the `count`th message of that name. */
  async hears(event: string, count = 1): Promise<unknown> {
    const heard = () => this.received.filter(message => message.event === event);
    await waitUntil(() => heard().length >= count, `the engine hears ${event}`);
    return heard()[count - 1]?.data;
  }

  /** Settles when a request by that method has come. */
  async sees(method: string): Promise<RequestSeen> {
    const seen = () => this.requests.find(request => request.method === method);
    await waitUntil(seen, `the engine sees a ${method}`);
    return seen() as RequestSeen;
  }

  /** Sends neither voice nor face any more; returns how to go on with both. */
  async fallSilent(): Promise<() => Promise<void>> {
    return (await this.#last?.fallSilent()) ?? (async () => {});
  }

  /** What of the visitor's voice has arrived: packets, and the energy in them. */
  async voice(): Promise<{packets: number; energy: number}> {
    let heard = {packets: 0, energy: 0};
    const stats = (await this.peers.at(-1)?.getStats()) as Map<string, RTCInboundRtpStreamStats>;
    stats?.forEach(({type, kind, packetsReceived = 0, totalAudioEnergy = 0}) => {
      if (type === 'inbound-rtp' && kind === 'audio') {
        heard = {packets: packetsReceived, energy: totalAudioEnergy};
      }
    });
    return heard;
  }

  close(): void {
    this.#ending.abort();
  }

  get #last(): EnginePeer | undefined {
    return this.#page.peers.at(-1);
  }

  async #serve(request: RequestSeen, answer: () => Promise<Response>): Promise<Response> {
    this.requests.push(request);
    const scripted = await this.script(request);
    request.signal.throwIfAborted();
    if (scripted) return scripted;
    const response = await answer();
    return request.method === 'POST' ? this.#edit(response) : response;
  }

  /** The answer, as this engine is to give it. */
  async #edit(response: Response): Promise<Response> {
    const {status, headers} = response;
    const sdp = await response.text();
    if (this.link) headers.set('Link', this.link);
    this.answered.push(headers.get('Location') ?? '');
    for (const {connection} of this.#page.peers.slice(-1)) hear(connection);
    const body = this.tellsCandidates ? sdp : sdp.replace(/^a=candidate.*\r\n/gm, '');
    return new Response(body, {status, headers});
  }
}

/** Energy is only measured in what is played. */
function hear(connection: RTCPeerConnection): void {
  for (const {track} of connection.getReceivers().filter(({track}) => track.kind === 'audio')) {
    const audio = new Audio();
    audio.volume = 0.2; // Muted, it would measure nothing.
    audio.srcObject = new MediaStream([track]);
    void audio.play();
  }
}
