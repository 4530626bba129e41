/**
 * Every snippet of the guides is what it says. By the language of its fence, and by the word after
 * that:
 *
 * - `html` is a page, in each browser: the visitor starts, asks something and is answered. `…/` is
 *   where the package is, as is the CDN, `session-id="…"` a session, and `/session` is answered as
 *   `docs/sessions.md` says.
 * - `js node`, `ts deno`, `ts bun` and `ts worker` are programs, and run where there is such a
 *   runtime: to their end, or until they serve, when they are asked for a session.
 * - These, and any other `js` and `ts`, are checked by the compiler, in strict mode.
 * - `tsx`, `vue` and `svelte` are files of `examples/`, which run in a test of their own.
 * - `json` is parsed. The others of `TOLD` are not for programs.
 */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {createSessionHandler, EngineClient, toNodeListener} from 'diarupt/server';
import {startEngine} from '../support/engine.mjs';
import {inEachBrowser} from '../support/pages.mjs';
import {findRuntime, run} from '../support/runtimes.mjs';
import {makeFolder, typeErrors} from '../support/snippet-types.mjs';
import {documents, snippetsOf} from '../support/snippets.mjs';

const TOLD = ['', 'http', 'sh'];
const KEY = 'the-key-of-an-embedder';

/** The address of the files of a version, which is the built one here. */
const CDN = /https:\/\/cdn\.[^"]+@VERSION(\/dist\/)/;
const [, INTEGRITY] = /integrity="([^"]+)"/.exec(
  readFileSync(new URL('../../dist/snippet.html', import.meta.url), 'utf8'),
);

const snippets = documents().flatMap(snippetsOf);
const pages = snippets.filter(({language}) => language === 'html');
const programs = snippets.filter(({language}) => language === 'js' || language === 'ts');

const engine = await startEngine();
const client = new EngineClient({apiKey: KEY, engineUrl: engine.url});
after(() => engine.process.kill());

test('every snippet is of a kind that is checked, or is only told', () => {
  for (const {where, language} of snippets) {
    const isKnown = [...TOLD, 'html', 'js', 'ts', 'json', 'tsx', 'vue', 'svelte'].includes(
      language,
    );
    assert.ok(isKnown, `${where}: what is ${language}?`);
  }
  assert.ok(pages.length > 0 && programs.length > 0);
});

for (const {where, code} of snippets.filter(({language}) => language === 'json')) {
  test(`${where} is JSON`, () => void JSON.parse(code));
}

for (const {where, code} of pages) {
  inEachBrowser(`${where} is a page on which a visitor is answered`, async (visit, {engineUrl}) => {
    const session = {face: 'ada', profile: 'guide'};
    const handler = createSessionHandler({apiKey: KEY, engineUrl, session});
    const visited = await visit({
      files: {'/session': toNodeListener(handler)},
      html: pageOf(code),
    });
    await visited.converse();
    const {violations, uncaught} = await visited.seen();
    assert.deepEqual([violations, uncaught], [[], []]);
  });
}

/** The snippet in a page: with the element, where it has none of its own, and the local engine. */
function pageOf(code) {
  const script = '<script async src="/dist/diarupt-interaction.js"></script>';
  return `
    <script>
      addEventListener('DOMContentLoaded', () => {
        document.querySelector('diarupt-interaction').setAttribute('engine-url', '{engine}');
      });
    </script>
    ${/<script\s+async\s+src/.test(code) ? '' : script}
    ${code
      .replaceAll('…/', '/dist/')
      .replace(CDN, '$1')
      .replace('sha384-…', INTEGRITY)
      .replaceAll('session-id="…"', 'session-id="{session}"')}
  `;
}

const folder = makeFolder();
const files = new Map(
  programs.map(snippet => {
    const file = join(folder, `${snippet.where.replaceAll(/\W+/g, '-')}.${snippet.language}`);
    writeFileSync(file, snippet.code);
    return [snippet, file];
  }),
);

for (const runtime of new Set(programs.map(snippet => snippet.for))) {
  const ofRuntime = programs.filter(snippet => snippet.for === runtime);
  test(`the compiler takes what is for ${runtime || 'a page'}`, () => {
    const found = typeErrors(
      folder,
      runtime,
      ofRuntime.map(snippet => files.get(snippet)),
    );
    const errors = ofRuntime.flatMap(snippet =>
      found.get(files.get(snippet)).map(text => `${snippet.where}, ${text}`),
    );
    assert.deepEqual(errors, []);
  });
}

for (const snippet of programs.filter(snippet => snippet.for)) {
  const {where, for: runtime} = snippet;
  const skip = !findRuntime(runtime) && `There is no ${runtime} here: its types are checked.`;
  test(`${where} runs in ${runtime}`, {skip}, async t => {
    const env = {DIARUPT_API_KEY: KEY, ENGINE_URL: engine.url};
    const {url, stop} = await run(runtime, files.get(snippet), env);
    t.after(stop);
    if (url) await assertServesSessions(url);
  });
}

async function assertServesSessions(url) {
  const response = await fetch(`${url}/session`, {method: 'POST', headers: {Origin: url}});
  const body = await response.text();
  assert.equal(response.status, 201, body);
  const {status} = await client.getSession(JSON.parse(body).session_id);
  assert.equal(status, 'IDLE');
}
