import puppeteer from 'puppeteer-core';
import {findChrome} from '../test/support/browsers.mjs';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  // Two pages of this browser are peers: names that only multicast DNS resolves take seconds.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** A headless Chromium whose microphone is fake, and granted to the pages of `origin`. */
export async function launchBrowser(origin) {
  const browser = await puppeteer.launch({executablePath: findChrome(), args: ARGS});
  await browser.defaultBrowserContext().overridePermissions(origin, ['microphone']);
  return browser;
}

/** A page at `url`; whatever goes wrong in it is told here. */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  page.on('pageerror', error => console.error(error));
  await page.setViewport({width: 1280, height: 800});
  await page.goto(url);
  return page;
}
