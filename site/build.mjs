/**
 * The guides as a site: `node site/build.mjs [FOLDER]`, or `npm run site`, which builds the package first.
 * It needs no server but for files: the AI on its start page is a script in that page.
 */
import {copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import {rollup} from 'rollup';
import {renderDocument} from './markdown.mjs';
import {page} from './template.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The documents as they are read, one after the other; others come before the last two. */
const FIRST = [
  'README.md',
  ...['getting-started', 'sessions', 'events', 'styling', 'composing', 'languages'].map(pathOf),
  ...['devices', 'frameworks', 'cms', 'testing', 'reliability', 'writing-an-engine'].map(pathOf),
];
const LAST = ['SECURITY.md', 'CHANGELOG.md'];

const COPIED = [
  'site/site.css',
  'dist/diarupt-interaction.js',
  'dist/diarupt-interaction.js.map',
  'docs/element.png',
];

export async function buildSite(folder) {
  mkdirSync(folder, {recursive: true});
  const paths = documentPaths();
  const documents = paths.map(path => ({
    file: fileOf(path),
    ...renderDocument(readFileSync(ROOT + path, 'utf8'), target => hrefOf(target, path, paths)),
  }));
  for (const document of documents)
    writeFileSync(`${folder}/${document.file}`, page(document, documents));
  for (const path of COPIED) copyFileSync(ROOT + path, `${folder}/${basename(path)}`);
  const bundle = await rollup({input: `${ROOT}site/start.js`});
  await bundle.write({file: `${folder}/start.js`, format: 'es'});
  await bundle.close();
}

function documentPaths() {
  const all = readdirSync(`${ROOT}docs`).filter(name => name.endsWith('.md'));
  const others = all.map(name => `docs/${name}`).filter(path => !FIRST.includes(path));
  return [...FIRST, ...others.sort(), ...LAST];
}

function pathOf(name) {
  return `docs/${name}.md`;
}

/** `index.html`, `events.html`, `security.html`. */
function fileOf(path) {
  const name = basename(path, '.md').toLowerCase();
  return name === 'readme' ? 'index.html' : `${name}.html`;
}

/** Where what a document points to is on the site; `null` where it is not. */
function hrefOf(target, from, paths) {
  if (/^(https?:|#)/.test(target)) return target;
  const {pathname, hash} = new URL(target, `file:///${from}`);
  const path = pathname.slice(1);
  if (paths.includes(path)) return fileOf(path) + hash;
  return COPIED.includes(path) ? basename(path) : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildSite(process.argv[2] ?? `${ROOT}build/site`);
}
