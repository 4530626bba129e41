import {EnginePeer, type MessageHeard} from './engine-peer.js';
import {picture} from './media.js';
import {answerFetch} from './page-fetch.js';

/** A request of a client's, whose body has been read. */
export interface RequestSeen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly credentials: RequestCredentials;
  readonly signal: AbortSignal;
}

interface PageEngineOptions {
  /** The origin that it answers at. */
  readonly url: string;
  /** The page whose requests it answers. */
  readonly view: typeof globalThis;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** What the AI sounds like, for one connection. */
  readonly voice: () => MediaStreamTrack | Promise<MediaStreamTrack>;
  /** Answers a request: by `answer`, which is the engine's own, or otherwise. */
  readonly serve: (request: RequestSeen, answer: () => Promise<Response>) => Promise<Response>;
  readonly onMessage: (message: MessageHeard, from: EnginePeer) => void;
}

/**
 * An engine inside the page, as `docs/protocol.md` has it: real peers, of which the last is the one
 * that is talked with. Only its HTTP is short-circuited, since a page cannot listen.
 */
export class PageEngine {
  readonly peers: EnginePeer[] = [];
  readonly #options: PageEngineOptions;

  constructor(options: PageEngineOptions) {
    this.#options = options;
    const {view, url, signal} = options;
    answerFetch(view, new URL(url).origin, request => this.#serve(request), signal);
  }

  async #serve(request: Request): Promise<Response> {
    const {method, headers, credentials, signal} = request;
    const {pathname: path} = new URL(request.url);
    const seen = {method, path, headers, credentials, signal, body: await request.text()};
    return this.#options.serve(seen, () => this.#answer(seen));
  }

  async #answer({method, headers, body}: RequestSeen): Promise<Response> {
    if (method === 'POST') return this.#connect(body);
    if (method !== 'PATCH') return new Response(null, {status: 200});
    const peer = this.peers.at(-1);
    if (headers.get('If-Match') === '*') {
      return new Response(await peer?.restart(body), {status: 200, headers: {ETag: '"ice-2"'}});
    }
    await peer?.learn(body);
    return new Response(null, {status: 204});
  }

  async #connect(offer: string): Promise<Response> {
    const {signal, voice, onMessage} = this.#options;
    const peer = new EnginePeer([await voice(), picture()], onMessage, signal);
    const headers = {
      'Content-Type': 'application/sdp',
      Location: `/connection/${this.peers.push(peer)}`,
      ETag: '"ice-1"',
    };
    return new Response(await peer.answer(offer), {status: 201, headers});
  }
}
