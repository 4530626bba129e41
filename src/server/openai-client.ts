import {callEngine, type CallOptions} from './engine-call.js';
import {checkApiKey, checkEngineUrl} from './engine-client.js';
import {parseSecret, type OpenAISession} from './parse.js';

const DEFAULT_ENGINE_URL = 'https://api.openai.com';
const DEFAULT_TIMEOUT_MS = 10_000;

export interface OpenAIClientOptions {
  /** From the server's secrets, and sent to OpenAI alone. Where it is missing, it is refused. */
  readonly apiKey: string | undefined;
  /** For how long a visitor may begin a call: 600 seconds, where nothing is said. */
  readonly expiresAfterSeconds?: number | undefined;
  /** Another server that speaks the same: `https:`, or `http:` on loopback. */
  readonly engineUrl?: string | undefined;
  /** How long OpenAI is waited for, its whole answer included: 10,000 milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** A session of OpenAI Realtime, as its reference has it: `instructions`, `audio` and so on. */
export interface OpenAISessionOptions {
  readonly model: string;
  readonly [name: string]: unknown;
}

/** Has OpenAI make client secrets, for the server that has the key. */
export class OpenAIClient {
  readonly #url: URL;
  readonly #apiKey: string;
  readonly #expiry: object | undefined;
  readonly #timeoutMs: number;

  /** Throws an `EngineError` for a key or an address that cannot be used. */
  constructor({
    apiKey,
    expiresAfterSeconds: seconds,
    engineUrl = DEFAULT_ENGINE_URL,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  }: OpenAIClientOptions) {
    this.#url = new URL(`${checkEngineUrl(engineUrl)}/v1/realtime/client_secrets`);
    this.#apiKey = checkApiKey(apiKey);
    this.#expiry = seconds ? {seconds} : undefined;
    this.#timeoutMs = timeoutMs;
  }

  /** Makes one for one visitor. All of it goes to their page. Rejects as `EngineClient` does. */
  createSession(session: OpenAISessionOptions, {signal}: CallOptions = {}): Promise<OpenAISession> {
    return callEngine(this.#url, {
      method: 'POST',
      headers: {Authorization: `Bearer ${this.#apiKey}`},
      body: {session: {type: 'realtime', ...session}, expires_after: this.#expiry},
      parse: parseSecret,
      timeoutMs: this.#timeoutMs,
      secret: this.#apiKey,
      codes: {404: 'bad-answer'},
      signal,
    });
  }
}
