import {invalid, isObject, json, readObject, Refusal, type Call, type Reply} from './http.js';
import type {Route} from './router.js';
import type {Session, SessionOptions, Sessions} from './sessions.js';
import {FACES} from './speech/faces.js';
import {PROFILES} from './speech/guide.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

export interface ApiOptions {
  readonly sessions: Sessions;
  /** The only key that is accepted; any by default. */
  readonly apiKey: string | undefined;
  /** A created session may be given its `id`, as if it had outlived the engine's last process. */
  readonly faults: boolean;
}

/** The engine's published API, which an embedder's server calls with its key. */
export function apiRoutes({sessions, apiKey, faults}: ApiOptions): Route[] {
  const withKey = (handle: (call: Call) => Promise<Reply> | Reply) => (call: Call) => {
    const key = call.request.headers['x-api-key'];
    if (!key || (apiKey !== undefined && key !== apiKey)) {
      throw new Refusal(401, 'unauthorized', 'X-API-KEY is missing or not accepted.');
    }
    return handle(call);
  };

  const create = async ({request}: Call) => {
    const body = await readObject(request);
    const id = faults && typeof body['id'] === 'string' ? body['id'] : undefined;
    const session = sessions.create(parseOptions(body), id);
    return json(201, {session_id: session.id});
  };

  const terminate = ({params: [id = '']}: Call) => {
    const session = sessions.get(id);
    session.terminate('session terminated');
    return json(200, session);
  };

  const list = ({url: {searchParams}}: Call) => {
    const limit = positive(searchParams, 'limit', DEFAULT_LIMIT, MAX_LIMIT);
    const page = positive(searchParams, 'page', 1, Number.MAX_SAFE_INTEGER);
    return json(200, pageOf(sessions.list(), limit, page));
  };

  return [
    {method: 'POST', path: /^\/create-session$/, handle: withKey(create)},
    {method: 'POST', path: /^\/terminate-session\/([^/]+)$/, handle: withKey(terminate)},
    {
      method: 'GET',
      path: /^\/session\/([^/]+)$/,
      handle: withKey(({params: [id = '']}) => json(200, sessions.get(id))),
    },
    {method: 'GET', path: /^\/sessions$/, handle: withKey(list)},
    {method: 'GET', path: /^\/faces$/, handle: withKey(() => json(200, FACES))},
    {method: 'GET', path: /^\/profiles$/, handle: withKey(() => json(200, PROFILES))},
  ];
}

function parseOptions({face, profile, ...body}: Record<string, unknown>): SessionOptions {
  const {behavior, time_limit, context} = body;
  if (!isIdOf(FACES, face)) throw invalid('face must be the id of one of GET /faces.');
  if (!isIdOf(PROFILES, profile)) throw invalid('profile must be the id of one of GET /profiles.');
  if (behavior !== undefined && typeof behavior !== 'string') {
    throw invalid('behavior must be a string.');
  }
  if (time_limit !== undefined && !(typeof time_limit === 'number' && time_limit > 0)) {
    throw invalid('time_limit must be a positive number of seconds.');
  }
  if (context !== undefined && typeof context !== 'string' && !isObject(context)) {
    throw invalid('context must be a string or an object.');
  }
  return Object.freeze({
    face,
    profile,
    ...(behavior !== undefined && {behavior}),
    ...(time_limit !== undefined && {time_limit}),
    ...(context !== undefined && {context}),
  });
}

function isIdOf(known: readonly {readonly id: string}[], id: unknown): id is string {
  return known.some(one => one.id === id);
}

function positive(query: URLSearchParams, name: string, fallback: number, max: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw invalid(`${name} must be a number from 1 to ${max}.`);
  return value;
}

function pageOf(sessions: readonly Session[], limit: number, page: number): readonly Session[] {
  return sessions.slice(limit * (page - 1), limit * page);
}
