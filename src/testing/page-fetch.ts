import {onAbort, untilAborted} from '../core/abort.js';

type Serve = (request: Request) => Promise<Response>;

interface StandIn {
  readonly before: typeof fetch;
  readonly signal: AbortSignal;
}

/** What has been put in the place of a page's `fetch`, by us. */
const standIns = new WeakMap<typeof fetch, StandIn>();

/**
 * Has `serve` answer what the page asks of `origin`, until the signal; whatever it asks of others goes
 * where it went, untouched. In whatever order several end, the page's own `fetch` is back after them.
 */
export function answerFetch(
  view: typeof globalThis,
  origin: string,
  serve: Serve,
  signal: AbortSignal,
): void {
  const before = view.fetch;
  const standIn: typeof fetch = async (input, init) => {
    if (signal.aborted || originOf(input, view) !== origin) return before.call(view, input, init);
    const request = new view.Request(input, init);
    return untilAborted(serve(request), request.signal);
  };
  standIns.set(standIn, {before, signal});
  view.fetch = standIn;
  onAbort(signal, () => putBack(view));
}

/** Under what the page has put on top of it meanwhile, one that has ended stays, and passes all on. */
function putBack(view: typeof globalThis): void {
  let standIn = standIns.get(view.fetch);
  while (standIn?.signal.aborted) {
    view.fetch = standIn.before;
    standIn = standIns.get(view.fetch);
  }
}

/** Without making a request of it, which would take the body out of the page's own. */
function originOf(input: RequestInfo | URL, view: typeof globalThis): string | null {
  const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
  const base = view.document.baseURI;
  return URL.canParse(url, base) ? new URL(url, base).origin : null;
}
