import {waitUntil} from '@open-wc/testing';
import {openFakeMicrophone} from './voice.js';

interface RequestSeen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
}

interface Message {
  readonly event: string;
  readonly data: unknown;
}

/** Answers a request in the engine's stead; `undefined` leaves it to the engine. */
type Script = (request: RequestSeen) => Promise<Response | undefined> | Response | undefined;

/**
 * An engine inside the page: a second, real peer connection. Only its HTTP is short-circuited,
 * since a page cannot listen. Closed by `close()`, which also gives `fetch` back.
 */
export class PeerEngine {
  readonly requests: RequestSeen[] = [];
  /** What clients have said on the data channel, parsed. */
  readonly received: Message[] = [];
  readonly peers: RTCPeerConnection[] = [];
  /** The addresses of the connections that it has answered for. */
  readonly answered: string[] = [];
  /** The last client's data channel. */
  channel: RTCDataChannel | undefined;
  /** Whether answers have the engine's candidates; where not, it must be told the client's. */
  tellsCandidates = true;
  /** The `Link` header of its answers. */
  link: string | undefined;
  /** Consulted before each request. */
  script: Script = () => undefined;
  readonly #fetch: typeof fetch;

  /** Answers at `url` whatever the page `view` posts there. */
  constructor(
    readonly url = 'https://engine.test',
    readonly view: typeof globalThis = globalThis,
  ) {
    this.#fetch = view.fetch;
    view.fetch = async (input, init) => {
      const request = new view.Request(input, init);
      const {origin} = new URL(request.url);
      return origin === url ? this.#serve(request) : this.#fetch.call(view, input, init);
    };
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
    await waitUntil(() => heard().length >= count, `the engine hears ${event}`, {timeout: 5000});
    return heard()[count - 1]?.data;
  }

  /** Settles when a request by that method has come. */
  async sees(method: string): Promise<RequestSeen> {
    const seen = () => this.requests.find(request => request.method === method);
    await waitUntil(seen, `the engine sees a ${method}`, {timeout: 5000});
    return seen() as RequestSeen;
  }

  /** Sends neither voice nor face any more; returns how to go on with both. */
  async fallSilent(): Promise<() => Promise<void>> {
    const senders = this.peers.at(-1)?.getSenders() ?? [];
    const tracks = senders.map(({track}) => track);
    await Promise.all(senders.map(sender => sender.replaceTrack(null)));
    await Promise.all(senders.map(sender => setActive(sender, false)));
    return async () => {
      await Promise.all(senders.map(sender => setActive(sender, true)));
      await Promise.all(senders.map((sender, at) => sender.replaceTrack(tracks[at] ?? null)));
    };
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
    this.view.fetch = this.#fetch;
    for (const peer of this.peers) {
      for (const {track} of peer.getSenders()) track?.stop();
      peer.close();
    }
  }

  async #serve(request: Request): Promise<Response> {
    const {method, headers, credentials, signal} = request;
    const {pathname: path} = new URL(request.url);
    const seen = {method, path, headers, credentials, signal, body: await request.text()};
    this.requests.push(seen);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    const scripted = await Promise.race([this.script(seen), aborted]);
    signal.throwIfAborted();
    if (scripted) return scripted;
    if (method === 'POST') return this.#answer(seen.body);
    if (method !== 'PATCH') return new Response(null, {status: 200});
    if (headers.get('If-Match') === '*') return this.#restart(seen.body);
    await this.#learn(seen.body);
    return new Response(null, {status: 204});
  }

  async #answer(offer: string): Promise<Response> {
    const peer = new RTCPeerConnection();
    const address = `/connection/${this.peers.push(peer)}`;
    this.channel = peer.createDataChannel('interaction', {negotiated: true, id: 0});
    this.channel.addEventListener('message', ({data}: MessageEvent<string>) => {
      this.received.push(JSON.parse(data) as Message);
    });
    peer.addEventListener('track', ({track}) => listen(track));
    await peer.setRemoteDescription({type: 'offer', sdp: offer});
    for (const track of [await voice(), picture()]) {
      const line = peer.getTransceivers().find(({receiver}) => receiver.track.kind === track.kind);
      if (line) line.direction = track.kind === 'audio' ? 'sendrecv' : 'sendonly';
      await line?.sender.replaceTrack(track);
    }
    const found = firstCandidate(peer);
    await peer.setLocalDescription();
    await found;
    const sdp = peer.localDescription?.sdp ?? '';
    const headers = new Headers({
      'Content-Type': 'application/sdp',
      Location: address,
      ETag: '"ice-1"',
    });
    if (this.link) headers.set('Link', this.link);
    const body = this.tellsCandidates ? sdp : sdp.replace(/^a=candidate.*\r\n/gm, '');
    this.answered.push(address);
    return new Response(body, {status: 201, headers});
  }

  /** The offer that has been, with the credentials that are. */
  async #restart(fragment: string): Promise<Response> {
    const peer = this.peers.at(-1) as RTCPeerConnection;
    const theirs = (name: string) => new RegExp(`^a=ice-${name}:.*`, 'm').exec(fragment)?.[0] ?? '';
    const sdp = (peer.currentRemoteDescription?.sdp ?? '')
      .replace(/^a=ice-ufrag:.*/gm, theirs('ufrag'))
      .replace(/^a=ice-pwd:.*/gm, theirs('pwd'));
    await peer.setRemoteDescription({type: 'offer', sdp});
    const gatheredAnew = new Promise<void>(resolve => {
      peer.addEventListener('icecandidate', ({candidate}) => candidate ?? resolve());
    });
    await peer.setLocalDescription();
    await gatheredAnew;
    const own = peer.localDescription?.sdp ?? '';
    const [media = ''] = own.match(/^m=[^]*?(?=^m=)/m) ?? [];
    const lines = media.match(/^(m=|a=mid|a=ice-ufrag|a=ice-pwd|a=candidate).*\r\n/gm) ?? [];
    return new Response(lines.join(''), {status: 200, headers: {ETag: '"ice-2"'}});
  }

  async #learn(fragment: string): Promise<void> {
    for (const [, candidate] of fragment.matchAll(/^a=(candidate:.+)\r$/gm)) {
      await this.peers.at(-1)?.addIceCandidate({candidate: candidate ?? '', sdpMid: '0'});
    }
  }
}

/** Without a track, Firefox still sends silence. */
async function setActive(sender: RTCRtpSender, active: boolean): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.active = active;
  await sender.setParameters(parameters);
}

/** The fake microphone speaks for the AI, too. */
async function voice(): Promise<MediaStreamTrack> {
  return (await openFakeMicrophone()).getAudioTracks()[0] as MediaStreamTrack;
}

/** Energy is only measured in what is played. */
function listen(track: MediaStreamTrack): void {
  const audio = new Audio();
  audio.volume = 0.2; // Muted, it would measure nothing.
  audio.srcObject = new MediaStream([track]);
  void audio.play();
}

function picture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const track = canvas.captureStream(10).getVideoTracks()[0] as MediaStreamTrack;
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (track.readyState === 'ended') clearInterval(timer);
  }, 100);
  return track;
}

/** All that it takes on one machine. */
function firstCandidate(peer: RTCPeerConnection): Promise<unknown> {
  return new Promise(resolve => peer.addEventListener('icecandidate', resolve, {once: true}));
}
