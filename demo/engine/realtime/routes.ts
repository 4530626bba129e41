import {isObject, json, mediaType, readBody, readObject, type Call as Request} from '../http.js';
import type {Reply} from '../http.js';
import type {Route} from '../router.js';
import {hasMedia} from '../sdp.js';
import type {Speech} from '../speech/types.js';
import {Call} from './call.js';
import {newId} from './events.js';

const MAX_CALLS = 50;
const DEFAULT_SECONDS = 600;

/** What a page may begin a call with, until then. */
interface Secret {
  readonly session: Record<string, unknown>;
  readonly expiresAt: number;
}

/**
 * The calls of OpenAI Realtime, by which its clients talk with this engine, too: `client_secrets` for
 * an embedder's server, with its key, and `calls` for a page, with what that returns.
 */
export class RealtimeCalls {
  readonly #calls = new Set<Call>();
  readonly #secrets = new Map<string, Secret>();
  readonly routes: readonly Route[];

  constructor(
    readonly speech: Speech,
    readonly apiKey: string | undefined,
  ) {
    const path = /^\/v1\/realtime\/calls$/;
    this.routes = [
      {method: 'POST', path, handle: request => this.#call(request)},
      {
        method: 'POST',
        path: /^\/v1\/realtime\/client_secrets$/,
        handle: request => this.#createSecret(request),
      },
    ];
  }

  async close(): Promise<void> {
    await Promise.all([...this.#calls].map(call => call.close()));
  }

  async #createSecret({request}: Request): Promise<Reply> {
    const key = bearer(request);
    if (!key || (this.apiKey !== undefined && key !== this.apiKey)) return refused(401);
    const body = await readObject(request);
    const after = isObject(body['expires_after']) ? body['expires_after']['seconds'] : undefined;
    const seconds = typeof after === 'number' ? after : DEFAULT_SECONDS;
    const given = isObject(body['session']) ? body['session'] : {};
    const session = {
      id: newId('sess'),
      object: 'realtime.session',
      type: 'realtime',
      model: 'guide',
      output_modalities: ['audio'],
      audio: {
        input: {transcription: null, turn_detection: {type: 'server_vad', create_response: true}},
      },
      ...given,
    };
    const value = newId('ek');
    const expiresAt = Math.floor(Date.now() / 1000) + seconds;
    this.#secrets.set(value, {session, expiresAt});
    return json(200, {value, expires_at: expiresAt, session});
  }

  async #call({request, signal}: Request): Promise<Reply> {
    const secret = this.#secrets.get(bearer(request) ?? '');
    if (!secret || secret.expiresAt * 1000 < Date.now()) return refused(401);
    if (mediaType(request) !== 'application/sdp') return refused(415);
    const offer = (await readBody(request)).toString();
    if (!offer.startsWith('v=0') || !hasMedia(offer, 'audio')) return refused(400);
    if (this.#calls.size >= MAX_CALLS) return refused(429);
    const call = new Call(structuredClone(secret.session), this.speech);
    this.#calls.add(call);
    void call.ended.then(() => this.#calls.delete(call));
    signal.addEventListener('abort', () => void call.close(), {once: true});
    try {
      const body = await call.accept(offer);
      const headers = {
        'Content-Type': 'application/sdp',
        Location: `/v1/realtime/calls/${call.id}`,
      };
      return {status: 201, headers, body};
    } catch {
      void call.close();
      return refused(400);
    }
  }
}

function bearer({headers}: Request['request']): string | undefined {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  429: 'rate_limit_exceeded',
};

/** As theirs are refused. */
function refused(status: number): Reply {
  const type = status === 429 ? 'rate_limit_error' : 'invalid_request_error';
  const message = `The request cannot be granted (${status}).`;
  return json(status, {
    error: {type, code: CODES[status] ?? 'invalid_request', message, param: null},
  });
}
