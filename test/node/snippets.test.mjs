/**
 * Every snippet of the guides is what it says. By the language of its fence, and by the word after
 * that:
 *
 * - `html` is a page, in each browser: the visitor starts, asks something and is answered, and what is
 *   to be written into the console is. `…/` is where the package is, as is the CDN, `session-id="…"` a
 *   session, and `/session` is answered as `docs/sessions.md` says. In `html frame`, all that is in a
 *   frame of the page.
 * - `css` is understood by each browser, and names what the elements have.
 * - `js` alone is a module, which runs to its end in each browser, in a page that has the element.
 * - `js node`, `ts deno`, `ts bun` and `ts worker` are programs, and run where there is such a
 *   runtime: to their end, or until they serve, when they are asked for a session.
 * - `js engine` are the pieces of a program that runs in `test/pages/own-engine.test.mjs`.
 * - All other `js` and `ts` are checked by the compiler, in strict mode.
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
import {bundleForPage, findRuntime, run} from '../support/runtimes.mjs';
import {makeFolder, typeErrors} from '../support/snippet-types.mjs';
import {documents, snippetsOf} from '../support/snippets.mjs';

const TOLD = ['', 'http', 'sh'];
const KEY = 'the-key-of-an-embedder';

/** The address of the files of a version, which is the built one here. */
const CDN = /https:\/\/cdn\.[^"]+@VERSION(\/dist\/)/;
const [, INTEGRITY] = /integrity="([^"]+)"/.exec(
  readFileSync(new URL('../../dist/snippet.html', import.meta.url), 'utf8'),
);

/** As it is, but for the engine. */
const EMBED = readFileSync(new URL('../../dist/embed.html', import.meta.url), 'utf8').replace(
  '<diarupt-interaction',
  '$& engine-url="{engine}"',
);

const snippets = documents().flatMap(snippetsOf);
const pages = snippets.filter(({language}) => language === 'html');
const programs = snippets.filter(
  snippet => /^[jt]s$/.test(snippet.language) && snippet.for !== 'engine',
);

const engine = await startEngine();
const client = new EngineClient({apiKey: KEY, engineUrl: engine.url});
after(() => engine.process.kill());

test('every snippet is of a kind that is checked, or is only told', () => {
  for (const {where, language} of snippets) {
    const isKnown = [
      ...TOLD,
      'html',
      'css',
      'js',
      'ts',
      'json',
      'python',
      'tsx',
      'vue',
      'svelte',
    ].includes(language);
    assert.ok(isKnown, `${where}: what is ${language}?`);
  }
  assert.ok(pages.length > 0 && programs.length > 0);
});

const BOT = readFileSync(new URL('../engines/pipecat/server.py', import.meta.url), 'utf8');

for (const {where, code} of snippets.filter(({language}) => language === 'python')) {
  test(`${where} is of the bot that is tested`, () => assert.ok(BOT.includes(code)));
}

for (const {where, code} of snippets.filter(({language}) => language === 'json')) {
  test(`${where} is JSON`, () => void JSON.parse(code));
}

for (const {where, code, for: kind} of pages) {
  inEachBrowser(`${where} is a page on which a visitor is answered`, async (visit, {engineUrl}) => {
    const session = {face: 'ada', profile: 'guide'};
    const handler = createSessionHandler({apiKey: KEY, engineUrl, session});
    const visited = await visit({
      files: {'/session': toNodeListener(handler), '/dist/embed.html': EMBED},
      html: pageOf(code),
    });
    const place = kind === 'frame' ? await visited.inFrame('/dist/embed.html') : visited;
    await place.converse();
    const {violations, uncaught, logged} = await visited.seen();
    assert.deepEqual([violations, uncaught], [[], []]);
    assert.equal(logged.length > 0, code.includes('console.log'));
  });
}

