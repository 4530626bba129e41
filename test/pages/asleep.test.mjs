import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';
import {isActive, PAGE, reached, remembered, until} from '../support/memory.mjs';
import {inEachBrowser} from '../support/pages.mjs';
import {signalTree} from '../support/processes.mjs';
import {Relay} from '../support/relay.mjs';

/** The browser is stopped, whole as it is, and nothing reaches it meanwhile. */
inEachBrowser('who wakes their machine up goes on talking', async (visit, {engineUrl}, t) => {
  const relay = new Relay(engineUrl);
  t.after(() => relay.close());
  const visited = await visit({...PAGE, engineUrl: await relay.listen()});
  const {page, session} = visited;
  await visited.start();
  await reached(page, 'open');
  await until(() => isActive(engineUrl, session));

  const {pid} = page.browser().process();
  relay.network.impair({blackHole: 'both'});
  signalTree(pid, 'SIGSTOP');
  try {
    await until(() => isSilent(relay.network)); // The engine has given the visitor up.
    assert.equal(await isActive(engineUrl, session), false);
  } finally {
    relay.network.impair({});
    signalTree(pid, 'SIGCONT');
  }

  await until(async () => (await remembered(page)).statuses.length > 3);
  const {events, statuses, tracks} = await remembered(page);
  assert.deepEqual(statuses, ['connecting', 'open', 'reconnecting', 'open']);
  assert.deepEqual(events, ['open']);
  assert.equal(tracks.at(-1), 'live'); // Chromium may have taken the first microphone away.
  await until(() => isActive(engineUrl, session));
});

/** An engine that has a visitor sends voice all the time. */
async function isSilent(network) {
  const {lost} = network.counts;
  await delay(500);
  return network.counts.lost === lost;
}
