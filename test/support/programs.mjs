import {spawn, spawnSync} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {setTimeout as pass} from 'node:timers/promises';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 120_000;
const RUN_TIMEOUT_MS = 300_000;

/** Runs a program to its end. The last that it said, where it fails. */
export function run(command, args, env = {}) {
  const options = {encoding: 'utf8', timeout: RUN_TIMEOUT_MS, env: {...process.env, ...env}};
  const {status, stderr, error} = spawnSync(command, args, options);
  return status === 0 ? undefined : (stderr?.trim().split('\n').at(-1) ?? `${error}`);
}

/** Starts a program that serves at `url`, and waits until it does; it ends with this one. */
export async function startProgram(command, args, url, env = {}) {
  const program = spawn(command, args, {
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => program.kill('SIGKILL');
  process.once('exit', end);
  let said = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', data => (said = (said + data).slice(-20_000)));
  }
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS);
  const exited = once(program, 'exit').then(() => {
    process.off('exit', end);
    throw new Error(`${command} has ended:\n${said}`);
  });
  exited.catch(() => {});
  await Promise.race([exited, untilAnswering(url, deadline)]);
  return {url, process: program, said: () => said};
}

async function untilAnswering(url, deadline) {
  while (!(await fetch(url).catch(() => null))) {
    deadline.throwIfAborted();
    await pass(100);
  }
}

export async function freePort() {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export async function freeUdpPort() {
  const socket = createSocket('udp4').bind(0, HOST);
  await once(socket, 'listening');
  const {port} = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
