import assert from 'node:assert/strict';
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Client} from './testing/client.js';
import {SESSION} from './testing/engine.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

function run(...options: string[]): ChildProcess {
  return fork(MAIN, options, {stdio: ['ignore', 'pipe', 'pipe', 'ipc']});
}

async function urlOf(engine: ChildProcess): Promise<string> {
  const [{url}] = await once(engine, 'message');
  return String(url);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

test('the engine ends cleanly in the middle of a conversation', async () => {
  const engine = run('--port', '0');
  const output = textOf(engine.stdout);
  const errors = textOf(engine.stderr);
  const url = await urlOf(engine);
  const response = await fetch(`${url}/create-session`, {
    method: 'POST',
    headers: {'X-API-KEY': 'any'},
    body: JSON.stringify(SESSION),
  });
  const client = new Client(url);
  await client.connect(String(Object(await response.json()).session_id));
  client.configure('hands-free');
  await client.next('transcript');
  engine.kill('SIGTERM');
  assert.equal(await client.next('close'), 'engine stopped');
  assert.deepEqual(await once(engine, 'exit'), [0, null]);
  assert.equal(await output, `The demo is at ${url}\n`);
  assert.equal(await errors, '');
  client.close();
});

test('a port that is taken is told in one sentence', async () => {
  const first = run('--port', '0');
  const {port} = new URL(await urlOf(first));
  const second = run('--port', port);
  const errors = textOf(second.stderr);
  assert.deepEqual(await once(second, 'exit'), [1, null]);
  assert.equal(await errors, `Port ${port} is taken: choose another by --port.\n`);
  first.disconnect();
  assert.deepEqual(await once(first, 'exit'), [0, null]);
});

test('a port that is none is told in one sentence', async () => {
  const engine = run('--port', 'http');
  const errors = textOf(engine.stderr);
  assert.deepEqual(await once(engine, 'exit'), [1, null]);
  assert.equal(await errors, 'The port must be a number from 0 to 65535, not http.\n');
});
