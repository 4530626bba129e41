import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort, run, startProgram} from '../../support/programs.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REQUIREMENTS = join(HERE, 'requirements.txt');
/** Ignored by git; kept from one run to the next. */
const FOLDER = fileURLToPath(new URL('../../../.engines/pipecat/', import.meta.url));
const INSTALLED = join(FOLDER, 'installed.txt');
const PYTHON = join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
/** What Pipecat asks for. */
const VERSION = [3, 11];

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

/** Starts the bot's server; its address, and its process. Installed before. */
export async function startBot() {
  const port = await freePort();
  const args = [join(HERE, 'server.py'), '--transport', 'webrtc', '--host', '127.0.0.1'];
  const url = `http://127.0.0.1:${port}`;
  // Nothing is to be fetched, for which it would wait.
  const env = {HF_HUB_OFFLINE: '1', PYTHONUNBUFFERED: '1'};
  const bot = await startProgram(PYTHON, [...args, '--port', `${port}`], `${url}/status`, env);
  return {...bot, url};
}
