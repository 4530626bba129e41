import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';
import {startEngine} from '../support/engine.mjs';
import {connect, ELEMENT, isActive, PAGE, reached, remembered, until} from '../support/memory.mjs';
import {inEachBrowser} from '../support/pages.mjs';
import {Recorder} from '../support/recorder.mjs';

/** Longer than an engine waits for a visitor who answers no ping. */
const LONG_DIALOG_MS = 11_500;

/** A test with an engine of which every request is known: `told` are the goodbyes that it got. */
function withRecorder(name, run) {
  inEachBrowser(name, async (visit, {engineUrl, browserName}, t) => {
    const engine = await Recorder.start(engineUrl);
    t.after(() => engine.close());
    const methods = name => engine.requests.filter(({method}) => method === name);
    await run(page => visit({...PAGE, engineUrl: engine.url, ...page}), {
      browserName,
      told: () => methods('DELETE').map(({url}) => url),
      asked: () => methods('POST').map(({url}) => url),
      isActive: session => isActive(engineUrl, session),
      skip: reason => t.skip(reason),
    });
  });
}

withRecorder(
  'who leaves the page leaves the conversation, and finds it again',
  async (visit, engine) => {
    const visited = await visit();
    const {page, session} = visited;
    await visited.start();
    await reached(page, 'open');
    await until(() => engine.isActive(session));

    await page.goto(new URL('/elsewhere', page.url()).href);
    await until(() => engine.told().length > 0);
    await until(async () => !(await engine.isActive(session)));

    await page.goBack();
    const memory = await remembered(page);
    // Firefox keeps no page that has had a connection.
    assert.equal(memory.isRestored, engine.browserName === 'Chromium');
    const kept = {
      events: ['open', 'close'],
      statuses: ['connecting', 'open', 'closed'],
      tracks: ['ended'],
    };
    const fresh = {events: [], statuses: [], tracks: []};
    assert.deepEqual(memory, {
      isRestored: memory.isRestored,
      ...(memory.isRestored ? kept : fresh),
    });
    assert.equal(engine.asked().length, 1);

    await visited.start();
    await reached(page, 'open');
    assert.equal(engine.told().length, 1);
    assert.equal(new Set(engine.asked()).size, 1);
  },
);

withRecorder('who closes one of two tabs goes on in the other', async (visit, engine) => {
  const first = await visit();
  await first.start();
  await reached(first.page, 'open');
  await until(() => engine.isActive(first.session));

  const second = await first.page.browserContext().newPage();
  await second.goto(first.page.url());
  assert.equal(await connect(second), 'session-busy');
  assert.deepEqual((await remembered(second)).events, ['error', 'close']);
  assert.deepEqual((await remembered(first.page)).statuses, ['connecting', 'open']);

  await first.page.close({runBeforeUnload: true});
  await until(() => engine.told().length > 0);
  await until(async () => !(await engine.isActive(first.session)));
  assert.equal(await connect(second), 'open');
});

withRecorder('a frame that is removed ends the conversation in it', async (visit, engine) => {
  const {page, session} = await visit({
    html: '<iframe src="/frame"></iframe>',
    files: {'/frame': ELEMENT},
  });
  const frame = await page.waitForFrame(one => one.url().endsWith('/frame'));
  assert.equal(await connect(frame), 'open');
  await until(() => engine.isActive(session));
  await page.$eval('iframe', element => element.remove());
  await until(() => engine.told().length > 0);
  assert.equal(engine.told().length, 1);
});

withRecorder(
  'a page that is frozen has left, and says so when it is back',
  async (visit, engine) => {
    if (engine.browserName !== 'Chromium') return engine.skip('cannot be told to freeze a page');
    const visited = await visit();
    const {page} = visited;
    await visited.start();
    await reached(page, 'open');
    const devtools = await page.createCDPSession();
    await devtools.send('Page.setWebLifecycleState', {state: 'frozen'});
    await until(() => engine.told().length > 0);
    await devtools.send('Page.setWebLifecycleState', {state: 'active'});
    const {events, tracks} = await remembered(page);
    assert.deepEqual([events, tracks], [['open', 'close'], ['ended']]);
    assert.equal(await connect(page), 'open');
    assert.equal(engine.told().length, 1);
  },
);

withRecorder('who stays after all, however long they think, talks on', async (visit, engine) => {
  if (engine.browserName !== 'Chromium') return engine.skip('takes every dialog away by itself');
  const visited = await visit();
  const {page, session} = visited;
  await visited.start();
  await reached(page, 'open');
  await until(() => engine.isActive(session));
  await page.evaluate(() => addEventListener('beforeunload', event => event.preventDefault()));
  const stayed = new Promise(resolve =>
    page.once('dialog', async dialog => {
      await delay(LONG_DIALOG_MS);
      resolve(dialog.dismiss());
    }),
  );
  const left = page.goto(new URL('/elsewhere', page.url()).href).catch(error => error);
  await stayed;
  assert.match(String(await left), /ERR_ABORTED/);
  await until(async () => (await remembered(page)).statuses.length > 2);
  await reached(page, 'open');
  const {events, statuses, tracks} = await remembered(page);
  assert.deepEqual(statuses, ['connecting', 'open', 'reconnecting', 'open']);
  assert.deepEqual([events, tracks], [['open'], ['live']]);
  await until(() => engine.isActive(session));
});

inEachBrowser('in a hidden tab a loss is noticed and healed, too', async (visit, _, t) => {
  const engine = await startEngine();
  t.after(() => engine.signal('SIGKILL'));
  const {page, session} = await visit({...PAGE, engineUrl: engine.url});
  await createSession(engine.url, session);
  assert.equal(await connect(page), 'open');
  const statuses = async () => (await remembered(page)).statuses.slice(2);
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.hidden, {polling: 100});

  engine.signal('SIGSTOP');
  await until(async () => (await statuses()).includes('reconnecting'));
  engine.signal('SIGCONT');
  await until(async () => (await statuses()).includes('open'));
  assert.deepEqual(await statuses(), ['reconnecting', 'open']);
});

async function createSession(engineUrl, id) {
  await fetch(`${engineUrl}/create-session`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'X-API-KEY': 'test'},
    body: JSON.stringify({face: 'ada', profile: 'guide', id}),
  });
}
