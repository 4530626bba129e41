import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {extname, join} from 'node:path';
import {after, test} from 'node:test';
import {buildSite} from '../../site/build.mjs';
import {serve} from '../support/http-server.mjs';
import {inEachBrowser} from '../support/pages.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
};
const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const folder = mkdtempSync(join(tmpdir(), 'diarupt-site-'));
await buildSite(folder);
const files = new Map(readdirSync(folder).map(name => [name, readFileSync(join(folder, name))]));
const pages = [...files.keys()].filter(name => name.endsWith('.html'));
rmSync(folder, {recursive: true});

/** Files and nothing else, as any host has them. */
const server = await serve((request, response) => {
  const name = new URL(request.url, 'http://site').pathname.slice(1);
  if (!files.has(name)) return response.writeHead(404).end();
  response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/json');
  response.end(files.get(name));
});
after(() => server.close());

const namesIn = (name, pattern) =>
  [...files.get(name).toString().matchAll(pattern)].map(([, value]) => value);

test('every document is a page, with its name, its way to all others, and no other markup', () => {
  const titles = pages.flatMap(name => namesIn(name, /<title>(.+?)<\/title>/g));
  assert.equal(new Set(titles).size, pages.length);
  for (const name of pages) {
    const linked = namesIn(name, /<li><a href="([^"#]+)"/g);
    assert.deepEqual(
      pages.filter(other => !linked.includes(other)),
      [],
      name,
    );
    assert.equal(namesIn(name, /<h1 (.+?)>/g).length, 1, name);
  }
});

test('what the pages of the site point to is there', () => {
  const ids = new Map(pages.map(name => [name, namesIn(name, / id="([^"]+)"/g)]));
  let count = 0;
  for (const name of pages) {
    for (const target of namesIn(name, /<[^>]+ (?:href|src)="([^"]+)"/g)) {
      if (/^(https?|data):/.test(target)) continue;
      const [file, hash] = target.split('#');
      assert.ok(files.has(file || name), `${name}: ${target}`);
      if (hash) assert.ok(ids.get(file || name).includes(hash), `${name}: ${target}`);
      count += 1;
    }
  }
  assert.ok(count > pages.length ** 2);
});

/** Opens the pages of the site one after the other, and tells what `look` finds, by page. */
async function lookAt(visited, names, look) {
  const found = {};
  for (const name of names) {
    await visited.page.goto(`${server.url}/${name}`);
    const list = await look(visited, name);
    if (list.length > 0) found[name] = list;
  }
  return found;
}

for (const scheme of ['light', 'dark']) {
  inEachBrowser(
    `the pages of the site are accessible, and log nothing, in the ${scheme}`,
    async visit => {
      const visited = await visit({html: ''});
      const axe = readFileSync(AXE, 'utf8');
      const check = async ({page}) => {
        await page.evaluate(
          scheme => (document.documentElement.style.colorScheme = scheme),
          scheme,
        );
        await page.evaluate(axe);
        const {violations} = await page.evaluate(
          values => axe.run({runOnly: {type: 'tag', values}}),
          WCAG,
        );
        const {uncaught, logged} = await visited.seen();
        return [
          ...violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`),
          ...uncaught,
          ...logged,
        ];
      };
      assert.deepEqual(await lookAt(visited, pages, check), {});
    },
  );
}

inEachBrowser('on the start page a visitor talks with the element itself', async visit => {
  const visited = await visit({html: ''});
  await visited.page.goto(`${server.url}/index.html`);
  const asked = [];
  visited.page.on('request', request => asked.push(request.url()));
  await visited.open();
  const answer = await visited.page.evaluate(async () => {
    const element = document.querySelector('diarupt-interaction');
    const answered = new Promise(resolve =>
      element.addEventListener('transcript', ({detail}) => {
        if (/One colour/.test(detail.content)) resolve(detail.content);
      }),
    );
    element.sendText('Can it be in our colour?');
    return answered;
  });
  assert.match(answer, /--diarupt-accent/);
  assert.deepEqual(
    asked.filter(url => url.startsWith(server.url)),
    [],
  );
  assert.deepEqual((await visited.seen()).uncaught, []);
});
