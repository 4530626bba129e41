import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const ELEMENT = '<diarupt-interaction></diarupt-interaction>';
const script = (path, attributes = '') => `<script ${attributes} src="/dist/${path}.js"></script>`;
const FILE = script('diarupt-interaction');
const GERMAN = script('locales/de');
const FRENCH = script('locales/fr');
const WORDS = {de: 'Gespräch starten', fr: 'Démarrer la conversation'};

/** Settles when the button to start says `text`. */
const says = (page, text) =>
  page.page.waitForFunction(
    text =>
      document
        .querySelector('diarupt-interaction')
        .shadowRoot?.querySelector('diarupt-call-button')
        ?.shadowRoot?.textContent.includes(text),
    {},
    text,
  );

for (const [when, scripts] of [
  ['before the single file', GERMAN + FILE],
  ['after it', FILE + GERMAN],
  ['with others', FRENCH + FILE + GERMAN],
  ['as a module', script('locales/de', 'type="module"') + FILE],
  ['twice', GERMAN + FILE + GERMAN],
]) {
  inEachBrowser(`a language is taken up where it is loaded ${when}`, async visit => {
    const page = await visit({html: `<html lang="de">${scripts}${ELEMENT}`});
    await says(page, WORDS.de);
    const {uncaught, logged} = await page.seen();
    assert.deepEqual([uncaught, logged], [[], []]);
  });
}

inEachBrowser('a page may change its language, in a charset of its own', async visit => {
  const html = `<meta charset="windows-1252"><html lang="de">${FILE}${GERMAN}${FRENCH}${ELEMENT}`;
  const page = await visit({html});
  await says(page, WORDS.de);
  await page.page.evaluate(() => (document.documentElement.lang = 'fr-CA'));
  await says(page, WORDS.fr);
});
