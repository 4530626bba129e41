import type {Handler} from './session-handler.js';

/** What is needed of Node's `IncomingMessage`, whose types are not everybody's. */
interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: object;
}

/** What is needed of Node's `ServerResponse`. */
interface NodeResponse {
  statusCode: number;
  readonly writableFinished: boolean;
  appendHeader(name: string, value: string): unknown;
  end(body?: Uint8Array): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/**
 * A handler as `http.createServer` and Express call it. The request comes without its body, since
 * a session needs none; Node's own is the handler's second argument.
 */
export function toNodeListener(
  handler: Handler,
): (message: NodeRequest, response: NodeResponse) => void {
  return (message, response) => {
    const request = toRequest(message, closedEarly(response));
    if (!request) return end(response, 400);
    handler(request, message)
      .then(answer => send(answer, response))
      .catch(() => end(response, 500));
  };
}

/** `null` where there is no such request, as with a host that cannot be one. */
function toRequest(message: NodeRequest, signal: AbortSignal): Request | null {
  const {method = 'GET', url = '', headers, socket} = message;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const host = String(headers[':authority'] ?? headers['host'] ?? '');
  if (!url.startsWith('/')) return null;
  try {
    // Not resolved: a path that begins with two slashes would name a host of its own.
    return new Request(`${scheme}://${host}${url}`, {method, headers: toHeaders(headers), signal});
  } catch {
    return null;
  }
}

function toHeaders(given: NodeRequest['headers']): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(given)) {
    if (name.startsWith(':')) continue; // HTTP/2's own.
    for (const value of [values].flat()) headers.append(name, value);
  }
  return headers;
}

/** Aborted when the client has gone before it was answered. */
function closedEarly(response: NodeResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

async function send(answer: Response, response: NodeResponse): Promise<void> {
  const body = new Uint8Array(await answer.arrayBuffer());
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  end(response, answer.status, body);
}

function end(response: NodeResponse, status: number, body?: Uint8Array): void {
  response.statusCode = status;
  response.end(body);
}
