import {callEngine, type CallOptions} from './engine-call.js';
import {checkApiKey, checkEngineUrl} from './engine-client.js';
import {parseStarted, type PipecatSession} from './parse.js';

/** A bot that is not running yet is waited for. */
const DEFAULT_TIMEOUT_MS = 30_000;

export interface PipecatClientOptions {
  /** Where Pipecat's server is: what `/start` is put after. `https:`, or `http:` on loopback. */
  readonly engineUrl: string;
  /** Where the server asks for one: sent as a bearer token, and to the server alone. */
  readonly apiKey?: string | undefined;
  /** How long the server is waited for, its whole answer included: 30,000 milliseconds. */
  readonly timeoutMs?: number | undefined;
}

export interface PipecatSessionOptions {
  /** What the bot is given: `runner_args.body`. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** Whether a server without ICE servers of its own names a public one. */
  readonly enableDefaultIceServers?: boolean | undefined;
}

/** Starts sessions with bots of Pipecat's, for the server that may. */
export class PipecatClient {
  readonly #url: URL;
  readonly #apiKey: string;
  readonly #timeoutMs: number;

  /** Throws an `EngineError` for a key or an address that cannot be used. */
  constructor({engineUrl, apiKey, timeoutMs = DEFAULT_TIMEOUT_MS}: PipecatClientOptions) {
    this.#url = new URL(`${checkEngineUrl(engineUrl)}/start`);
    this.#apiKey = apiKey === undefined ? '' : checkApiKey(apiKey);
    this.#timeoutMs = timeoutMs;
  }

  /** Starts one for one visitor. All of it goes to their page. Rejects as `EngineClient` does. */
  createSession(
    options: PipecatSessionOptions = {},
    {signal}: CallOptions = {},
  ): Promise<PipecatSession> {
    return callEngine(this.#url, {
      method: 'POST',
      headers: this.#apiKey ? {Authorization: `Bearer ${this.#apiKey}`} : {},
      body: {transport: 'webrtc', ...options},
      parse: parseStarted,
      timeoutMs: this.#timeoutMs,
      secret: this.#apiKey,
      codes: {404: 'bad-answer'},
      signal,
    });
  }
}
