import type {IncomingMessage, ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';

const MAX_BODY_BYTES = 256 * 1024;

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  /** Headers set before are taken away by `null`. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** A request, as its handler is given it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The parts of the path that its route leaves open, in order. */
  readonly params: readonly string[];
  /** Aborts when the caller has gone before the reply was sent. */
  readonly signal: AbortSignal;
}

/** A request that cannot be granted; answered as `{error: {code, message}}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: {'Content-Type': 'application/json', ...headers},
    body: JSON.stringify(value),
  };
}

export function refuse({status, code, message, headers}: Refusal): Reply {
  return json(status, {error: {code, message}}, headers);
}

/** Sends a reply; where its body fails on the way, the connection is cut. */
export async function send(
  response: ServerResponse,
  {status, headers = {}, body}: Reply,
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) response.removeHeader(name);
    else response.setHeader(name, value);
  }
  response.statusCode = status;
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    response.end(body);
  } else {
    await pipeline(body, response).catch(() => response.destroy());
  }
}

/** The request's media type in lower case, without parameters. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1).join().trim().toLowerCase();
}

/** @throws {Refusal} 413 where the body is larger than 256 KiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const bytes of request as AsyncIterable<Buffer>) {
    length += bytes.length;
    // What is left is read and dropped, since a caller that is still sending cannot hear a reply.
    if (length <= MAX_BODY_BYTES) chunks.push(bytes);
  }
  if (length > MAX_BODY_BYTES) {
    throw new Refusal(413, 'too-large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads a JSON object, for which no body at all is an empty one.
 *
 * @throws {Refusal} 400 where the body is not JSON, 422 where it is not an object.
 */
export async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = (await readBody(request)).toString();
  let value: unknown;
  try {
    value = JSON.parse(text || '{}');
  } catch {
    throw new Refusal(400, 'invalid-request', 'The body is not JSON.');
  }
  if (!isObject(value)) throw invalid('The body must be a JSON object.');
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A request that is well formed, but whose content does not do. */
export function invalid(message: string): Refusal {
  return new Refusal(422, 'invalid-request', message);
}
