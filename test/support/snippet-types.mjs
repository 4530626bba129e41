import {mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What a snippet has without a word, by what it is for: as little as can be. */
const SURROUNDINGS = {
  '': {
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    globals: `
      declare const session_id: string;
      declare const stream: MediaStream;
      declare const player: HTMLVideoElement;
      declare const interaction: import('diarupt/element').DiaruptInteraction;
    `,
  },
  node: {lib: ['lib.es2023.d.ts'], types: ['node'], globals: ''},
  deno: {
    lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts'],
    globals: `
      declare module 'npm:diarupt/server' { export * from 'diarupt/server'; }
      declare namespace Deno {
        interface NetAddr { readonly hostname: string; readonly port: number }
        interface ServeHandlerInfo<Address> { readonly remoteAddr: Address }
        type Handler = (request: Request, info: ServeHandlerInfo<NetAddr>) => Promise<Response>;
        const env: {get(name: string): string | undefined};
        function serve(handler: Handler): void;
      }
    `,
  },
  bun: {
    lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts'],
    globals: `declare const process: {readonly env: Record<string, string | undefined>};`,
  },
  worker: {
    lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts'],
    globals: `
      declare module 'cloudflare:workers' { export const env: Record<string, string>; }
    `,
  },
};

/** A folder in which the package is installed, for files that import it by its name. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'diarupt-snippets-'));
  mkdirSync(join(folder, 'node_modules', '@types'), {recursive: true});
  symlinkSync(ROOT, join(folder, 'node_modules', 'diarupt'));
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({type: 'module', dependencies: {diarupt: '*'}}),
  );
  return folder;
}

/** What the compiler finds wrong with files that are for one kind of runtime: texts, by path. */
export function typeErrors(folder, runtime, paths) {
  const {lib, types = [], globals} = SURROUNDINGS[runtime];
  const surroundings = join(folder, `globals-${runtime}.d.ts`);
  writeFileSync(surroundings, globals);
  const program = ts.createProgram([surroundings, ...paths], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    allowJs: true,
    checkJs: true,
    strict: true,
    noEmit: true,
    preserveSymlinks: true,
    skipDefaultLibCheck: true,
    lib,
    types,
  });
  const found = new Map(paths.map(path => [path, []]));
  for (const {file, start = 0, messageText} of ts.getPreEmitDiagnostics(program)) {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    const text = `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    // What is wrong with the package's own types is wrong with every snippet.
    for (const list of found.has(file?.fileName) ? [found.get(file.fileName)] : found.values()) {
      list.push(file && found.has(file.fileName) ? text : `${file?.fileName} ${text}`);
    }
  }
  return found;
}
