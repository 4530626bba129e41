/** An Angular application, built as applications are: compiled, and its libraries linked. */
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {createEs2015LinkerPlugin} from '@angular/compiler-cli/linker/babel';
import {ConsoleLogger, LogLevel, NodeJSFileSystem} from '@angular/compiler-cli';
import {transformAsync} from '@babel/core';
import {build} from 'vite';
import {inEachBrowser} from '../support/pages.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NGC = fileURLToPath(
  new URL('bundles/src/bin/ngc.js', import.meta.resolve('@angular/compiler-cli/package.json')),
);

execFileSync(process.execPath, [NGC, '-p', 'test/frameworks/angular-app'], {cwd: ROOT});

/** What Angular's own build does with each library. */
const linker = {
  name: 'angular-linker',
  async transform(code, filename) {
    if (!code.includes('ɵɵngDeclare')) return null;
    const plugin = createEs2015LinkerPlugin({
      fileSystem: new NodeJSFileSystem(),
      logger: new ConsoleLogger(LogLevel.error),
      linkerJitMode: false,
    });
    const options = {
      filename,
      plugins: [plugin],
      configFile: false,
      babelrc: false,
      compact: false,
    };
    return {code: (await transformAsync(code, options)).code, map: null};
  },
};

const {output} = await build({
  root: `${ROOT}build/angular-app`,
  configFile: false,
  mode: 'development',
  logLevel: 'error',
  plugins: [linker],
  build: {write: false, minify: false, target: 'es2022', rollupOptions: {input: 'page.js'}},
});
const script = (_, response) => {
  response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
  response.end(output[0].code);
};

inEachBrowser('an Angular template sets what it names, and hears each event once', async visit => {
  const {page} = await visit({
    html: '<app-root></app-root><script type="module" src="/page.js"></script>',
    files: {'/page.js': script},
  });
  await page.waitForFunction(() => globalThis.app, {polling: 50});
  const settings = () =>
    page.evaluate(() => {
      const tag = document.querySelector('diarupt-interaction');
      const {sessionUrl, engineUrl, handsOnTimeout, audioOnly, captions, volume, next} = tag;
      const texts = [sessionUrl, engineUrl, tag.mode, String(handsOnTimeout)];
      return [...texts, audioOnly, captions, tag.textInput, volume, next === globalThis.app.next];
    });
  const written = ['/session', 'https://engine.example'];
  const same = ['Infinity', true, true];
  assert.deepEqual(await settings(), [...written, 'hands-on', ...same, true, 0.5, true]);

  const heard = await page.evaluate(() => {
    const tag = document.querySelector('diarupt-interaction');
    for (const [name, detail] of [
      ['transcript', {content: 'Hello'}],
      ['user-started-talking', null],
      ['error', 'lost'],
    ]) {
      tag.dispatchEvent(new CustomEvent(name, {detail, bubbles: true, composed: true}));
    }
    globalThis.app.handsOn.set(false);
    return globalThis.app.heard;
  });
  assert.deepEqual(heard, [
    'transcript {"content":"Hello"}',
    'user-started-talking null',
    'error "lost"',
  ]);

  const isSet = () => document.querySelector('diarupt-interaction').mode === 'hands-free';
  await page.waitForFunction(isSet, {polling: 50});
  assert.deepEqual(await settings(), [...written, 'hands-free', ...same, false, 0.5, true]);
  const {logged, uncaught} = await page.evaluate('seen');
  const complaints = logged.filter(text => !/Lit is in dev mode|development mode/.test(text));
  assert.deepEqual([complaints, uncaught], [[], []]);
});
