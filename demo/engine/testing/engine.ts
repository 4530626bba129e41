import {setTimeout as delay} from 'node:timers/promises';
import {isObject} from '../http.js';
import {startEngine, type EngineOptions} from '../server.js';
import {FACES} from '../speech/faces.js';
import {PROFILES} from '../speech/guide.js';
import {Client, type ClientOptions} from './client.js';
import {toneSpeech} from './tone-speech.js';

/** What every session needs. */
export const SESSION = {face: FACES[0]?.id ?? '', profile: PROFILES[0]?.id ?? ''};

/** An engine on a port of its own, and what tests do with it. */
export interface TestEngine extends AsyncDisposable {
  readonly url: string;
  /** Calls the API with a key. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  createSession(options?: Record<string, unknown>): Promise<string>;
  session(id: string): Promise<Record<string, unknown>>;
  /** A client that is not connected yet. */
  client(options?: ClientOptions): Client;
  /** A client that is connected to a new session, or to the one named. */
  connect(sessionId?: string, options?: ClientOptions): Promise<Client>;
  close(): Promise<void>;
}

export async function startTestEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const engine = await startEngine({port: 0, speech: toneSpeech(), faults: true, ...options});
  const clients: Client[] = [];
  const {url} = engine;

  const call = (method: string, path: string, body?: unknown) =>
    fetch(url + path, {
      method,
      headers: {'X-API-KEY': options.apiKey ?? 'test', 'Content-Type': 'application/json'},
      ...(body !== undefined && {body: JSON.stringify(body)}),
    });

  const object = async (response: Response) => {
    const value: unknown = await response.json();
    return isObject(value) ? value : {};
  };

  const createSession = async (more: Record<string, unknown> = {}) => {
    const created = await object(await call('POST', '/create-session', {...SESSION, ...more}));
    return String(created['session_id']);
  };

  const session = async (id: string) => object(await call('GET', `/session/${id}`));

  /** Closed with the engine: one that a failed test left open would keep the process alive. */
  const client = (clientOptions?: ClientOptions) => {
    const one = new Client(url, clientOptions);
    clients.push(one);
    return one;
  };

  /** The engine first: the addon crashes where it sends just when the other side goes. */
  const close = async () => {
    await engine.close();
    clients.forEach(one => one.close());
  };

  return {
    url,
    call,
    createSession,
    client,
    close,
    session,
    async connect(sessionId, clientOptions) {
      const one = client(clientOptions);
      const id = sessionId ?? (await createSession());
      await one.connect(id);
      // The channel is open at both ends, one after the other.
      while (/IDLE|PAUSED/.test(String((await session(id))['status']))) await delay(10);
      return one;
    },
    [Symbol.asyncDispose]: close,
  };
}
