import {openPage} from './browser.mjs';
import {median} from './statistics.mjs';

const WARM_UP_ROUNDS = 5;
const ROUNDS = 60;

const ELEMENT = ['element.js', 'diarupt-interaction'];
const LIT_ALONE = ['lit-alone.js', 'lit-alone'];

/**
 * Milliseconds from a script's text to its element on the screen, medians: the single file's, with
 * its default layout, and those of Lit alone with an element of one line, turn by turn.
 */
export async function measureStartUp({browser, site}) {
  const page = await openPage(browser, `${site.origin}/start-up.html`);
  await page.evaluate(paths => bench.load(paths), [ELEMENT[0], LIT_ALONE[0]]);
  const times = {element: [], litAlone: []};
  const start = (way, round) => page.evaluate((...given) => bench.start(...given), ...way, round);

  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const element = await start(ELEMENT, round);
    const litAlone = await start(LIT_ALONE, round);
    if (round < 0) continue;
    times.element.push(element);
    times.litAlone.push(litAlone);
  }
  await page.close();
  return {element: median(times.element), litAlone: median(times.litAlone)};
}
