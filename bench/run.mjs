import {readFile} from 'node:fs/promises';
import {launchBrowser} from './browser.mjs';
import {buildClients, buildScripts, compressedSize} from './bundles.mjs';
import {measureClients} from './clients.mjs';
import {startEngine} from './engine.mjs';
import {measureOpening} from './opening.mjs';
import {NOTES, report} from './report.mjs';
import {startSilentStun} from './silent-stun.mjs';
import {page, serve} from './site.mjs';
import {measureStartUp} from './start-up.mjs';
import {measureTranscript} from './transcript.mjs';

/**
 * What we are measured at, in one browser on this machine; nothing leaves loopback. `npm run bench` is
 * all of it, `npm run bench -- opening weight` those parts.
 */

const ELEMENT = '<script src="/element.js"></script><diarupt-interaction></diarupt-interaction>';

const QUICK = {held: 0, lines: 10_000, perSecond: 1000};
const LONG = {held: 8000, lines: 1000, perSecond: 100};

const PARTS = {
  opening: bench => tell('Click to open', measureOpening(bench)),
  clients: bench => tell('Click to open, beside other clients', measureClients(bench)),
  'start-up': bench => tell('Start-up', measureStartUp(bench)),
  transcript: async bench => ({
    quick: await tell('Transcript, 1,000 lines a second', measureTranscript(bench, QUICK)),
    long: await tell('Transcript, 8,000 lines held', measureTranscript(bench, LONG)),
  }),
  weight: () => sizes,
};

const named = process.argv.slice(2);
const unknown = named.filter(name => !(name in PARTS));
if (unknown.length > 0) throw new Error(`${unknown}: none of ${Object.keys(PARTS).join(', ')}.`);

const [scripts, clients] = await Promise.all([buildScripts(), buildClients()]);
const sizes = Object.fromEntries(
  Object.entries({...scripts, ...clients}).map(([name, text]) => [name, compressedSize(text)]),
);

const releases = [];
try {
  const site = own(await serve(await files()));
  const engine = own(await startEngine());
  const stun = own(await startSilentStun());
  const browser = own(await launchBrowser(site.origin));
  const bench = {browser, site, engine, stun};

  const results = {};
  for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
    results[name] = await PARTS[name](bench);
  }
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
  const pages = [
    'clients.js',
    'lines.js',
    'opening.js',
    'start-up.js',
    'talker.js',
    'transcript.js',
  ];
  const read = path => readFile(new URL(`pages/${path}`, import.meta.url), 'utf8');
  const ofClients = Object.entries(clients).map(([name, code]) => [`clients/${name}.js`, code]);
  return {
    'clients.html': page('<button>Begin</button>', 'clients.js'),
    'opening.html': page(`${ELEMENT}<button id="bare">Bare</button>`, 'opening.js'),
    'start-up.html': page('', 'start-up.js'),
    'talker.html': page('', 'talker.js'),
    'transcript.html': page(ELEMENT, 'transcript.js'),
    'element.js': scripts.element,
    'lit-alone.js': scripts.litAlone,
    ...Object.fromEntries(ofClients),
    ...Object.fromEntries(await Promise.all(pages.map(async path => [path, await read(path)]))),
  };
}
