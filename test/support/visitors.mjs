import puppeteer from 'puppeteer-core';
import {CHROME_ARGS, findChrome} from './browsers.mjs';
import {recordSpeech} from './engine.mjs';
import {Site} from './site.mjs';
import {Talk} from './talk.mjs';

/** Visitors in a Chromium, each of whom says the same after so many seconds of silence. */
export class Visitors {
  #browser;
  #site;

  static async saying(sentence, leadSeconds) {
    const visitors = new Visitors();
    const speech = await recordSpeech(sentence, leadSeconds);
    const args = [...CHROME_ARGS, `--use-file-for-fake-audio-capture=${speech}%noloop`];
    visitors.#browser = await puppeteer.launch({executablePath: findChrome(), args});
    visitors.#site = await Site.start();
    return visitors;
  }

  /** One more, until the test is over, on a page whose element has that engine and these attributes. */
  async visit(t, engine, attributes = '') {
    const context = await this.#browser.createBrowserContext();
    t.after(() => context.close());
    const html = `<script src="/dist/diarupt-interaction.js"></script>
      <script src="/dist/diarupt-${engine}.js"></script>
      <diarupt-interaction engine="${engine}" ${attributes}>`;
    this.#site.files = {'/': {body: `<!doctype html><title>Page</title>${html}`}};
    return Talk.on(await context.newPage(), this.#site.origin);
  }

  async close() {
    this.#site.close();
    await this.#browser.close();
  }
}
