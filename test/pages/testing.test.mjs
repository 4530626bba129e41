/** What `docs/testing.md` shows is a test that passes. */
import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';
import {snippetsOf} from '../support/snippets.mjs';

const IMPORTS = {
  'diarupt/element': '/dist/diarupt-interaction.js',
  'diarupt/testing': '/dist/testing/index.js',
};
const snippets = snippetsOf('docs/testing.md').filter(({language}) => language === 'js');
assert.equal(snippets.length, 2);

for (const {where, code} of snippets) {
  inEachBrowser(`${where} passes as it is, with nobody who presses anything`, async visit => {
    const {page} = await visit({
      html: `
        <script type="importmap">${JSON.stringify({imports: IMPORTS})}</script>
        <diarupt-interaction session-id="any"></diarupt-interaction>
        <script type="module">
          import 'diarupt/element';
          globalThis.interaction = document.querySelector('diarupt-interaction');
          console.assert = (holds, ...what) => {
            if (!holds) throw new Error('an assertion does not hold');
          };
        </script>
        <script type="module">
          globalThis.pageFetch = fetch;
          ${code}
          globalThis.passed = fetch === pageFetch;
        </script>`,
    });
    await page.waitForFunction('"passed" in globalThis || seen.uncaught.length > 0', {polling: 50});
    const {uncaught} = await page.evaluate('seen');
    assert.deepEqual([uncaught, await page.evaluate('globalThis.passed')], [[], true]);
  });
}
