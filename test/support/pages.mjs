import {after, describe, test} from 'node:test';
import {EngineClient} from 'diarupt/server';
import puppeteer from 'puppeteer-core';
import {CHROME_ARGS, FIREFOX_PREFERENCES, findChrome, findFirefox} from './browsers.mjs';
import {startEngine} from './engine.mjs';
import {Site} from './site.mjs';

const TIMEOUT_MS = 120_000;

const LAUNCH_OPTIONS = {
  Chromium: {executablePath: findChrome(), args: CHROME_ARGS},
  ...(findFirefox() && {
    Firefox: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: {
        ...FIREFOX_PREFERENCES,
        // It would ask every page for an icon.
        'browser.chrome.site_icons': false,
        // On a busy machine a finger takes longer than it has to for a tap.
        'apz.max_tap_time': TIMEOUT_MS,
        'ui.click_hold_context_menus.delay': TIMEOUT_MS,
      },
    },
  }),
};

/** Promises of `{browser, site}`, by the browser's name: each visits a site of its own. */
const visitors = new Map();
let starting;

after(async () => {
  for (const {browser, site} of await Promise.all(visitors.values())) {
    site.close();
    await browser.close();
  }
  (await starting)?.process.kill();
});

async function meet(browserName) {
  const launching = puppeteer.launch(LAUNCH_OPTIONS[browserName]);
  const [browser, site] = await Promise.all([launching, Site.start()]);
  return {browser, site};
}

/** Where pages are opened; after the test they are closed, and what a fresh visitor's stored is gone. */
async function openPlace(browser, isFresh, t) {
  if (isFresh) {
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    return context;
  }
  const before = await browser.pages();
  t.after(async () => {
    const opened = (await browser.pages()).filter(page => !before.includes(page));
    await Promise.all(opened.map(page => page.close()));
  });
  return browser;
}

/**
 * A test in every browser, in all of them at once: `run(visit, {browserName, engineUrl}, t)`. `visit`
 * opens a whole page, as a server sends it:
 *
 *     const page = await visit({
 *       headers: {'Content-Security-Policy': "script-src 'self'; connect-src {engine}"},
 *       html: `<script src="/dist/diarupt-interaction.js"></script>
 *              <diarupt-interaction session-id="{session}" engine-url="{engine}">`,
 *     });
 *     await page.converse();
 *
 * `files` are what else is on the site, by path: texts, `{body, headers}`, or listeners. `{engine}` is the
 * local engine (or the one given), `{session}` a new session of its, `{site}` the page's origin and
 * `{elsewhere}` another one, where everything is as well. `fresh` is a visitor of whom the browser has
 * stored nothing yet, which costs it as much as the page does.
 */
export function inEachBrowser(name, run, {fresh = false} = {}) {
  describe(name, {concurrency: true}, () => {
    for (const browserName of Object.keys(LAUNCH_OPTIONS)) {
      test(browserName, {timeout: TIMEOUT_MS}, async t => {
        starting ??= startEngine();
        if (!visitors.has(browserName)) visitors.set(browserName, meet(browserName));
        const {browser, site} = await visitors.get(browserName);
        const {url: engineUrl} = await starting;
        const place = await openPlace(browser, fresh, t);
        await run(page => visit(place, site, engineUrl, page), {engineUrl, browserName}, t);
      });
    }
  });
}

async function visit(place, site, ownUrl, {html, headers, files = {}, engineUrl = ownUrl}) {
  const client = new EngineClient({apiKey: 'test', engineUrl: ownUrl});
  const {session_id: session} = await client.createSession({face: 'ada', profile: 'guide'});
  const fill = text =>
    text
      .replaceAll('{engine}', engineUrl)
      .replaceAll('{session}', session)
      .replaceAll('{site}', site.origin)
      .replaceAll('{elsewhere}', site.elsewhere);
  const given = {...files, '/': {body: `<!doctype html><title>Page</title>${html}`, headers}};
  site.files = Object.fromEntries(
    Object.entries(given).map(([path, file]) => {
      if (typeof file === 'function') return [path, file];
      const {body, headers: own = {}} = typeof file === 'string' ? {body: file} : file;
      const filled = Object.entries(own).map(([name, value]) => [name, fill(value)]);
      return [path, {body: fill(body), headers: Object.fromEntries(filled)}];
    }),
  );
  const page = await place.newPage();
  await page.evaluateOnNewDocument(watch);
  await page.goto(`${site.origin}/`);
  return new Visit(page, session);
}

