import {setTimeout as delay} from 'node:timers/promises';
import {install, startBot} from '../test/engines/pipecat/bot.mjs';
import {openPage} from './browser.mjs';
import {median} from './statistics.mjs';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 20;
const LIMIT_MS = 10_000;
/** After each, engine and browser have time to finish with the conversation: a bot needs more. */
const OPENAI = {ours: 'diarupt-openai', theirs: 'agents-realtime', settlingMs: 150};
const PIPECAT = {ours: 'diarupt-pipecat', theirs: 'small-webrtc-transport', settlingMs: 500};

/**
 * Milliseconds from a click to a conversation, medians: ours and those of the engines' makers, turn by
 * turn on one engine. Each is there when its own `connect` says so. `pipecat` is `undefined` where no
 * bot can be had.
 */
export async function measureClients({browser, site, engine}) {
  const page = await openPage(browser, `${site.origin}/clients.html`);
  const {url} = engine;
  const settings = async () => ({engineUrl: url, token: await engine.createToken()});
  const openai = await measurePair(page, OPENAI, settings);
  const pipecat = await withBot(({url}) => measurePair(page, PIPECAT, () => ({engineUrl: url})));
  await page.close();
  return {openai, pipecat};
}

/** Settles with what `measure` does of a real Pipecat server, as test/engines/ has it. */
async function withBot(measure) {
  const missing = install();
  if (missing) return void console.log(`Pipecat is not measured. ${missing}`);
  const bot = await startBot();
  try {
    return await measure(bot);
  } finally {
    bot.process.kill();
  }
}

async function measurePair(page, {settlingMs, ...clients}, prepare) {
  const times = {ours: [], theirs: []};
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    // Each is first as often as the other: what the one before has left is still there for a moment.
    const turns = Object.entries(clients);
    for (const [whose, client] of round % 2 === 0 ? turns : turns.reverse()) {
      await page.evaluate((...given) => bench.prepare(...given), client, await prepare());
      await page.click('button');
      const time = await page.evaluate(limit => bench.timeToOpen(limit), LIMIT_MS);
      if (round >= 0) times[whose].push(time);
      await page.evaluate(() => bench.leave());
      await delay(settlingMs);
    }
  }
  return {ours: median(times.ours), theirs: median(times.theirs)};
}
