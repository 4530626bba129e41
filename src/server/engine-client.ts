import {secureUrl} from '../core/secure-url.js';
import {isSessionId} from '../core/session-id.js';
import {callEngine, type Call, type CallOptions} from './engine-call.js';
import {EngineError} from './engine-error.js';
import {
  listOf,
  parseCreated,
  parseFace,
  parseProfile,
  parseSession,
  type Face,
  type Profile,
  type Session,
  type SessionOptions,
} from './parse.js';

const DEFAULT_ENGINE_URL = 'https://engine.diarupt.ai';
const DEFAULT_TIMEOUT_MS = 10_000;
/** What an HTTP header can hold as it is: a line break, say, would be told by an error with the key in it. */
const API_KEY = /^[!-~]+$/;

export interface EngineClientOptions {
  /** From the server's secrets, and sent to the engine alone. Where it is missing, it is refused. */
  readonly apiKey: string | undefined;
  /** Another engine than Diarupt's: `https:`, or `http:` on loopback. */
  readonly engineUrl?: string | undefined;
  /** How long the engine is waited for, its whole answer included: 10,000 milliseconds. */
  readonly timeoutMs?: number | undefined;
}

export interface PageOptions extends CallOptions {
  /** How many, 1 to 100. */
  readonly limit?: number | undefined;
  /** Which of the pages of so many, from 1. */
  readonly page?: number | undefined;
}

interface Query {
  readonly query?: Readonly<Record<string, number | undefined>>;
}

/**
 * The engine's API, for the server that has the key. Each method rejects with an `EngineError`, or
 * with its signal's reason. What the engine has answered is final: nothing waits and tries again.
 */
export class EngineClient {
  readonly #apiKey: string;
  readonly #base: string;
  readonly #timeoutMs: number;

  /** Throws an `EngineError` for a key or an address that cannot be used. */
  constructor({apiKey, engineUrl, timeoutMs = DEFAULT_TIMEOUT_MS}: EngineClientOptions) {
    this.#apiKey = checkApiKey(apiKey);
    this.#base = checkEngineUrl(engineUrl ?? DEFAULT_ENGINE_URL);
    this.#timeoutMs = timeoutMs;
  }

  /** Creates a session for one visitor. Only its id goes to their page. */
  createSession(options: SessionOptions, call: CallOptions = {}): Promise<{session_id: string}> {
    const {signal} = call;
    return this.#call('/create-session', {
      method: 'POST',
      body: options,
      parse: parseCreated,
      signal,
    });
  }

  /** Ends a session for good, and with it the conversation; the session as it is then. */
  async terminateSession(id: string, {signal}: CallOptions = {}): Promise<Session> {
    const path = `/terminate-session/${checkSessionId(id)}`;
    return this.#call(path, {method: 'POST', parse: parseSession, signal});
  }

  async getSession(id: string, {signal}: CallOptions = {}): Promise<Session> {
    return this.#call(`/session/${checkSessionId(id)}`, {parse: parseSession, signal});
  }

  /** A page of the sessions, newest first; past the last one it is empty. */
  listSessions({limit, page, signal}: PageOptions = {}): Promise<Session[]> {
    return this.#call('/sessions', {query: {limit, page}, parse: listOf(parseSession), signal});
  }

  listFaces({signal}: CallOptions = {}): Promise<Face[]> {
    return this.#call('/faces', {parse: listOf(parseFace), signal});
  }

  listProfiles({signal}: CallOptions = {}): Promise<Profile[]> {
    return this.#call('/profiles', {parse: listOf(parseProfile), signal});
  }

  #call<T>(path: string, {query, ...call}: Partial<Call<T>> & Query & Pick<Call<T>, 'parse'>) {
    return callEngine(this.#urlOf(path, query), {
      headers: {'X-API-KEY': this.#apiKey},
      timeoutMs: this.#timeoutMs,
      secret: this.#apiKey,
      // There is no such address, where it names no session.
      ...(!path.includes('session/') && {codes: {404: 'bad-answer'}}),
      ...call,
    });
  }

  #urlOf(path: string, query: Query['query'] = {}): URL {
    const url = new URL(this.#base + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, `${value}`);
    }
    return url;
  }
}

export function checkApiKey(key: unknown): string {
  if (typeof key === 'string' && API_KEY.test(key)) return key;
  const message =
    'The API key is missing, or has characters in it that no key has, as a line break at its end. Check the variable that it is read from.';
  throw new EngineError('invalid-options', {message});
}

/** What paths are put after, if it is secure. */
export function checkEngineUrl(address: unknown): string {
  const url = secureUrl(address);
  if (url) return url.origin + url.pathname.replace(/\/$/, '');
  const message =
    'The engine’s address is not secure. Give an absolute https: address without a password.';
  throw new EngineError('invalid-options', {message});
}

function checkSessionId(id: unknown): string {
  if (isSessionId(id)) return encodeURIComponent(id);
  const message = 'The session id is malformed. Use the one that create-session returned.';
  throw new EngineError('invalid-options', {message});
}
