import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {once} from 'node:events';
import {apiRoutes} from './api.js';
import {refuse, Refusal, send, type Reply} from './http.js';
import {listen, portOf} from './listen.js';
import {peers} from './peers.js';
import {hurry} from './real-time.js';
import {RealtimeCalls} from './realtime/routes.js';
import {route} from './router.js';
import {Sessions} from './sessions.js';
import {faultRoutes, signalingRoutes} from './signaling.js';
import {siteRoutes} from './site.js';
import type {Speech} from './speech/types.js';

/** Any page may embed the engine: what it may do there is decided by keys and session ids. */
const CORS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Location, ETag, Link, Retry-After',
};
const PREFLIGHT: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, If-Match, X-API-KEY, X-OpenAI-Agents-SDK',
  'Access-Control-Max-Age': '7200',
};

export interface EngineOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly speech: Speech;
  /** Sessions can be told to misbehave. */
  readonly faults?: boolean;
  /** The only API key that is accepted; any by default. */
  readonly apiKey?: string | undefined;
}

export interface Engine {
  readonly url: string;
  /** Ends all conversations and stops. The speech stays its owner's. */
  close(): Promise<void>;
}

/** Serves the engine's API, its connections and the demo site. Rejects where the port is taken. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const {speech, faults = false, apiKey} = options;
  hurry();
  peers.prepare();
  const sessions = new Sessions();
  const calls = new RealtimeCalls(speech, apiKey);
  const routes = [
    ...apiRoutes({sessions, apiKey, faults}),
    ...signalingRoutes(sessions, speech),
    ...calls.routes,
    ...(faults ? faultRoutes(sessions) : []),
    ...siteRoutes({engineUrl: () => url, apiKey: apiKey ?? 'demo'}),
  ];
  // Longer than a page pauses between two requests: one that meets the end of its connection fails.
  const servers = await listen(options.port, () =>
    createServer({keepAliveTimeout: 60_000}, (request, response) => {
      serve(request, response).catch(() => response.destroy());
    }),
  );
  const url = `http://localhost:${portOf(servers)}`;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    const reply = await answer(request, gone.signal);
    if (!gone.signal.aborted) await send(response, reply);
  }

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<Reply> {
    try {
      const {method = 'GET'} = request;
      const path = request.url ?? '/';
      if (!URL.canParse(path, url)) {
        throw new Refusal(400, 'invalid-request', 'The address is not well formed.');
      }
      const at = new URL(path, url);
      const {handle, params} = route(routes, method, at.pathname);
      const reply = await handle({request, url: at, params, signal});
      return method === 'OPTIONS' ? preflight(reply, params) : reply;
    } catch (error) {
      if (error instanceof Refusal) return refuse(error);
      if (!signal.aborted) console.error(error);
      return refuse(new Refusal(500, 'engine-error', 'The engine has failed.'));
    }
  }

  function preflight(reply: Reply, [id = '']: readonly string[]): Reply {
    const refused = sessions.find(id)?.faults.preflight;
    if (refused === undefined) return {...reply, headers: {...reply.headers, ...PREFLIGHT}};
    return {status: refused, headers: {'Access-Control-Allow-Origin': null}};
  }

  return {
    url,
    async close() {
      await Promise.all(sessions.connections().map(one => one.close('engine stopped')));
      await calls.close();
      await Promise.all(servers.map(stop));
    },
  };
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
