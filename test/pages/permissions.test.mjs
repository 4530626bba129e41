import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import puppeteer from 'puppeteer-core';
import {CHROME_ARGS, findChrome} from '../support/browsers.mjs';
import {inEachBrowser} from '../support/pages.mjs';

const FILE = '/dist/diarupt-interaction.js';
const FAKE_PROMPT = '--use-fake-ui-for-media-stream';
const ELEMENT = `<script src="${FILE}"></script>
  <diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>`;

/** What a start comes to: `open`, or the code of the error. */
function start(frame) {
  return frame.evaluate(async () => {
    await customElements.whenDefined('diarupt-interaction');
    const element = document.querySelector('diarupt-interaction');
    return element.connect().then(
      () => element.status,
      ({code}) => code,
    );
  });
}

inEachBrowser(
  'a page that keeps the microphone from itself is told so, where the browser takes its word',
  async (visit, {browserName}) => {
    const headers = {'Permissions-Policy': 'microphone=()'};
    const {page} = await visit({headers, html: ELEMENT});
    assert.equal(await start(page), browserName === 'Chromium' ? 'blocked-by-policy' : 'open');
    // In a tab of its own it would be no better.
    assert.equal(await (await findLink(page)).jsonValue(), null);
  },
);

/** A frame of another site, in a page. */
async function visitFrame(visit, allow) {
  const {page} = await visit({
    html: `<iframe src="{elsewhere}/frame" ${allow}></iframe>`,
    files: {'/frame': ELEMENT},
  });
  const frame = await page.waitForFrame(one => one.url().endsWith('/frame'));
  return {page, frame};
}

/** The link in the status, when it has been rendered. */
const findLink = frame =>
  frame.evaluateHandle(async () => {
    const element = document.querySelector('diarupt-interaction');
    await element.updateComplete;
    const status = element.renderRoot.querySelector('diarupt-status');
    await status.updateComplete;
    return status.renderRoot.querySelector('a');
  });

inEachBrowser('a frame of another site that is passed the microphone can talk', async visit => {
  const {frame} = await visitFrame(visit, 'allow="microphone"');
  assert.equal(await start(frame), 'open');
});

inEachBrowser(
  'a frame that is not passed the microphone is told so, and offers a tab where it can be had',
  async (visit, {browserName}) => {
    const {page, frame} = await visitFrame(visit, '');
    // Firefox does not tell who has refused.
    const told = {Chromium: 'blocked-by-policy', Firefox: 'microphone-denied'};
    assert.equal(await start(frame), told[browserName]);
    const link = await findLink(frame);
    const opened = new Promise(resolve => page.browserContext().once('targetcreated', resolve));
    await link.click();
    const target = await opened;
    const tab = await target.page();
    const isThere = url => location.href === url && document.querySelector('diarupt-interaction');
    await tab.waitForFunction(isThere, {polling: 100}, frame.url());
    assert.equal(await start(tab), 'open');
  },
);

inEachBrowser(
  'who starts by a script reads along until they press for the sound',
  async (visit, {browserName}) => {
    const {page} = await visit({
      html: `${ELEMENT}<script>
        const element = document.querySelector('diarupt-interaction');
        const started = Promise.withResolvers();
        element.addEventListener('error', ({detail}) => started.resolve(detail.code));
        element.connect().catch(() => {});
      </script>`,
    });
    // Only now: the browser takes what is evaluated here for the visitor's own doing.
    await page.waitForFunction('element.transcript.length > 0', {polling: 100});
    assert.equal(await page.evaluate('started.promise'), 'playback-blocked');
    const player = await page.evaluateHandle(
      `element.renderRoot.querySelector('diarupt-player').renderRoot`,
    );
    const button = await player.evaluateHandle(root => root.querySelector('button'));
    await button.click();
    const isHeard = root => !root.querySelector('video').paused && !root.querySelector('button');
    await page.waitForFunction(isHeard, {polling: 100}, player);
    assert.equal(await page.evaluate('element.status'), 'open', browserName);
  },
  {fresh: true}, // A browser lets pages play whose visitors have listened before.
);

inEachBrowser('a page that is not secure is told so, and sends nothing', async visit => {
  const {page} = await visit({html: ''});
  const sent = await open(page, 'http://insecure.example/');
  assert.equal(await page.evaluate('isSecureContext'), false);
  assert.equal(await start(page), 'insecure-context');
  assert.deepEqual(sent, []);
});

test('who refuses the microphone is told so, and nothing is sent', async t => {
  const page = await launch(t, '--use-fake-device-for-media-stream', `${FAKE_PROMPT}=deny`);
  const sent = await open(page, 'https://page.example/');
  for (let times = 0; times < 2; times += 1) assert.equal(await start(page), 'microphone-denied');
  assert.deepEqual(sent, []);
});

test('who has no microphone is told so', async t => {
  const page = await launch(t, FAKE_PROMPT);
  await open(page, 'https://page.example/');
  const devices = 'navigator.mediaDevices.enumerateDevices().then(({length}) => length)';
  if ((await page.evaluate(devices)) > 0) return t.skip('this machine has one');
  assert.equal(await start(page), 'microphone-missing');
});

/** A page of a Chromium with a prompt of its own. */
async function launch(t, ...args) {
  const others = CHROME_ARGS.filter(arg => !arg.includes('media-stream'));
  const options = {executablePath: findChrome(), args: [...others, ...args]};
  const browser = await puppeteer.launch(options);
  t.after(() => browser.close());
  return browser.newPage();
}

/** Has the page find the element at that address. What the page asks for beside it. */
async function open(page, address) {
  const file = await readFile(new URL(`../..${FILE}`, import.meta.url), 'utf8');
  const html = ELEMENT.replace('{session}', 'any').replace('{engine}', 'https://engine.example');
  const sent = [];
  await page.setRequestInterception(true);
  page.on('request', request => {
    const {pathname} = new URL(request.url());
    if (pathname === '/') return request.respond({contentType: 'text/html', body: html});
    if (pathname === FILE) return request.respond({contentType: 'text/javascript', body: file});
    if (pathname === '/favicon.ico') return request.abort();
    sent.push(pathname); // Never answered.
  });
  await page.goto(address);
  return sent;
}
