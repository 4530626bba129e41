/** An OpenAI-compatible server. */
export interface OpenAIServer {
  /** Such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
}

/**
 * Posts JSON or a form. Rejects with the server's own words and the status where it refuses, and
 * with what went wrong as `cause` where it cannot be reached.
 */
export async function post(
  {baseUrl, apiKey}: OpenAIServer,
  path: string,
  body: FormData | object,
  signal: AbortSignal,
): Promise<Response> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(isForm ? {} : {'content-type': 'application/json'}),
    },
    body: isForm ? body : JSON.stringify(body),
    signal,
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new Error(`The speech server cannot be reached at ${path}.`, {cause});
  });
  if (response.ok) return response;
  const cause = await response.text();
  throw new Error(`The speech server answered ${response.status} to ${path}: ${messageOf(cause)}`, {
    cause,
  });
}

/** `{error: {message}}`, or else the beginning of whatever it is. */
function messageOf(body: string): string {
  const found = field(field(parse(body), 'error'), 'message');
  return typeof found === 'string' ? found : body.slice(0, 200);
}

/** The data of each event of a stream of server-sent events, without the `[DONE]` at its end. */
export async function* eventsOf(response: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, {stream: true});
    const lines = text.split(/\r?\n/);
    text = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:') && line.slice(5).trim() !== '[DONE]') yield parse(line.slice(5));
    }
  }
}

/** A property of what may not be an object at all. */
export function field(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
