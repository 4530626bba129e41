import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const FILE = '/dist/diarupt-interaction.js';
const MENU = '/dist/diarupt-devices.js';
const ELEMENT =
  '<diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>';
const script = (src, how = '') => `<script ${how} src="${src}"></script>`;
const NOTHING = {violations: [], logged: [], uncaught: []};

/** What the page's menu is made of, once it is there. */
async function lookAtMenu() {
  await customElements.whenDefined('diarupt-devices');
  const element = document.querySelector('diarupt-interaction');
  await element.updateComplete;
  const menu = element.renderRoot.querySelector('diarupt-devices');
  await menu.updateComplete;
  const baseOf = tag => Object.getPrototypeOf(customElements.get(tag));
  return {
    isShown: menu.checkVisibility() && menu.getBoundingClientRect().width > 0,
    hasOneBase: baseOf('diarupt-devices') === baseOf('diarupt-call-button'),
    label: menu.renderRoot.querySelector('button').title,
  };
}

for (const [what, html] of [
  ['before the single file', script(MENU) + script(FILE) + ELEMENT],
  ['after the single file', script(FILE) + script(MENU) + ELEMENT],
  ['after the tag', ELEMENT + script(FILE) + script(MENU)],
  ['async, as the single file is', script(MENU, 'async') + script(FILE, 'async') + ELEMENT],
  ['at once, before one that is deferred', script(MENU) + script(FILE, 'defer') + ELEMENT],
  ['as a module', script(FILE, 'type="module"') + script(MENU, 'type="module"') + ELEMENT],
  ['twice, with the single file twice', (script(FILE) + script(MENU)).repeat(2) + ELEMENT],
]) {
  inEachBrowser(`the menu is there where it is loaded ${what}`, async visit => {
    const page = await visit({html});
    assert.deepEqual(await page.page.evaluate(lookAtMenu), {
      isShown: true,
      hasOneBase: true,
      label: 'Microphone and sound',
    });
    assert.deepEqual(await page.seen(), NOTHING);
  });
}

inEachBrowser('a page without the menu has no room for it, and no globals', async visit => {
  const {page} = await visit({html: ELEMENT + script(FILE)});
  const seen = await page.evaluate(async () => {
    await customElements.whenDefined('diarupt-interaction');
    const element = document.querySelector('diarupt-interaction');
    await element.updateComplete;
    const menu = element.renderRoot.querySelector('diarupt-devices');
    const globals = Object.keys(globalThis).filter(name => /diarupt/i.test(name));
    return {isShown: menu.checkVisibility(), globals};
  });
  assert.deepEqual(seen, {isShown: false, globals: []});
});
