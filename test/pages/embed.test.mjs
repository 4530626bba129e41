import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {inEachBrowser} from '../support/pages.mjs';

const EMBED = readFileSync(new URL('../../dist/embed.html', import.meta.url), 'utf8');

/** `embed.html` as an embedder edits it: where the session is had, and whose pages are told. */
const embedFor = parents =>
  EMBED.replace('session-url="/session"', 'session-id="{session}" engine-url="{engine}"').replace(
    'data-parents=""',
    `data-parents="${parents}"`,
  );

const frameOf = path => `<iframe src="{elsewhere}${path}" allow="microphone; autoplay"></iframe>`;

/** A page that keeps what is dispatched on its frame, and what is posted to it by anybody. */
const page = path => `${frameOf(path)}<script type="module">
  import {attachEmbed} from '/dist/embed.js';
  const names = ['open', 'user-started-talking', 'user-stopped-talking', 'transcript', 'error',
    'close', 'interaction-event', 'statechange', 'click', 'load'];
  globalThis.heard = [];
  globalThis.posted = [];
  for (const name of names) {
    document.addEventListener(name, ({type, detail}) => heard.push([type, detail]));
  }
  addEventListener('message', ({data}) => posted.push(data));
  globalThis.frame = document.querySelector('iframe');
  globalThis.leave = new AbortController();
  globalThis.embed = attachEmbed(frame, leave);
</script>`;

/** A visit, the frame in it when its element can be used, and what is heard on the page. */
async function visitPage(visit, parents, {path = '/dist/embed.html', html = page(path)} = {}) {
  const visited = await visit({
    html,
    files: {'/dist/embed.html': embedFor(parents)},
  });
  const isFrame = one => one.url().endsWith(path);
  const frame = await visited.page.waitForFrame(isFrame);
  await frame.evaluate(() => customElements.whenDefined('diarupt-interaction').then(() => {}));
  return {visited, frame, heard: () => visited.page.evaluate('heard')};
}

const status = frame => frame.$eval('diarupt-interaction', element => element.status);

/** Settles when the frame's element has that status. */
const sees = (frame, status) =>
  frame.waitForFunction(
    status => document.querySelector('diarupt-interaction').status === status,
    {polling: 50},
    status,
  );

/** Settles when something of that name has been heard on the page. */
const hears = (visited, name) =>
  visited.page.waitForFunction(
    name => globalThis.heard.some(([type]) => type === name),
    {polling: 50},
    name,
  );

/** Settles when whatever the page has posted so far has come to the frame. */
async function settle({visited, frame}) {
  await frame.evaluate(() => {
    globalThis.settled = new Promise(resolve =>
      addEventListener('message', ({data}) => data === 'last' && resolve(true)),
    );
  });
  await visited.page.evaluate("frame.contentWindow.postMessage('last', '*')");
  assert.equal(await frame.evaluate('settled'), true);
}

inEachBrowser(
  'a page of another site, which the frame names, is told all that happens in it, in order',
  async visit => {
    const {visited, frame, heard} = await visitPage(visit, '{site}');
    await frame.evaluate(() => {
      const element = document.querySelector('diarupt-interaction');
      element.muted = true;
      globalThis.told = [];
      for (const name of ['open', 'transcript', 'close', 'interaction-event', 'statechange']) {
        element.addEventListener(name, ({type, detail}) => told.push([type, detail]));
      }
    });
    const button = await frame.waitForSelector(
      'diarupt-interaction >>> diarupt-call-button >>> button',
    );
    await button.click();
    await hears(visited, 'open');
    await frame.evaluate("document.querySelector('diarupt-interaction').sendText('Hello')");
    await hears(visited, 'transcript');
    await button.click();
    await hears(visited, 'close');
    const told = await frame.evaluate('told');
    assert.deepEqual(
      (await heard()).filter(([type]) => type !== 'load'),
      told,
    );
    assert.deepEqual((await visited.seen()).uncaught, []);
  },
);

inEachBrowser('it starts and ends the conversation, and sends the response', async visit => {
  const {visited, frame, heard} = await visitPage(visit, 'https://a.example {site}');
  await visited.page.evaluate('embed.connect()');
  await sees(frame, 'open');
  await frame.evaluate(() => {
    const element = document.querySelector('diarupt-interaction');
    globalThis.sent = new Promise(resolve => (element.sendUserResponse = () => resolve('sent')));
  });
  await visited.page.evaluate('embed.sendUserResponse()');
  assert.equal(await frame.evaluate('sent'), 'sent');
  await visited.page.evaluate('embed.disconnect()');
  await sees(frame, 'closed');
  await hears(visited, 'close');
  const types = (await heard()).map(([type]) => type);
  assert.ok(types.includes('open') && !types.includes('error'));
});

inEachBrowser('it is told of an error, with its code', async visit => {
  const {visited, frame} = await visitPage(visit, '{site}');
  await frame.evaluate(() => {
    document.querySelector('diarupt-interaction').sessionId = 'no-such-session';
  });
  const told = visited.page.evaluate(
    () =>
      new Promise(resolve => {
        frame.addEventListener('error', ({detail}) =>
          resolve([detail instanceof Error, detail.name, detail.code, detail.message]),
        );
        embed.connect();
      }),
  );
  assert.deepEqual(await told, [
    true,
    'InteractionError',
    'session-not-found',
    'The conversation could not be started. Reload the page for a new one.',
  ]);
  const {uncaught} = await frame.evaluate('globalThis.seen');
  assert.deepEqual(uncaught, []);
});

