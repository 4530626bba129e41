/** What is published is what it says of itself. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {rollup} from 'rollup';
import {install, pack} from '../support/tarball.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'diarupt-package-'));
after(() => rmSync(folder, {recursive: true}));
const tarball = pack(folder);
const installed = install(tarball, folder);
const read = path => readFileSync(join(installed, path), 'utf8');
const files = readdirSync(installed, {recursive: true});
const {exports, version} = JSON.parse(read('package.json'));

/** Each file that is exported, with the conditions it is exported for. */
const targets = Object.values(exports).flatMap(target =>
  typeof target === 'string' ? target : Object.values(target),
);

test('every entry is there', () => {
  for (const target of targets) {
    const pattern = new RegExp(
      `^${target.replace('./', '').replaceAll('.', '\\.').replace('*', '.+')}$`,
    );
    assert.ok(
      files.some(file => pattern.test(file)),
      target,
    );
  }
});

test('every entry has types that the compiler finds', {timeout: 300_000}, async () => {
  const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  // These export nothing.
  const untyped = [
    '--exclude-entrypoints',
    'diarupt-interaction.js',
    'diarupt-devices.js',
    'diarupt-embed.js',
    'diarupt-export.js',
    'diarupt-livekit.js',
    'diarupt-openai.js',
    'diarupt-pipecat.js',
    'embed.html',
  ];
  const args = [attw, tarball, '--profile', 'esm-only', '--no-color', ...untyped];
  await promisify(execFile)(process.execPath, args).catch(({stdout}) => assert.fail(stdout));
});

test('nothing is published that is no part of it', () => {
  const strangers = files.filter(file =>
    /\.test\.|tsbuildinfo|^(test|demo|docs|build)\b/.test(file),
  );
  assert.deepEqual(strangers, []);
});

test('what the maps point to is there', () => {
  const maps = files.filter(file => file.endsWith('.map'));
  assert.ok(maps.length > 0);
  for (const map of maps) {
    const {sources, sourcesContent = []} = JSON.parse(read(map));
    const missing = sources.filter(
      (source, at) => !sourcesContent[at] && !existsSync(join(installed, dirname(map), source)),
    );
    assert.deepEqual(missing, [], map);
  }
});

test('a bundler may leave out what nothing is imported of, and nothing else', async () => {
  const {sideEffects} = JSON.parse(read('package.json'));
  for (const [name, isKept] of [
    ...['index', 'transcript', 'embed', 'server/index', 'testing/index'].map(entry => [
      entry,
      false,
    ]),
    ...[
      'element',
      'devices',
      'diarupt-interaction',
      'locales/de',
      'frameworks/vue',
      'frameworks/angular',
    ].map(entry => [entry, true]),
  ]) {
    const bundle = await rollup({
      input: join(installed, `dist/${name}.js`),
      external: /^(lit|@lit)\b/,
      onwarn: () => {},
    });
    const {output} = await bundle.generate({format: 'es'});
    const code = output[0].code.replaceAll(/^import .*|^export .*|^\/\/.*/gm, '').trim();
    const isListed = sideEffects.some(pattern =>
      `./dist/${name}.js`.startsWith(pattern.split('*')[0]),
    );
    assert.equal(isListed, isKept, name);
    if (isKept) assert.match(code, /customElements/, name);
  }
});

test('the line for pages has this file, and no other', () => {
  const hash = createHash('sha384').update(read('dist/diarupt-interaction.js')).digest('base64');
  const [, url, integrity] = /src="([^"]+)" integrity="([^"]+)"/.exec(read('dist/snippet.html'));
  assert.equal(integrity, `sha384-${hash}`);
  assert.ok(url.endsWith(`/diarupt@${version}/dist/diarupt-interaction.js`), url);
});

for (const [file, notices, known] of [
  ['diarupt-interaction.js', 'THIRD-PARTY-NOTICES.txt', ['lit-html']],
  // LiveKit's client is made of packages of others', too.
  ['diarupt-livekit.js', 'THIRD-PARTY-NOTICES-livekit.txt', ['livekit-client', 'webrtc-adapter']],
]) {
  test(`the licences of what is in ${file} are with it`, () => {
    const {sources} = JSON.parse(read(`dist/${file}.map`));
    const inside = sources.flatMap(
      path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
    );
    const told = read(`dist/${notices}`);
    assert.ok(inside.includes(known[0]));
    for (const name of new Set([...inside, ...known])) {
      assert.match(told, new RegExp(`^${name} \\d`, 'm'));
      const folder = join(ROOT, 'node_modules', name);
      const licence = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
      assert.ok(told.includes(readFileSync(join(folder, licence), 'utf8')));
    }
    const [banner] = read(`dist/${file}`).split('\n');
    assert.match(banner, new RegExp(`^/\\*! diarupt ${version}, .*${notices}`));
  });
}
