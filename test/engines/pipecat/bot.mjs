import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {once} from 'node:events';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REQUIREMENTS = join(HERE, 'requirements.txt');
/** Ignored by git; kept from one run to the next. */
const FOLDER = fileURLToPath(new URL('../../../.engines/pipecat/', import.meta.url));
const INSTALLED = join(FOLDER, 'installed.txt');
const PYTHON = join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
/** What Pipecat asks for. */
const VERSION = [3, 11];
const START_TIMEOUT_MS = 120_000;
const INSTALL_TIMEOUT_MS = 300_000;

/** Installs what the bot needs, once; what is missing for that, in a sentence, or nothing. */
export function install() {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return undefined;
  const python = ['python3', 'python'].find(isNewEnough);
  if (!python) return `Python ${VERSION.join('.')} or newer is not there, with its venv.`;
  rmSync(FOLDER, {recursive: true, force: true});
  mkdirSync(FOLDER, {recursive: true});
  const failed =
    run(python, ['-m', 'venv', FOLDER]) ??
    run(PYTHON, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--retries',
      '1',
      '--requirement',
      REQUIREMENTS,
    ]);
  if (failed) return `Pipecat could not be installed: ${failed}`;
  writeFileSync(INSTALLED, wanted);
  return undefined;
}

function isNewEnough(command) {
  const test = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${VERSION.join(', ')}))`;
  return spawnSync(command, ['-c', test]).status === 0;
}

/** The last that it said, where it fails. */
function run(command, args) {
  const options = {encoding: 'utf8', timeout: INSTALL_TIMEOUT_MS};
  const {status, stderr, error} = spawnSync(command, args, options);
  return status === 0 ? undefined : (stderr?.trim().split('\n').at(-1) ?? `${error}`);
}

/** Starts the bot's server; its address, and its process. Installed before. */
export async function startBot() {
  const port = await freePort();
  const args = [join(HERE, 'server.py'), '--transport', 'webrtc', '--host', '127.0.0.1'];
  const server = spawn(PYTHON, [...args, '--port', `${port}`], {
    // Nothing is to be fetched, for which it would wait.
    env: {...process.env, HF_HUB_OFFLINE: '1', PYTHONUNBUFFERED: '1'},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', data => (said = (said + data).slice(-20_000)));
  }
  const url = `http://127.0.0.1:${port}`;
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  const exited = once(server, 'exit').then(() => {
    throw new Error(`The bot's server has ended:\n${said}`);
  });
  exited.catch(() => {});
  await Promise.race([exited, untilAnswering(`${url}/status`, deadline)]);
  return {url, process: server, said: () => said};
}

async function untilAnswering(url, deadline) {
  while (!(await fetch(url).catch(() => null))) {
    deadline.throwIfAborted();
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
