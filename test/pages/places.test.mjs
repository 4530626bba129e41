import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const SCRIPT = '<script src="/dist/diarupt-interaction.js"></script>';
const ASYNC = SCRIPT.replace(' ', ' async ');
const PLACE = `<div id="place" class="wide" data-diarupt-interaction data-session-id="{session}"
  data-engine-url="{engine}" data-hands-on-timeout="700" data-text-input>
  <p>Our assistant needs JavaScript.</p></div>`;

/** Puts the place into the page when that has been there for a while. */
const LATER = `<script>
  addEventListener('load', () => setTimeout(() => {
    const section = document.createElement('section');
    section.innerHTML = \`${PLACE}\`;
    document.body.append(section);
  }));
</script>`;

for (const [where, html] of [
  ['before the file', PLACE + SCRIPT],
  ['after it', SCRIPT + PLACE],
  ['where the file may come at any time', ASYNC + PLACE],
  ['in a page that has two of the file', ASYNC + PLACE + SCRIPT],
  ['that comes when the page has loaded', SCRIPT + LATER],
]) {
  inEachBrowser(`a div with data-diarupt-interaction ${where} becomes the element`, async visit => {
    const visited = await visit({html});
    await visited.page.waitForSelector('diarupt-interaction');
    await visited.open();
    const [places, [id, wide, timeout, field, text]] = await visited.page.evaluate(() => {
      const element = document.querySelector('diarupt-interaction');
      const {id, className, handsOnTimeout, textInput, textContent} = element;
      const places = document.querySelectorAll('[data-diarupt-interaction], diarupt-interaction');
      return [places.length, [id, className, handsOnTimeout, textInput, textContent]];
    });
    assert.equal(places, 1);
    assert.deepEqual([id, wide, timeout, field, text], ['place', 'wide', 700, true, '']);
    assert.deepEqual(await visited.seen(), {violations: [], logged: [], uncaught: []});
  });
}

inEachBrowser('a div that is sent in two halves leaves nothing of what was in it', async visit => {
  const [before, after] = PLACE.split('Our assistant');
  let sendRest;
  const {page} = await visit({
    html: '',
    files: {
      '/slow': (request, response) => {
        const type = 'text/html; charset=utf-8';
        response.writeHead(200, {'Content-Type': type}).write(SCRIPT + before);
        sendRest = () => response.end(`Our assistant${after}<p id="end">End</p>`);
      },
    },
  });
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('iframe'), {src: '/slow'}));
  });
  const has = selector => globalThis.frames[0].document.querySelector(selector);
  await page.waitForFunction(has, {polling: 100}, 'diarupt-interaction');
  sendRest();
  await page.waitForFunction(has, {polling: 100}, '#end');
  assert.equal(await page.evaluate('frames[0].document.body.textContent.trim()'), 'End');
});

inEachBrowser('only data that are attributes of the element become some', async visit => {
  const visited = await visit({
    html: `${SCRIPT}<div data-diarupt-interaction data-mode="hands-on" data-onclick="alert()"
      data-style="color: red" data-srcdoc="<p>" data-words="{}" dir="rtl"></div>`,
  });
  await visited.page.waitForSelector('diarupt-interaction');
  const read = element => [...element.attributes].map(({name, value}) => `${name}=${value}`);
  const attributes = await visited.page.$eval('diarupt-interaction', read);
  assert.deepEqual(attributes.sort(), ['dir=rtl', 'mode=hands-on']);
});