inEachBrowser('a page that attaches when the frame has long been there is told', async visit => {
  const html = page('/dist/embed.html').replace(
    'globalThis.embed = attachEmbed(frame, leave);',
    'globalThis.attach = () => (globalThis.embed = attachEmbed(frame, leave));',
  );
  const {visited} = await visitPage(visit, '{site}', {html});
  await visited.page.evaluate('void attach()');
  await visited.page.evaluate('embed.connect()');
  await hears(visited, 'open');
});

inEachBrowser('a page that has left is told no more, and its commands do nothing', async visit => {
  const {visited, frame, heard} = await visitPage(visit, '{site}');
  await visited.page.evaluate('embed.connect()');
  await hears(visited, 'open');
  await visited.page.evaluate('leave.abort()');
  const before = (await heard()).length;
  await visited.page.evaluate('embed.disconnect()');
  await settle({visited, frame});
  assert.equal(await status(frame), 'open');
  const closed = visited.page.evaluate(
    () =>
      new Promise(resolve =>
        addEventListener('message', ({data}) => data.diarupt === 'close' && resolve()),
      ),
  );
  await frame.evaluate("void document.querySelector('diarupt-interaction').disconnect()");
  await closed;
  assert.equal((await heard()).length, before);
});

inEachBrowser(
  'a page that the frame does not name is told nothing, and cannot act',
  async visit => {
    const {visited, frame, heard} = await visitPage(visit, 'https://another.example');
    const page = {visited, frame};
    await visited.page.evaluate('embed.connect()');
    await settle(page);
    assert.equal(await status(frame), 'idle');
    await frame.evaluate("void document.querySelector('diarupt-interaction').connect()");
    await sees(frame, 'open');
    await visited.page.evaluate('embed.disconnect()');
    await settle(page);
    assert.equal(await status(frame), 'open');
    // What was posted before this would have come before it.
    await frame.evaluate("parent.postMessage('last', '*')");
    await visited.page.waitForFunction("posted.includes('last')", {polling: 50});
    assert.deepEqual(await visited.page.evaluate('posted'), ['last']);
    assert.deepEqual(
      (await heard()).filter(([type]) => type !== 'load'),
      [],
    );
  },
);

inEachBrowser('a frame does nothing for what is no command, or of another window', async visit => {
  const {visited, frame} = await visitPage(visit, '{site}');
  await visited.page.evaluate(() => {
    const nonsense = [
      '',
      'constructor',
      '__proto__',
      'remove',
      'sendText',
      'open',
      null,
      1,
      {},
      [],
    ];
    const messages = [null, undefined, 0, 'connect', [], ['connect'], new Map(), {connect: true}];
    for (const message of [...messages, ...nonsense.map(diarupt => ({diarupt}))]) {
      frame.contentWindow.postMessage(message, '*');
    }
    // Of the right origin, but not the page around it.
    const sibling = document.createElement('iframe');
    document.body.append(sibling);
    const script = sibling.contentDocument.createElement('script');
    script.textContent = "parent.frames[0].postMessage({diarupt: 'connect'}, '*')";
    sibling.contentDocument.body.append(script);
  });
  await settle({visited, frame});
  assert.equal(await status(frame), 'idle');
  const seen = await frame.evaluate('globalThis.seen');
  assert.deepEqual([seen.uncaught, seen.logged], [[], []]);
  await visited.page.evaluate('embed.connect()');
  await sees(frame, 'open');
});

/** What is at the right address, but says what the element does not. */
const STRANGE = `<script>
  const strange = [null, 0, 'open', [], {}, {diarupt: 'click', detail: 'x'}, {diarupt: 'load'},
    {diarupt: '__proto__'}, {diarupt: ['open']}, {diarupt: {}}, {event: 'open'}];
  addEventListener('message', ({data, source}) => {
    if (data?.diarupt !== 'listen') return;
    for (const message of strange) source.postMessage(message, '*');
    source.postMessage({diarupt: 'error', detail: null}, '*');
    source.postMessage({diarupt: 'error', detail: {code: 'constructor', message: 5}}, '*');
    source.postMessage({diarupt: 'close', detail: 'last'}, '*');
  });
</script>`;

inEachBrowser('a page hears events alone, whatever the frame posts', async visit => {
  const html = page('/strange').replace(
    'heard.push([type, detail])',
    'heard.push([type, type === "error" ? [detail.code, detail.message] : detail])',
  );
  const visited = await visit({html, files: {'/strange': STRANGE}});
  await hears(visited, 'close');
  const heard = await visited.page.evaluate('heard');
  assert.deepEqual(
    heard.filter(([type]) => type !== 'load'),
    [
      ['error', ['engine-error', 'undefined']],
      ['error', ['engine-error', '5']],
      ['close', 'last'],
    ],
  );
  assert.deepEqual((await visited.seen()).uncaught, []);
});

function lie() {
  for (const diarupt of ['open', 'close']) parent.postMessage({diarupt, detail: 'a lie'}, '*');
  parent.postMessage('last', '*');
}

for (const [who, html] of [
  // Where it was to show a page of another site, it shows one of this.
  ['the frame itself, which has gone to another origin', page('/gone')],
  ['another frame of the same origin', page('/quiet') + frameOf('/liar')],
]) {
  inEachBrowser(`a page hears nothing of ${who}`, async visit => {
    const visited = await visit({
      html,
      files: {
        '/gone': '<script>location.replace("{site}/liar")</script>',
        '/quiet': '',
        '/liar': '',
      },
    });
    const liar = await visited.page.waitForFrame(one => one.url().endsWith('/liar'));
    await liar.evaluate(lie);
    await visited.page.waitForFunction("posted.includes('last')", {polling: 50});
    const [heard, posted] = await visited.page.evaluate('[heard, posted]');
    assert.equal(posted.length, 3);
    assert.deepEqual(
      heard.filter(([type]) => type !== 'load'),
      [],
    );
  });
}
