import {codeOf, parseRetryAfter} from '../core/http.js';
import {parseObject, parseRefusal} from '../core/protocol.js';
import {secureUrl} from '../core/secure-url.js';
import {isSessionId} from '../core/session-id.js';
import {EngineError, type EngineErrorCode} from './engine-error.js';
import {
  listOf,
  parseCreated,
  parseFace,
  parseProfile,
  parseSession,
  type Face,
  type Parse,
  type Profile,
  type Session,
  type SessionOptions,
} from './parse.js';

const DEFAULT_ENGINE_URL = 'https://engine.diarupt.ai';
const DEFAULT_TIMEOUT_MS = 10_000;
/** A page of sessions has whole conversations in it; a longer body is no answer. */
const MAX_BODY_LENGTH = 2 ** 24;
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

export interface CallOptions {
  /** Gives the call up, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface PageOptions extends CallOptions {
  /** How many, 1 to 100. */
  readonly limit?: number | undefined;
  /** Which of the pages of so many, from 1. */
  readonly page?: number | undefined;
}

interface Call<T> extends CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, number | undefined>>;
  readonly body?: unknown;
  readonly parse: Parse<T>;
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
    const {origin, pathname} = checkEngineUrl(engineUrl ?? DEFAULT_ENGINE_URL);
    this.#base = origin + pathname.replace(/\/$/, '');
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

  async #call<T>(path: string, {method = 'GET', query, body, parse, signal}: Call<T>): Promise<T> {
    signal?.throwIfAborted();
    const deadline = AbortSignal.timeout(this.#timeoutMs);
    const headers = {'X-API-KEY': this.#apiKey};
    const init: RequestInit = {
      method,
      headers,
      redirect: 'manual', // It would take the key along.
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    };
    if (body !== undefined) {
      init.headers = {...headers, 'Content-Type': 'application/json'};
      init.body = JSON.stringify(body);
    }
    try {
      const response = await request(this.#urlOf(path, query), init);
      if (!response.ok) throw await this.#refusal(response, path);
      return parse(await readJson(response), 'The answer');
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof EngineError) throw cause;
      throw new EngineError(deadline.aborted ? 'connect-timeout' : 'engine-unreachable', {cause});
    }
  }

  #urlOf(path: string, query: Call<unknown>['query'] = {}): URL {
    const url = new URL(this.#base + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, `${value}`);
    }
    return url;
  }

  /** By its status, with what the engine said of it as the cause: a person may have to read it. */
  async #refusal(response: Response, path: string): Promise<EngineError> {
    const {status, headers} = response;
    const body = await readText(response).catch(() => '');
    const said = parseRefusal(body).message || `HTTP status ${status}`;
    return new EngineError(errorCodeOf(status, path), {
      cause: new Error(said.replaceAll(this.#apiKey, '…')),
      status,
      retryAfterMs: parseRetryAfter(headers.get('Retry-After')),
    });
  }
}

/**
 * Once more where the connection breaks before there is an answer: one that was kept open may have
 * been closed a moment ago. No call does harm by being made twice; a session that nobody asks for
 * is never begun.
 */
async function request(url: URL, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => {
    init.signal?.throwIfAborted();
    return fetch(url, init);
  });
}

function errorCodeOf(status: number, path: string): EngineErrorCode {
  if (status === 400 || status === 422) return 'invalid-options';
  // There is no such address, where it names no session.
  if (status === 404 && !path.includes('session/')) return 'bad-answer';
  return codeOf(status);
}

async function readJson(response: Response): Promise<unknown> {
  const answer = parseObject(await readText(response));
  if (answer) return answer;
  throw new EngineError('bad-answer', {cause: new TypeError('The answer is not JSON.')});
}

/** The body; nothing, where it is longer than any answer. Rejects where it breaks off. */
async function readText({body}: Response): Promise<string> {
  let text = '';
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.length > MAX_BODY_LENGTH) return ''; // The rest is cancelled by leaving the loop.
  }
  return text;
}

function checkApiKey(key: unknown): string {
  if (typeof key === 'string' && API_KEY.test(key)) return key;
  const message =
    'The API key is missing, or has characters in it that no key has, as a line break at its end. Check the variable that it is read from.';
  throw new EngineError('invalid-options', {message});
}

function checkEngineUrl(address: unknown): URL {
  const url = secureUrl(address);
  if (url) return url;
  const message =
    'The engine’s address is not secure. Give an absolute https: address without a password.';
  throw new EngineError('invalid-options', {message});
}

function checkSessionId(id: unknown): string {
  if (isSessionId(id)) return encodeURIComponent(id);
  const message = 'The session id is malformed. Use the one that create-session returned.';
  throw new EngineError('invalid-options', {message});
}
