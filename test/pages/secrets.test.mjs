import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';
import {Recorder} from '../support/recorder.mjs';

const KEY = 'sk-of-the-embedder';

/** What an engine does with an offer: all that can be wrong, in the end as it should be. */
const ANSWERS = [
  {status: 404, body: '{"error":{"code":"session-not-found","message":"There is none."}}'},
  {status: 500, body: '<h1>Sorry</h1>'},
  {status: 201, body: 'v=0\r\nthis is no description'},
  {status: 201, body: ''},
  {status: 307, headers: {Location: '/elsewhere'}},
  {status: 503, headers: {'Access-Control-Allow-Origin': 'https://elsewhere.example'}},
  null,
  undefined,
];

/** In the page: a start and its end, and all that can be read of them. */
async function attempt() {
  const element = document.querySelector('diarupt-interaction');
  const read = error =>
    error instanceof Error
      ? [error.name, error.message, error.code, error.stack, read(error.cause)]
      : JSON.stringify(error);
  const shown = root => [
    root.textContent,
    ...[...root.querySelectorAll('*')].map(({shadowRoot}) => shadowRoot && shown(shadowRoot)),
  ];
  const told = [];
  element.next = (event, data) => told.push(event, read(data), shown(element.shadowRoot));
  const outcome = await element.connect().then(() => 'open', read);
  await element.disconnect();
  return [outcome, told, shown(element.shadowRoot)].flat(Infinity).join('\n');
}

/** In the page: what a browser keeps. */
async function kept() {
  const databases = (await indexedDB.databases?.()) ?? [];
  const storages = [localStorage, sessionStorage].map(({length}) => length);
  return [document.cookie, ...storages, databases.length, (await caches.keys()).length];
}

inEachBrowser(
  'a session id is in the path of requests to the engine and nowhere else, a key is nowhere',
  async (visit, {engineUrl}, t) => {
    const engine = await Recorder.start(engineUrl);
    t.after(() => engine.close());
    const visited = await visit({
      engineUrl: engine.url,
      headers: {'Referrer-Policy': 'unsafe-url'},
      html: `<script src="/dist/diarupt-interaction.js"></script>
        <script>document.cookie = 'visitor=of-the-page';</script>
        <diarupt-interaction session-id="{session}" engine-url="{engine}" api-key="${KEY}">`,
    });
    const {page, session} = visited;
    const asked = [];
    page.on('request', request => asked.push(request.url()));

    const texts = [];
    for (const answer of ANSWERS) {
      engine.answer = () => answer;
      texts.push(await page.evaluate(attempt));
    }
    assert.match(texts.at(-1), /^open\n/);
    assert.ok(!texts.join().includes(session));
    assert.ok(!texts.join().includes(KEY));
    assert.deepEqual(await visited.seen(), {
      violations: [],
      logged: ['<diarupt-interaction> reads no api-key: keep it on your server.'],
      uncaught: [],
    });

    const methods = new Set(engine.requests.map(({method}) => method));
    assert.ok(['POST', 'DELETE'].every(method => methods.has(method)));
    for (const {url, headers, body} of engine.requests) {
      assert.ok(url.startsWith(`/session/${session}/connection`));
      assert.ok(!url.includes('?'));
      const beside = JSON.stringify([headers, body]);
      assert.ok(!beside.includes(session) && !beside.includes(KEY));
      assert.deepEqual([headers.referer, headers.cookie], [undefined, undefined]);
    }
    const others = asked.filter(url => !url.startsWith(engine.url));
    assert.deepEqual(
      others.filter(url => !url.endsWith('/favicon.ico')),
      [],
    );
    assert.deepEqual(await page.evaluate(kept), ['visitor=of-the-page', 0, 0, 0, 0]);
  },
  {fresh: true},
);