/** The snippet in a page: with the element, where it has none of its own, and the local engine. */
function pageOf(code) {
  const script = '<script async src="/dist/diarupt-interaction.js"></script>';
  return `
    <script>
      addEventListener('DOMContentLoaded', () => {
        const place = document.querySelector('diarupt-interaction, [data-diarupt-interaction]');
        const prefix = place?.matches('div') ? 'data-' : '';
        place?.setAttribute(prefix + 'engine-url', '{engine}');
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

const {modules} = JSON.parse(
  readFileSync(new URL('../../dist/custom-elements.json', import.meta.url), 'utf8'),
);
const elements = modules.flatMap(({declarations}) => declarations);
const namesOf = list => elements.flatMap(element => element[list] ?? []).map(({name}) => name);

for (const {where, code} of snippets.filter(({language}) => language === 'css')) {
  test(`${where} styles what there is`, () => {
    for (const [list, pattern] of [
      ['cssProperties', /--diarupt-[\w-]+/g],
      ['cssParts', /(?<=::part\()[\w-]+/g],
      ['cssStates', /(?<=:state\()[\w-]+/g],
    ]) {
      const unknown = (code.match(pattern) ?? []).filter(name => !namesOf(list).includes(name));
      assert.deepEqual(unknown, [], list);
    }
  });

  inEachBrowser(`${where} is understood`, async visit => {
    const {page} = await visit({html: ''});
    const misunderstood = await page.evaluate(code => {
      const rules = [...code.matchAll(/([^{}]+)\{([^{}]+)\}/g)];
      const conditions = rules.flatMap(([, selector, declarations]) => [
        `selector(${selector.trim()})`,
        ...[...declarations.matchAll(/[^;]+(?=;)/g)].map(([text]) => `(${text.trim()})`),
      ]);
      return conditions.filter(condition => !CSS.supports(condition));
    }, code);
    assert.deepEqual(misunderstood, []);
  });
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

/** What a module of a page has without a word: see `SURROUNDINGS`. Diarupt's engine is the local one. */
const PAGE = `<diarupt-interaction session-id="{session}"></diarupt-interaction><video></video><script>
  const originalFetch = window.fetch;
  window.fetch = (address, init) =>
    originalFetch(String(address).replace('https://engine.diarupt.ai', '{engine}'), init);
  var session_id = '{session}';
  var stream = new AudioContext().createMediaStreamDestination().stream;
  var player = document.querySelector('video');
  var interaction = document.querySelector('diarupt-interaction');
</script><script src="/dist/diarupt-interaction.js"></script>`;

for (const snippet of programs.filter(
  ({language, for: runtime}) => language === 'js' && !runtime,
)) {
  inEachBrowser(`${snippet.where} runs in a page`, async visit => {
    const body = `${await bundleForPage(files.get(snippet))}\nglobalThis.isDone = true;`;
    const visited = await visit({
      files: {'/snippet.js': body},
      html: `${PAGE}<script type="module" src="/snippet.js"></script>`,
    });
    const isOver = () => globalThis.isDone || globalThis.seen.uncaught.length > 0;
    await visited.page.waitForFunction(isOver, {polling: 50});
    assert.deepEqual((await visited.seen()).uncaught, []);
  });
}

for (const snippet of programs.filter(snippet => snippet.for)) {
  const {where, for: runtime} = snippet;
  const skip = !findRuntime(runtime) && `There is no ${runtime} here: its types are checked.`;
  test(`${where} runs in ${runtime}`, {skip}, async t => {
    const env = {
      DIARUPT_API_KEY: KEY,
      OPENAI_API_KEY: KEY,
      LIVEKIT_API_KEY: KEY,
      LIVEKIT_API_SECRET: KEY,
      LIVEKIT_URL: 'wss://rooms.example',
      ENGINE_URL: engine.url,
    };
    const {url, stop} = await run(runtime, files.get(snippet), env);
    t.after(stop);
    if (url) await assertServesSessions(url);
  });
}

async function assertServesSessions(url) {
  const response = await fetch(`${url}/session`, {method: 'POST', headers: {Origin: url}});
  const body = await response.text();
  assert.equal(response.status, 201, body);
  const {token, session_id} = JSON.parse(body);
  if (token) return assert.match(token, /^e[ky]/);
  const {status} = await client.getSession(session_id);
  assert.equal(status, 'IDLE');
}
