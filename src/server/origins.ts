import {EngineError} from './engine-error.js';

/** Seconds for which a browser need not ask again whether a page may. */
const PREFLIGHT_MAX_AGE = 7200;

/** From whose pages a handler may be asked: those of its own origin, and those that are named. */
export class Origins {
  readonly #named: ReadonlySet<string>;
  readonly #required: boolean;

  /** Throws an `EngineError` for what is no origin, as an address with a path. */
  constructor(named: readonly string[], required: boolean) {
    this.#named = new Set(named.map(checkOrigin));
    this.#required = required;
  }

  /** Whether the page may, which every browser names; another program says what it likes. */
  allow(request: Request): boolean {
    const origin = request.headers.get('Origin');
    if (origin === null) return !this.#required;
    return this.#named.has(origin) || isSameOrigin(request, origin);
  }

  /** What an answer must say for a page of a named origin to read it. */
  headersFor(request: Request): Readonly<Record<string, string>> {
    const origin = request.headers.get('Origin') ?? '';
    if (!this.#named.has(origin)) return {};
    return {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'Retry-After',
    };
  }
}

export const PREFLIGHT: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': `${PREFLIGHT_MAX_AGE}`,
};

/**
 * The browser knows, and no page can make it lie (`Sec-Fetch-Site`). The addresses are compared
 * where it does not say: behind a proxy, the request's may not be the one that the page has.
 */
function isSameOrigin({headers, url}: Request, origin: string): boolean {
  const site = headers.get('Sec-Fetch-Site');
  return site === null ? origin === new URL(url).origin : site === 'same-origin';
}

function checkOrigin(origin: string): string {
  if (URL.canParse(origin) && new URL(origin).origin === origin) return origin;
  const message = `“${origin}” is no origin. Give scheme, host and port alone, as in https://example.com.`;
  throw new EngineError('invalid-options', {message});
}
