import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import {findChrome} from '../support/browsers.mjs';
import {startEngine} from '../support/engine.mjs';
import {Heap} from '../support/heap.mjs';
import {serveInsides} from '../support/insides.mjs';
import {Visitor} from '../support/visitor.mjs';

/*
 * In Chromium alone. Firefox has given up the DevTools protocol, and WebDriver BiDi knows neither how
 * to collect garbage nor how to ask what is left.
 */

const CONVERSATIONS = 100;
/** In the middle of which of them the engine is lost for a while. */
const LOSSES = [33, 66];
/** Chromium itself keeps a microphone's stream for some seconds, stopped as it is. */
const PATIENCE_MS = 30_000;

/** What conversations take. The element that stays keeps the last one, of which nothing is left. */
const TAKEN = {
  Interaction: 1,
  RTCPeerConnection: 0,
  RTCDataChannel: 0,
  RTCRtpTransceiver: 0,
  MediaStreamTrack: 0,
  MediaStream: 0,
  AudioContext: 0,
};
/** What there has been before the first. */
const LASTING = ['DiaruptInteraction', 'HTMLMediaElement'];

const INSIDES = `
  export {DiaruptInteraction} from './dist/element.js';
  export {Interaction} from './dist/core/interaction.js';
`;

let engine;
let site;
let browser;
let heap;
let visitor;

before(async () => {
  [engine, site] = await Promise.all([startEngine(), serveInsides(INSIDES)]);
  browser = await puppeteer.launch({
    executablePath: findChrome(),
    args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
  });
  const page = await browser.newPage();
  visitor = await Visitor.of(page, engine.url);
  await page.goto(site.url);
  heap = await Heap.of(page);
  await visitor.insert('resident');
});

after(async () => {
  await browser?.close();
  site?.close();
  engine?.process.kill();
});

test('a hundred conversations leave nothing behind', {timeout: 600_000}, async () => {
  const expected = {...(await count()), ...TAKEN};
  for (let at = 0; at < CONVERSATIONS; at++) {
    const converse = LOSSES.includes(at) ? isReplaced : WAYS[at % WAYS.length];
    await converse();
  }
  let counts = await count();
  for (let left = PATIENCE_MS; left > 0 && !isEqual(counts, expected); left -= 1000) {
    await pause(500);
    counts = await count();
  }
  assert.deepEqual(counts, expected);
});

test('and the one after them is heard, and its visitor, too', {timeout: 30_000}, async () => {
  await visitor.start('resident', await createSession('guide'));
  await visitor.sees('resident', 'open');
  const heard = await heap.ask(
    'RTCPeerConnection',
    `async function () {
    const isAudio = ({kind}) => kind === 'audio';
    for (;;) {
      const stats = [...(await this[0].getStats()).values()].filter(isAudio);
      const voice = stats.find(({type}) => type === 'inbound-rtp');
      const own = stats.find(({type}) => type === 'outbound-rtp');
      if (voice?.totalAudioEnergy > 1e-4 && own?.packetsSent > 50) return this.length;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }`,
  );
  assert.equal(heard, 1);
  await end('resident');
});

/**
 * How conversations go, and by whom. Each leaves its element idle, or gone. The resident's last one
 * ends in peace: an error keeps what was on the stack, the peer too, as long as it is the last.
 */
const WAYS = [
  async function isMuted() {
    await talk('resident');
    await visitor.press('resident', 'mic-button');
    await visitor.press('resident', 'mic-button');
    await end('resident');
  },
  async function isHandsOn() {
    await visitor.press('resident', 'mode-toggle');
    await talk('resident');
    await visitor.press('resident', 'response-button');
    await end('resident');
    await visitor.press('resident', 'mode-toggle');
  },
  async function isMoved() {
    await talk('resident');
    await visitor.move('resident');
    await end('resident');
  },
  async function isEndedByTheEngine() {
    const session = await talk('resident');
    await call('POST', `/terminate-session/${session}`);
    await visitor.sees('resident', 'closed');
  },
  async function isCancelled() {
    await startUnanswered('resident');
    await end('resident');
    engine.signal('SIGCONT');
  },
  async function isRefused() {
    await startUnanswered('resident', {answer: {status: 503}});
    engine.signal('SIGCONT');
    await visitor.sees('resident', 'closed');
  },
  async function isEnded() {
    await talk('resident');
    await end('resident');
  },
  async function isAVisit() {
    await visitor.insert('guest');
    await talk('guest');
    await end('guest');
    await visitor.remove('guest');
  },
  async function isRemoved() {
    await visitor.insert('guest');
    await talk('guest');
    await visitor.remove('guest');
  },
  async function isRemovedBeforeItBegins() {
    await visitor.insert('guest');
    await startUnanswered('guest');
    await visitor.remove('guest');
    engine.signal('SIGCONT');
  },
];

/** The engine is away for so long that the connection to it is replaced. */
async function isReplaced() {
  await talk('resident');
  const peers = await visitor.peers();
  engine.signal('SIGSTOP');
  await visitor.sees('resident', 'reconnecting');
  await visitor.gathers(peers + 1);
  engine.signal('SIGCONT');
  await visitor.sees('resident', 'open');
  await end('resident');
}

async function talk(id) {
  const session = await createSession();
  await visitor.start(id, session);
  await visitor.sees(id, 'open');
  await visitor.gathers();
  return session;
}

/** With an engine that is away for now. */
async function startUnanswered(id, faults = {}) {
  const session = await createSession();
  await call('PUT', `/session/${session}/faults`, faults);
  const peers = await visitor.peers();
  engine.signal('SIGSTOP');
  await visitor.start(id, session);
  await visitor.gathers(peers + 1);
}

async function end(id) {
  await visitor.press(id, 'call-button');
  await visitor.sees(id, 'closed');
}

async function createSession(profile = 'quiet-guide') {
  return (await call('POST', '/create-session', {face: 'ada', profile})).session_id;
}

async function call(method, path, body) {
  const response = await fetch(engine.url + path, {
    method,
    headers: {'X-API-KEY': 'test', 'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  return response.json().catch(() => ({}));
}

/** Everything that is left when garbage is collected. */
async function count() {
  await heap.collectGarbage();
  const listeners = await heap.measure('JSEventListeners');
  return {listeners, ...(await heap.count([...LASTING, ...Object.keys(TAKEN)]))};
}

function isEqual(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
