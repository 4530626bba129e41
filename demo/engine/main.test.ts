import assert from 'node:assert/strict';
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Client} from './testing/client.js';
import {SESSION} from './testing/engine.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

interface Run {
  readonly engine: ChildProcess;
  readonly output: Promise<string>;
  readonly errors: Promise<string>;
}

function run(...options: string[]): Run {
  const engine = fork(MAIN, options, {stdio: ['ignore', 'pipe', 'pipe', 'ipc']});
  return {engine, output: textOf(engine.stdout), errors: textOf(engine.stderr)};
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

/** Where it listens; rejects with what it says where it ends before that. */
async function urlOf({engine, errors}: Run): Promise<string> {
  const said = once(engine, 'message');
  const ended = once(engine, 'exit').then(async ([code, signal]) =>
    Promise.reject(new Error(`It ended (${code ?? signal}): ${await errors}`)),
  );
  const [{url}] = await Promise.race([said, ended]);
  return String(url);
}

test('the engine ends cleanly in the middle of a conversation', async () => {
  const running = run('--port', '0');
  const {engine, output, errors} = running;
  const url = await urlOf(running);
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
  assert.deepEqual(await once(second.engine, 'exit'), [1, null]);
  assert.equal(await second.errors, `Port ${port} is taken: choose another by --port.\n`);
  first.engine.disconnect();
  assert.deepEqual(await once(first.engine, 'exit'), [0, null]);
});

test('a port that is none is told in one sentence', async () => {
  const {engine, errors} = run('--port', 'http');
  assert.deepEqual(await once(engine, 'exit'), [1, null]);
  assert.equal(await errors, 'The port must be a number from 0 to 65535, not http.\n');
});
