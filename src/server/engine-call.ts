import {codeOf, parseRetryAfter} from '../core/http.js';
import {parseObject, parseRefusal} from '../core/protocol.js';
import {EngineError, type EngineErrorCode} from './engine-error.js';
import type {Parse} from './parse.js';

/** A page of sessions has whole conversations in it; a longer body is no answer. */
const MAX_BODY_LENGTH = 2 ** 24;

export interface CallOptions {
  /** Gives the call up, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Call<T> extends CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly parse: Parse<T>;
  /** How long the engine is waited for, its whole answer included. */
  readonly timeoutMs: number;
  /** What is in no error. */
  readonly secret: string;
  /** What statuses mean where they do not mean what they mean elsewhere. */
  readonly codes?: Readonly<Record<number, EngineErrorCode>>;
}

/** Rejects with an `EngineError`, or with the signal's reason. */
export async function callEngine<T>(url: URL, call: Call<T>): Promise<T> {
  const {method = 'GET', body, parse, timeoutMs, signal} = call;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const init: RequestInit = {
    method,
    headers: call.headers,
    redirect: 'manual', // It would take the key along.
    signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
  };
  if (body !== undefined) {
    init.headers = {...call.headers, 'Content-Type': 'application/json'};
    init.body = JSON.stringify(body);
  }
  try {
    const response = await request(url, init);
    if (!response.ok) throw await refusal(response, call);
    return parse(await readJson(response), 'The answer');
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof EngineError) throw cause;
    throw new EngineError(deadline.aborted ? 'connect-timeout' : 'engine-unreachable', {cause});
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

/** By its status, with what the engine said of it as the cause: a person may have to read it. */
async function refusal(
  response: Response,
  {secret, codes}: Pick<Call<unknown>, 'secret' | 'codes'>,
): Promise<EngineError> {
  const {status, headers} = response;
  const body = await readText(response).catch(() => '');
  const said = parseRefusal(body).message || `HTTP status ${status}`;
  return new EngineError(codes?.[status] ?? errorCodeOf(status), {
    cause: new Error(secret ? said.replaceAll(secret, '…') : said),
    status,
    retryAfterMs: parseRetryAfter(headers.get('Retry-After')),
  });
}

function errorCodeOf(status: number): EngineErrorCode {
  return status === 400 || status === 422 ? 'invalid-options' : codeOf(status);
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
