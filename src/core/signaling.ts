import {InteractionError, isErrorCode} from './errors.js';
import {CODES, codeOf, parseRetryAfter} from './http.js';
import {parseIceServers} from './ice-servers.js';
import type {Credentials} from './link.js';
import {parseObject, parseRefusal} from './protocol.js';

/** The answer is a few KiB; a longer body is no answer. */
const MAX_BODY_LENGTH = 64 * 1024;
const GOODBYE_TIMEOUT_MS = 2000;
const SESSION_TIMEOUT_MS = 15_000;

/** What the engine answered to an offer. */
export interface Answer {
  readonly sdp: string;
  /** The connection's own address, on the engine's origin; `null` where it names none. */
  readonly resource: URL | null;
  /** Of the ICE session (RFC 9725 §4.3.1). */
  readonly etag: string | null;
  readonly iceServers: readonly RTCIceServer[];
}

/** Posts the offer (RFC 9725 §4.2). Rejects with a code, or with the signal's reason. */
export async function postOffer(
  endpoint: URL,
  offer: string,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await request(endpoint, {
    method: 'POST',
    headers: {'Content-Type': 'application/sdp'},
    body: offer,
    signal,
  });
  const body = await readGranted(response, signal);
  if (response.status !== 201 || !body.startsWith('v=0')) throw new InteractionError('bad-answer');
  const {headers} = response;
  return {
    sdp: body,
    resource: sameOrigin(headers.get('Location'), endpoint),
    etag: headers.get('ETag'),
    iceServers: parseIceServers(headers.get('Link')),
  };
}

/** Tells the engine more candidates; whether it takes them (RFC 9725 §4.3.2). Never rejects. */
export async function patchCandidates(
  answer: Answer,
  fragment: string,
  signal: AbortSignal,
): Promise<boolean> {
  const response = await patch(answer, answer.etag, fragment, signal).catch(
    () => null, // The candidates it already has may do.
  );
  return response?.ok === true;
}

/** Asks the engine for an ICE restart (RFC 9725 §4.3.3): its fragment, and the `ETag` from now on. */
export async function patchRestart(
  answer: Answer,
  fragment: string,
  signal: AbortSignal,
): Promise<{fragment: string; etag: string | null}> {
  const response = await patch(answer, '*', fragment, signal);
  const body = await readText(response, signal);
  if (response.status !== 200) throw refusal(response, body);
  return {fragment: body, etag: response.headers.get('ETag')};
}

async function patch(
  {resource}: Answer,
  condition: string | null,
  body: string,
  signal: AbortSignal,
): Promise<Response> {
  if (!resource) throw new InteractionError('bad-answer');
  const headers = {
    'Content-Type': 'application/trickle-ice-sdpfrag',
    ...(condition && {'If-Match': condition}),
  };
  return request(resource, {method: 'PATCH', headers, body, signal});
}

/** Asks the page's own server for a session, as whoever is logged in there. Unchecked. */
export async function postForSession(url: URL, signal: AbortSignal): Promise<Credentials> {
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(SESSION_TIMEOUT_MS)]);
  const init = {method: 'POST', credentials: 'same-origin', signal: waiting} as const;
  const body = await readGranted(await request(url, init), waiting);
  const given = parseObject(body);
  return {...given, sessionId: given?.session_id};
}

/** Tells the engine that the visitor has left, even while the page goes. Never rejects. */
export async function deleteResource(resource: URL): Promise<void> {
  const signal = AbortSignal.timeout(GOODBYE_TIMEOUT_MS);
  await request(resource, {method: 'DELETE', keepalive: true, signal}).catch(() => {});
}

/**
 * The session id is in the path: it goes into no referrer and no cache. No redirect is followed,
 * not within the origin either: where it goes, a page is only told when it has been there.
 */
export async function request(url: URL, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
      ...init,
    });
    if (response.type !== 'opaqueredirect') return response;
  } catch (cause) {
    throw init.signal?.aborted ? cause : new InteractionError('engine-unreachable', {cause});
  }
  throw new InteractionError('protocol-error', {cause: new Error('a redirect')});
}

/** The body. Rejects where the status is a refusal, which speaks for itself whatever the body is. */
export async function readGranted(response: Response, signal: AbortSignal): Promise<string> {
  if (!response.ok) throw refusal(response, await readText(response, signal).catch(() => ''));
  return readText(response, signal);
}

async function readText(response: Response, signal: AbortSignal): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    while (reader && text.length <= MAX_BODY_LENGTH) {
      const {done, value} = await reader.read();
      if (done) return text;
      text += value;
    }
  } catch (cause) {
    throw signal.aborted ? cause : new InteractionError('engine-unreachable', {cause});
  }
  reader?.cancel().catch(() => {});
  throw new InteractionError('bad-answer');
}

/** A refusal by its status, with what the engine said of it as the cause. */
function refusal({status, headers}: Response, body: string): InteractionError {
  const said = parseRefusal(body);
  const code = CODES[status] ?? (isErrorCode(said.code) ? said.code : codeOf(status));
  return new InteractionError(code, {
    cause: new Error(said.message || `HTTP status ${status}`),
    retryAfterMs: parseRetryAfter(headers.get('Retry-After')),
  });
}

function sameOrigin(location: string | null, base: URL): URL | null {
  if (!location || !URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  return url.origin === base.origin ? url : null;
}