/** In the page, before anything else: what is refused by its policy, logged, and not caught. */
function watch() {
  const seen = {violations: [], logged: [], uncaught: []};
  globalThis.seen = seen;
  const read = value =>
    value instanceof Error
      ? `${value.name}: ${value.message}${value.cause ? ` < ${read(value.cause)}` : ''}`
      : String(value);
  addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) =>
    seen.violations.push(`${effectiveDirective} ${blockedURI}`),
  );
  addEventListener('error', event => {
    // The element's own event of that name bubbles up to here.
    if (event instanceof ErrorEvent) seen.uncaught.push(read(event.error ?? event.message));
  });
  addEventListener('unhandledrejection', ({reason}) => seen.uncaught.push(read(reason)));
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const write = console[level];
    console[level] = (...values) => {
      seen.logged.push(values.map(read).join(' '));
      write.apply(console, values);
    };
  }
}

/** A page that a visitor has opened, or a frame in it. `page` is the browser's own handle of it. */
class Visit {
  constructor(page, session) {
    this.page = page;
    this.session = session;
  }

  /** What is in the frame of the page that shows that path. */
  async inFrame(path) {
    const frame = await this.page.waitForFrame(one => one.url().endsWith(path));
    return new Visit(frame, this.session);
  }

  /** Presses the button of the element, as a person does, and agrees to what that asks. */
  async start() {
    const button = await this.page.evaluateHandle(async () => {
      await customElements.whenDefined('diarupt-interaction');
      const element = document.querySelector('diarupt-interaction');
      await element.updateComplete;
      const layout = element.querySelector('diarupt-call-button') ? element : element.renderRoot;
      const part = layout.querySelector('diarupt-call-button');
      await part.updateComplete;
      // Where the button is, is known when everything around it has been laid out.
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      return part.renderRoot.querySelector('button');
    });
    await button.click();
    await this.page.evaluate(async () => {
      const element = document.querySelector('diarupt-interaction');
      await element.updateComplete;
      element.renderRoot.querySelector('.consent .primary')?.click();
    });
  }

  /** Starts a conversation; settles when it is open, rejects with the error that comes instead. */
  async open() {
    const opened = this.page.evaluate(async () => {
      await customElements.whenDefined('diarupt-interaction');
      const element = document.querySelector('diarupt-interaction');
      await new Promise((resolve, reject) => {
        element.addEventListener('error', ({detail}) => reject(detail));
        element.addEventListener('open', resolve);
      });
    });
    await Promise.all([opened, this.start()]);
  }

  /**
   * A whole conversation: starts, asks a question and is answered. The transcript; rejects with
   * the error that comes instead.
   */
  async converse() {
    const conversation = this.page.evaluate(async () => {
      await customElements.whenDefined('diarupt-interaction');
      const element = document.querySelector('diarupt-interaction');
      element.muted = true; // The tone of the fake microphone would interrupt the answer.
      await new Promise((resolve, reject) => {
        element.addEventListener('error', ({detail}) => reject(detail));
        element.addEventListener('open', () => element.sendText('What can you do?'));
        element.addEventListener('transcript', ({detail: {role}}) => {
          const asked = element.transcript.some(line => line.role === 'user' && line.complete);
          if (asked && role === 'assistant') resolve();
        });
      });
      return element.transcript.map(({role, content}) => ({role, content}));
    });
    const [transcript] = await Promise.all([conversation, this.start()]);
    return transcript;
  }

  /** What has been refused by the page's policy, logged, and not caught, as texts. */
  seen() {
    return this.page.evaluate(() => globalThis.seen);
  }
}
