import {setTimeout as delay} from 'node:timers/promises';
import {openPage} from './browser.mjs';
import {median, percentile} from './statistics.mjs';

const RUNS = 3;
const IDLE_MS = 3000;
/** Lines that are only there to be held come faster than those that are measured. */
const FILLING_PER_SECOND = 3000;
/** A held line has been told interim and whole. */
const TOLD = 2;

/**
 * What lines cost that come over a data channel, so many a second, where so many are held already:
 * the main thread's processor time (scripts, style, layout, painting) over what it takes without
 * them, in milliseconds a line; the milliseconds from the `transcript` event to the end of the
 * first frame that has the line; and whether the newest line is in view when all have come.
 */
export async function measureTranscript(bench, load) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await measureRun(bench, load));
  return {
    cost: median(runs.map(({cost}) => cost)),
    delay: median(runs.map(({delays}) => median(delays))),
    delay95: median(runs.map(({delays}) => percentile(delays, 95))),
    inView: runs.every(({inView}) => inView),
  };
}

async function measureRun({browser, site}, {held, lines, perSecond}) {
  const talker = await openPage(browser, `${site.origin}/talker.html`);
  const page = await openPage(browser, `${site.origin}/transcript.html`);
  const tell = (...range) => talker.evaluate((...given) => bench.tell(...given), ...range);
  const shown = count => page.evaluate(number => bench.shown(number), count);
  const ask = offer => talker.evaluate(sdp => bench.answer(sdp), offer);
  await page.exposeFunction('askTalker', ask);
  await page.evaluate(() => bench.connect());

  const before = held * TOLD;
  await tell(0, before, FILLING_PER_SECOND);
  await shown(before);
  await page.evaluate(() => bench.takeDelays());
  const lap = await startClock(page);
  await delay(IDLE_MS);
  const idle = await lap();

  await tell(before, before + lines, perSecond);
  await shown(before + lines);
  const busy = await lap();
  const cost = (busy.task - (idle.task / idle.wall) * busy.wall) / lines;
  const delays = await page.evaluate(() => bench.takeDelays());
  const inView = await page.evaluate(() => bench.isNewestInView());
  await page.close();
  await talker.close();
  return {cost, delays, inView};
}

/**
 * Begins to count the main thread's processor time, which what else the machine does is not in.
 * Each call of what is returned tells the milliseconds since the one before.
 */
async function startClock(page) {
  const client = await page.createCDPSession();
  await client.send('Performance.enable', {timeDomain: 'threadTicks'});
  const read = async () => {
    const {metrics} = await client.send('Performance.getMetrics');
    const {value} = metrics.find(({name}) => name === 'TaskDuration');
    return {wall: performance.now(), task: value * 1000};
  };
  let last = await read();
  return async () => {
    const now = await read();
    const lap = {wall: now.wall - last.wall, task: now.task - last.task};
    last = now;
    return lap;
  };
}
