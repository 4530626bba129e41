import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {OpenAIClient} from 'diarupt/server';

const MAIN = fileURLToPath(new URL('../build/engine/main.js', import.meta.url));
const HEADERS = {'X-API-KEY': 'bench', 'Content-Type': 'application/json'};

/** The local engine in a process of its own, on any free port. */
export async function startEngine() {
  const child = fork(MAIN, ['--port', '0'], {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
  const exited = once(child, 'exit');
  const started = once(child, 'message').then(([{url}]) => url);
  const url = await Promise.race([started, exited.then(() => Promise.reject(failed()))]);
  const get = async path => (await fetch(url + path, {headers: HEADERS})).json();
  const [[face], [profile]] = await Promise.all([get('/faces'), get('/profiles')]);
  const body = JSON.stringify({face: face.id, profile: profile.id});

  return {
    url,
    /** The id of a fresh session. */
    async createSession() {
      const response = await fetch(`${url}/create-session`, {
        method: 'POST',
        headers: HEADERS,
        body,
      });
      return (await response.json()).session_id;
    },
    /** A client secret of OpenAI Realtime's, for one call. */
    async createToken() {
      const client = new OpenAIClient({apiKey: 'sk-bench', engineUrl: url});
      return (await client.createSession({model: 'gpt-realtime'})).token;
    },
    async close() {
      child.kill();
      await exited;
    },
  };
}

function failed() {
  return new Error('The engine did not start: npx tsc -p demo/engine compiles it.');
}
