import type {CallOptions} from './engine-call.js';
import {EngineClient, type EngineClientOptions} from './engine-client.js';
import {EngineError} from './engine-error.js';
import {Origins, PREFLIGHT} from './origins.js';
import type {SessionOptions} from './parse.js';
import {RateLimit} from './rate-limit.js';

const PER_MINUTE_OF_ALL = 60;
const PER_MINUTE_OF_ONE = 10;
/** A page that is told to wait longer would better be told to go. */
const MAX_RETRY_AFTER_S = 3600;

type MaybePromise<T> = T | Promise<T>;

/**
 * A function of who asks. What the platform hands the handler beside the request, it hands on:
 * Node's message, Deno's `info`, Bun's `server`, a Worker's `env`; name its type where you take it.
 */
type OfRequest<T> = (request: Request, ...platform: never[]) => T;

/** What creates sessions: `EngineClient`, `OpenAIClient` and `PipecatClient` do. */
export interface SessionSource<T> {
  createSession(options: T, call: CallOptions): Promise<object>;
}

/** Sessions of Diarupt's engine. */
export interface SessionHandlerOptions
  extends HandlerOptions<SessionOptions>, EngineClientOptions {}

/** Sessions of another: all that it tells of one goes to the page. */
export interface SourceHandlerOptions<T> extends HandlerOptions<T> {
  readonly engine: SessionSource<T>;
}

interface HandlerOptions<T> {
  /**
   * What a visitor's session is created with; a function where it depends on who asks. A
   * `Response` is answered as it is, as `401` to who is not logged in.
   */
  readonly session: T | OfRequest<MaybePromise<T | Response>>;
  /** Whose pages may ask, beside those of the handler's own origin: `['https://example.com']`. */
  readonly origins?: readonly string[] | undefined;
  /** Whether a request without `Origin`, which no browser sends, is refused: it is by default. */
  readonly requireOrigin?: boolean | undefined;
  /**
   * What tells one client from another: a header that a proxy of yours sets, as `X-Real-IP`, or a
   * function. By default all are one, since anybody can send any header.
   */
  readonly client?: string | OfRequest<string> | undefined;
  /** How many sessions a minute each client may have: 10, or 60 where all are one client. */
  readonly perMinute?: number | undefined;
  /** Told what has failed, which the page is not. `console.error` by default. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** As Deno, Bun and Workers call it, and Node with `toNodeListener`. */
export type Handler = (request: Request, ...platform: unknown[]) => Promise<Response>;

/**
 * Answers `POST` with a fresh session for whoever asks from a page that may: `{session_id}`, which
 * is what `session-url` asks for. Never rejects, and tells the page nothing of the engine but that
 * it is busy. Throws an `EngineError` for options that cannot be used.
 */
export function createSessionHandler(options: SessionHandlerOptions): Handler;
export function createSessionHandler<T>(options: SourceHandlerOptions<T>): Handler;
export function createSessionHandler(
  options: SessionHandlerOptions | SourceHandlerOptions<unknown>,
): Handler {
  const source = 'engine' in options ? options : {...options, engine: new EngineClient(options)};
  return handlerOf(source);
}

function handlerOf<T>(options: SourceHandlerOptions<T>): Handler {
  const {engine, session, client, origins = [], requireOrigin = true} = options;
  const {perMinute = client ? PER_MINUTE_OF_ONE : PER_MINUTE_OF_ALL} = options;
  const {onError = error => console.error(error)} = options;
  const allowed = new Origins(origins, requireOrigin);
  const limit = new RateLimit(checkPerMinute(perMinute));

  async function create(request: Request, platform: never[]): Promise<Response> {
    const wanted =
      typeof session === 'function'
        ? await (session as OfRequest<MaybePromise<T | Response>>)(request, ...platform)
        : session;
    if (wanted instanceof Response) return new Response(wanted.body, wanted);
    const created = await engine.createSession(wanted, {signal: request.signal});
    return Response.json(created, {status: 201});
  }

  async function answer(request: Request, platform: never[]): Promise<Response> {
    if (request.method !== 'POST' && request.method !== 'OPTIONS') {
      return refuse(405, 'method-not-allowed', 'Only POST can be used here.', {
        Allow: 'OPTIONS, POST',
      });
    }
    if (!allowed.allow(request)) {
      return refuse(403, 'unauthorized', 'This page may not start a conversation here.');
    }
    if (request.method === 'OPTIONS') return new Response(null, {status: 204, headers: PREFLIGHT});
    const wait = limit.take(clientOf(client, request, platform));
    if (wait > 0) return refuseForNow(429, wait);
    return create(request, platform);
  }

  return async (request, ...platform) => {
    const response = await answer(request, platform as never[]).catch((error: unknown) => {
      if (!request.signal.aborted) onError(error);
      return failure(error);
    });
    const headers = {...allowed.headersFor(request), 'Cache-Control': 'no-store'};
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    response.headers.append('Vary', 'Origin');
    return response;
  };
}

/** Of a list, the last is what the nearest proxy has seen: those before it, anybody can send. */
function clientOf(
  client: HandlerOptions<unknown>['client'],
  request: Request,
  platform: never[],
): string {
  if (typeof client === 'function') return client(request, ...platform);
  const value = client ? request.headers.get(client) : null;
  return value?.split(',').at(-1)?.trim() ?? '';
}

function failure(error: unknown): Response {
  if (!(error instanceof EngineError)) {
    return refuse(500, 'engine-error', 'The conversation could not be started.');
  }
  if (error.code === 'engine-busy') return refuseForNow(503, error.retryAfterMs ?? 0);
  return refuse(502, 'engine-error', 'The conversation could not be started.');
}

function refuseForNow(status: number, waitMs: number): Response {
  const seconds = Math.min(Math.ceil(waitMs / 1000), MAX_RETRY_AFTER_S);
  const headers: Record<string, string> = seconds > 0 ? {'Retry-After': `${seconds}`} : {};
  return refuse(status, 'engine-busy', 'Too many want to talk. Try again in a moment.', headers);
}

function refuse(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({error: {code, message}}, {status, headers});
}

function checkPerMinute(perMinute: number): number {
  if (perMinute >= 1) return perMinute;
  const message =
    'perMinute is too small. Give how many sessions each client may have, at least 1.';
  throw new EngineError('invalid-options', {message});
}
