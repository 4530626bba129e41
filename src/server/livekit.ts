import type {RoomConfiguration} from 'livekit-server-sdk';
import {checkApiKey, checkEngineUrl} from './engine-client.js';

const DEFAULT_EXPIRY_S = 600;

export interface LiveKitClientOptions {
  /** Where LiveKit's server is, which pages are told: `wss:`, or `ws:` on loopback. */
  readonly engineUrl: string | undefined;
  /** From the server's secrets, as `apiSecret`. Where one is missing, it is refused. */
  readonly apiKey: string | undefined;
  /** What tokens are signed with, here: it is sent nowhere. */
  readonly apiSecret: string | undefined;
  /** For how long a visitor may enter their room, in which they then stay: 600 seconds. */
  readonly expiresAfterSeconds?: number | undefined;
}

export interface LiveKitSessionOptions {
  /** The name of the agents of which one is to come. */
  readonly agent: string;
  /** What the agent is given: the metadata of its job. */
  readonly metadata?: string | undefined;
  /** The name of the room: one of its own, where nothing is said. */
  readonly room?: string | undefined;
  /** Who the visitor is in that room: somebody new, where nothing is said. */
  readonly identity?: string | undefined;
}

/** What a page enters a room with. */
export interface LiveKitSession {
  /** An access token. */
  readonly token: string;
  readonly url: string;
}

/** Signs access tokens, for the server that has the secret. Needs `livekit-server-sdk`. */
export class LiveKitClient {
  readonly #options: LiveKitClientOptions;

  /** Throws an `EngineError` for a key, a secret or an address that cannot be used. */
  constructor(options: LiveKitClientOptions) {
    checkApiKey(options.apiKey);
    checkApiKey(options.apiSecret);
    checkEngineUrl(options.engineUrl?.replace(/^ws/, 'http'));
    this.#options = options;
  }

  /** Signs one for one visitor. All of it goes to their page. */
  async createSession({
    agent,
    metadata,
    room,
    identity,
  }: LiveKitSessionOptions): Promise<LiveKitSession> {
    const {
      engineUrl,
      apiKey,
      apiSecret,
      expiresAfterSeconds: ttl = DEFAULT_EXPIRY_S,
    } = this.#options;
    const {AccessToken} = await import('livekit-server-sdk');
    const visitor = identity ?? `visitor-${crypto.randomUUID()}`;
    const token = new AccessToken(apiKey, apiSecret, {identity: visitor, ttl});
    token.addGrant({room: room ?? visitor, roomJoin: true});
    // As it is: the classes that there are for it have fields for which older servers refuse the token.
    token.roomConfig = {agents: [{agentName: agent, metadata}]} as unknown as RoomConfiguration;
    return {token: await token.toJwt(), url: `${engineUrl}`};
  }
}
