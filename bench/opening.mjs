import {setTimeout as delay} from 'node:timers/promises';
import {openPage} from './browser.mjs';
import {median} from './statistics.mjs';

const WARM_UP_ROUNDS = 5;
const ROUNDS = 40;
const GATHERING_ROUNDS = 3;
/** Waiting for the end of gathering takes longer than anybody wants to: it is cut short here. */
const LIMIT_MS = 5000;
/** Lets the engine and the browser finish with the conversation before. */
const SETTLING_MS = 150;

const BUTTONS = {
  element: 'diarupt-interaction >>> diarupt-call-button >>> button',
  bare: '#bare',
};

/**
 * Milliseconds from a click to the open data channel, medians: the element's and those of the
 * shortest code against the same engine, turn by turn; then both with a STUN server that never
 * answers, and the shortest code that waits for gathering to end.
 */
export async function measureOpening({browser, site, engine, stun}) {
  const page = await openPage(browser, `${site.origin}/opening.html`);
  const times = {element: [], bare: [], elementStun: [], bareStun: [], gatheringStun: []};
  const {iceServers} = stun;
  const turns = [
    ['element', 'element', {}],
    ['bare', 'bare', {}],
    ['elementStun', 'element', {iceServers}],
    ['bareStun', 'bare', {iceServers}],
  ];

  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const [name, way, settings] of turns) {
      const time = await open(page, engine, way, settings);
      if (round >= 0) times[name].push(time);
    }
  }
  for (let round = 0; round < GATHERING_ROUNDS; round++) {
    const settings = {iceServers, gathersFirst: true};
    times.gatheringStun.push(await open(page, engine, 'bare', settings));
  }
  await page.close();
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

async function open(page, engine, way, settings) {
  const sessionId = await engine.createSession();
  await page.evaluate(next => bench.prepare(next), {
    ...settings,
    engineUrl: engine.url,
    sessionId,
  });
  await page.click(BUTTONS[way]);
  const time = await page.evaluate(limit => bench.timeToOpen(limit), LIMIT_MS);
  await page.evaluate(() => bench.leave());
  await delay(SETTLING_MS);
  return time;
}
