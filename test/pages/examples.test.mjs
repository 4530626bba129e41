/** The examples work as they are, built by Vite from the packed tarball, as whoever copies them has it. */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {createSessionHandler, toNodeListener} from 'diarupt/server';
import {build} from 'vite';
import {inEachBrowser} from '../support/pages.mjs';
import {snippetsOf} from '../support/snippets.mjs';
import {install, pack} from '../support/tarball.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = ['html', 'react', 'svelte', 'vue'];
/** The element, whenever it comes, has the local engine. */
const LOCAL = `<script>
  new MutationObserver(() => {
    document.querySelector('diarupt-interaction')?.setAttribute('engine-url', '{engine}');
  }).observe(document, {childList: true, subtree: true});
</script>`;
const TYPES = {'.js': 'text/javascript', '.css': 'text/css'};

const folder = mkdtempSync(join(tmpdir(), 'diarupt-examples-'));
after(() => rmSync(folder, {recursive: true}));

/** The examples' folder, with the package and what the lock file has of the others. */
function prepare() {
  const isOurs = path => !/node_modules|dist/.test(path.slice(ROOT.length));
  cpSync(join(ROOT, 'examples'), folder, {recursive: true, filter: isOurs});
  install(pack(folder), folder);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

prepare();
await build({root: folder, logLevel: 'error'});

/** What a web server has for the page at `/`: everything that has been built, and the package. */
function filesOf(...folders) {
  const files = {};
  for (const from of folders) {
    for (const path of readdirSync(join(folder, from), {recursive: true})) {
      const type = TYPES[extname(path)];
      if (!type) continue;
      files[`/${from.replace('dist/', '')}/${path}`] = (_, response) => {
        response.setHeader('Content-Type', `${type}; charset=utf-8`);
        response.end(readFileSync(join(folder, from, path)));
      };
    }
  }
  return files;
}

const files = filesOf('dist/assets', 'node_modules/diarupt/dist');

for (const name of EXAMPLES) {
  inEachBrowser(`the example in ${name} holds a conversation`, async (visit, {engineUrl}) => {
    const session = {face: 'ada', profile: 'guide'};
    const handler = createSessionHandler({apiKey: 'key', engineUrl, session});
    const built = join(folder, 'dist', name, 'index.html');
    const source = existsSync(built) ? built : join(folder, name, 'index.html');
    const visited = await visit({
      html: `${LOCAL}${readFileSync(source, 'utf8')}`,
      files: {...files, '/session': toNodeListener(handler)},
    });
    const {page} = visited;
    await page.waitForSelector('diarupt-interaction');
    const transcript = await visited.converse();
    assert.ok(transcript.some(({role}) => role === 'assistant'));
    await page.waitForFunction(
      () => document.querySelector('output').textContent.startsWith('assistant: '),
      {polling: 50},
    );
    await page.click('input[type=checkbox]');
    await page.waitForFunction(
      () => document.querySelector('diarupt-interaction').mode === 'hands-on',
      {polling: 50},
    );
    const {uncaught} = await visited.seen();
    assert.deepEqual(uncaught, []);
  });
}

test('what the guide shows is the examples, as they are', () => {
  const shown = snippetsOf('docs/frameworks.md').filter(({for: path}) => path);
  assert.equal(shown.length, 3);
  for (const {for: path, code} of shown) {
    assert.equal(code, readFileSync(join(ROOT, path), 'utf8'), path);
  }
});
