import {readFile} from 'node:fs/promises';
import {launchBrowser} from './browser.mjs';
import {buildScripts, compressedSize} from './bundles.mjs';
import {startEngine} from './engine.mjs';
import {measureOpening} from './opening.mjs';
import {NOTES, report} from './report.mjs';
import {startSilentStun} from './silent-stun.mjs';
import {page, serve} from './site.mjs';
import {measureStartUp} from './start-up.mjs';
import {measureTranscript} from './transcript.mjs';

/** What the element is measured at, in one browser on this machine; nothing leaves loopback. */

const ELEMENT = '<script src="/element.js"></script><diarupt-interaction></diarupt-interaction>';

const scripts = await buildScripts();
const sizes = Object.fromEntries(
  Object.entries(scripts).map(([name, text]) => [name, compressedSize(text)]),
);

const releases = [];
try {
  const site = own(await serve(await files()));
  const engine = own(await startEngine());
  const stun = own(await startSilentStun());
  const browser = own(await launchBrowser(site.origin));
  const bench = {browser, site, engine, stun};

  const opening = await tell('Click to open', measureOpening(bench));
  const startUp = await tell('Start-up', measureStartUp(bench));
  const quick = {held: 0, lines: 10_000, perSecond: 1000};
  const long = {held: 8000, lines: 1000, perSecond: 100};
  const results = {
    opening,
    startUp,
    quick: await tell('Transcript, 1,000 lines a second', measureTranscript(bench, quick)),
    long: await tell('Transcript, 8,000 lines held', measureTranscript(bench, long)),
    sizes,
  };
  console.log(`\n${report(results)}\n\n${NOTES}`);
} finally {
  for (const release of releases.reverse()) await release();
}

function own(resource) {
  releases.push(() => resource.close());
  return resource;
}

async function tell(what, measurement) {
  console.log(`${what} …`);
  return measurement;
}

async function files() {
  const pages = ['lines.js', 'opening.js', 'start-up.js', 'talker.js', 'transcript.js'];
  const read = path => readFile(new URL(`pages/${path}`, import.meta.url), 'utf8');
  return {
    'opening.html': page(`${ELEMENT}<button id="bare">Bare</button>`, 'opening.js'),
    'start-up.html': page('', 'start-up.js'),
    'talker.html': page('', 'talker.js'),
    'transcript.html': page(ELEMENT, 'transcript.js'),
    'element.js': scripts.element,
    'lit-alone.js': scripts.litAlone,
    ...Object.fromEntries(await Promise.all(pages.map(async path => [path, await read(path)]))),
  };
}
