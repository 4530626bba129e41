/** What a framework has rendered on a server, it takes over in the page without a complaint. */
import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {createElement} from 'react';
import {renderToString as renderReact} from 'react-dom/server';
import {build} from 'vite';
import {createSSRApp, h} from 'vue';
import {renderToString as renderVue} from 'vue/server-renderer';
import {ReactInPage, ReactTag, VueTag} from '../frameworks/hydration/apps.js';
import {inEachBrowser} from '../support/pages.mjs';

process.env.NODE_ENV = 'development'; // Only then do they complain.
const {output} = await build({
  root: fileURLToPath(new URL('../frameworks/hydration/', import.meta.url)),
  configFile: false,
  mode: 'development',
  logLevel: 'error',
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
  build: {write: false, minify: false, rollupOptions: {input: 'page.js'}},
});
const script = (_, response) => {
  response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
  response.end(output[0].code);
};

const props = {next: () => {}, onEvent: () => {}};
const rendered = {
  ReactTag: renderReact(createElement(ReactTag, props)),
  ReactInPage: renderReact(createElement(ReactInPage, props)),
  VueTag: await renderVue(createSSRApp(() => h(VueTag, props))),
};

inEachBrowser('what a server has rendered is taken over as it is', async visit => {
  const roots = Object.entries(rendered).map(([id, tag]) => `<div id="${id}">${tag}</div>`);
  const {page} = await visit({
    html: `${roots.join('')}<script type="module" src="/page.js"></script>`,
    files: {'/page.js': script},
  });
  const isThere = () => document.querySelector('#ReactInPage diarupt-interaction')?.next;
  await page.waitForFunction(isThere, {polling: 50});
  const told = await page.evaluate(() => {
    for (const tag of document.querySelectorAll('diarupt-interaction')) {
      tag.dispatchEvent(new CustomEvent('transcript', {detail: {}}));
    }
    const {next} = document.querySelector('#VueTag diarupt-interaction');
    return [...globalThis.told, typeof next].filter(id => id !== 'ReactTag');
  });
  assert.deepEqual(told, ['ReactInPage', 'VueTag', 'function']);
  const {logged, uncaught} = await page.evaluate('seen');
  const complaints = logged.filter(text => !/Lit is in dev mode|React DevTools/.test(text));
  assert.deepEqual([complaints, uncaught], [[], []]);
});
