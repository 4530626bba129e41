import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {rollup} from 'rollup';
import ts from 'typescript';
import {find} from './browsers.mjs';

const PRELOAD = fileURLToPath(new URL('snippet-preload.mjs', import.meta.url));

/** Where a runtime tells that it serves, each in its own way. */
const SERVING = /(?:localhost|127\.0\.0\.1):(\d+)|"port":(\d+)/;

/** How a file is run: the arguments, from the file, its folder and the environment. */
const RUNTIMES = {
  node: {
    path: () => process.execPath,
    args: file => ['--import', PRELOAD, file],
  },
  deno: {
    path: () => find({variable: 'DENO_PATH', commands: ['deno']}),
    args: file => [
      'run',
      '-A',
      '--no-remote',
      '--node-modules-dir=manual',
      '--preload',
      PRELOAD,
      file,
    ],
  },
  bun: {
    path: () => find({variable: 'BUN_PATH', commands: ['bun']}),
    args: file => ['run', '--preload', PRELOAD, file],
  },
  worker: {
    path: () => find({variable: 'WORKERD_PATH', commands: ['workerd']}),
    args: async (file, env) => ['serve', await makeWorker(file, env), '--control-fd=1'],
  },
};

/** The path of the runtime, where it is installed. */
export function findRuntime(runtime) {
  return RUNTIMES[runtime].path();
}

/**
 * Runs a file: settles when it serves, with its address and how to stop it, or when it has ended
 * well. Rejects with what it says, where it has not.
 */
export async function run(runtime, file, env) {
  const {path, args} = RUNTIMES[runtime];
  const child = spawn(path(), await args(file, env), {
    cwd: join(file, '..'),
    env: {...process.env, PORT: '0', DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0', NO_COLOR: '1', ...env},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'close');
  const serving = new Promise(resolve => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => {
        output += text;
        const [, port, reported] = SERVING.exec(output) ?? [];
        if (port ?? reported) resolve(`http://127.0.0.1:${port ?? reported}`);
      });
    }
  });
  const stop = () => (child.kill(), exited);
  const url = await Promise.race([serving, exited.then(() => null)]);
  if (!url && child.exitCode !== 0) throw new Error(output);
  return {url, stop};
}

/** As a page's bundler would. */
export async function bundleForPage(file) {
  const bundle = await rollup({input: file, plugins: [nodeResolve({browser: true})]});
  const {output} = await bundle.generate({format: 'es', inlineDynamicImports: true});
  await bundle.close();
  return output[0].code;
}

/** As `wrangler` would: a bundle, and a configuration that has it reach the local engine alone. */
async function makeWorker(file, {ENGINE_URL, ...env}) {
  const transpile = {
    name: 'typescript',
    transform: (code, id) =>
      id === file &&
      ts.transpileModule(code, {compilerOptions: {target: ts.ScriptTarget.ES2022}}).outputText,
  };
  const bundle = await rollup({
    input: file,
    external: 'cloudflare:workers',
    plugins: [nodeResolve(), transpile],
  });
  const bundled = `${file}.bundle.js`;
  await bundle.write({file: bundled, format: 'es'});
  const bindings = Object.entries(env).map(
    ([name, text]) => `(name = "${name}", text = "${text}")`,
  );
  const configuration = `${file}.capnp`;
  writeFileSync(
    configuration,
    `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (
          modules = [(name = "main", esModule = embed "${basename(bundled)}")],
          compatibilityDate = "2025-09-01",
          bindings = [${bindings.join()}],
          globalOutbound = "engine"
        )),
        (name = "engine", external = (address = "${new URL(ENGINE_URL).host}", http = ()))
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
    );`,
  );
  return configuration;
}
