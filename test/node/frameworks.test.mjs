/** What the templates of frameworks know of the elements, and that nothing breaks on their servers. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify, stripVTControlCharacters} from 'node:util';
import {createElement} from 'react';
import {renderToString as renderReact} from 'react-dom/server';
import {createSSRApp, h} from 'vue';
import {renderToString as renderVue} from 'vue/server-renderer';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SVELTE = ['--tsconfig', './tsconfig.json', '--output', 'machine', '--workspace'];

const CHECKERS = {
  react: ['typescript/bin/tsc', '-p'],
  solid: ['typescript/bin/tsc', '-p'],
  vue: ['vue-tsc/bin/vue-tsc.js', '-p'],
  svelte: ['svelte-check/bin/svelte-check', ...SVELTE],
};

test('templates take what the elements are, and refuse the rest', {concurrency: 2}, t =>
  Promise.all(
    Object.entries(CHECKERS).map(([framework, [bin, ...args]]) =>
      t.test(framework, async () => {
        const checker = join(ROOT, 'node_modules', bin);
        const folder = join(ROOT, 'test/frameworks', framework);
        await promisify(execFile)(process.execPath, [checker, ...args, folder]).catch(
          ({stdout, stderr}) => assert.fail(stdout + stderr),
        );
      }),
    ),
  ),
);

test("Angular's templates take what the elements are, and refuse the rest", async () => {
  const folder = join(ROOT, 'test/frameworks/angular');
  const ngc = join(ROOT, 'node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js');
  const args = [ngc, '-p', folder, '--pretty', 'false'];
  const output = await promisify(execFile)(process.execPath, args).then(
    () => assert.fail('nothing is refused'),
    ({stderr}) => stripVTControlCharacters(stderr),
  );
  const lines = readFileSync(join(folder, 'types.ts'), 'utf8').split('\n');
  const refused = lines.flatMap((line, at) => (line.includes('<!-- Refused:') ? at + 2 : []));
  const errors = [...output.matchAll(/^(.+):(\d+):\d+ - error/gm)];
  assert.ok(refused.length > 0);
  const found = errors.map(([, , line]) => Number(line)).sort((a, b) => a - b);
  assert.deepEqual(found, refused, output);
  assert.ok(
    errors.every(([, file]) => file.endsWith('types.ts')),
    output,
  );
});

test('a server renders the tag with what is known of it, and takes itself for no page', async () => {
  for (const framework of ['react', 'solid', 'svelte', 'vue']) await import(`diarupt/${framework}`);
  assert.deepEqual([globalThis.window, globalThis.document], [undefined, undefined]);
  const attributes = {'session-url': '/session', 'hands-on-timeout': 3000};
  const rendered =
    '<diarupt-interaction session-url="/session" hands-on-timeout="3000"></diarupt-interaction>';
  const onEvent = () => {};
  const inReact = createElement('diarupt-interaction', {...attributes, ontranscript: onEvent});
  assert.equal(renderReact(inReact), rendered);
  const inVue = h('diarupt-interaction', {...attributes, onTranscript: onEvent});
  assert.equal(await renderVue(createSSRApp(() => inVue)), rendered);
});
