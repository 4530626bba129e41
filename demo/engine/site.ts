import {readFile, realpath, stat} from 'node:fs/promises';
import {extname, join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {json, readObject, Refusal, type Call, type Reply} from './http.js';
import type {Route} from './router.js';
import {FACES} from './speech/faces.js';
import {PROFILES} from './speech/guide.js';
import {QUESTIONS} from './speech/questions.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.wav': 'audio/wav',
};

export interface SiteOptions {
  /** Where the engine's API is, and the key this site has for it. */
  readonly engineUrl: () => string;
  readonly apiKey: string;
}

/** An embedder's web site: the demo page, and the server that keeps its key out of the page. */
export function siteRoutes({engineUrl, apiKey}: SiteOptions): Route[] {
  const createSession = async ({request}: Call): Promise<Reply> => {
    const {profile = PROFILES[0]?.id} = await readObject(request);
    const created = await fetch(`${engineUrl()}/create-session`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', 'X-API-KEY': apiKey},
      body: JSON.stringify({face: FACES[0]?.id, profile}),
    });
    return json(created.status, await created.json(), {'Cache-Control': 'no-store'});
  };

  /** As OpenAI Realtime is asked for one. */
  const createToken = async (): Promise<Reply> => {
    const created = await fetch(`${engineUrl()}/v1/realtime/client_secrets`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}`},
      body: JSON.stringify({session: {type: 'realtime'}}),
    });
    const {value} = (await created.json()) as {value?: string};
    return json(created.status, {token: value}, {'Cache-Control': 'no-store'});
  };

  return [
    {method: 'POST', path: /^\/demo\/session$/, handle: createSession},
    {method: 'POST', path: /^\/demo\/token$/, handle: createToken},
    {method: 'GET', path: /^\/demo\/questions$/, handle: () => json(200, QUESTIONS)},
    {method: 'GET', path: /^\/$/, handle: () => file('demo/index.html')},
    {
      method: 'GET',
      path: /^\/((?:dist|demo|docs)\/.+)$/,
      handle: ({params: [path = '']}) => file(path),
    },
  ];
}

/** A file of the project. What lies outside its folder is not there, whatever leads to it. */
async function file(path: string): Promise<Reply> {
  const missing = new Refusal(404, 'not-found', 'There is no such file.');
  const [folder = ''] = path.split('/');
  const found = await realpath(join(ROOT, decode(path))).catch(() => undefined);
  const inside = await realpath(join(ROOT, folder)).catch(() => undefined);
  if (!found || !inside || !found.startsWith(inside + sep)) throw missing;
  if (!(await stat(found)).isFile()) throw missing;
  const type = MEDIA_TYPES[extname(found)] ?? 'application/octet-stream';
  return {
    status: 200,
    headers: {'Content-Type': type, 'Cache-Control': 'no-cache'},
    body: await readFile(found),
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\0', '');
  } catch {
    throw new Refusal(400, 'invalid-request', 'The address is not well formed.');
  }
}
