import assert from 'node:assert/strict';
import {createSessionHandler, toNodeListener} from 'diarupt/server';
import {inEachBrowser} from '../support/pages.mjs';

/** The page's server, which gives sessions to pages of those other origins too, and what was asked. */
function serverOf(engineUrl, origins = []) {
  const asked = [];
  const session = request => {
    asked.push(request.headers);
    return {face: 'ada', profile: 'guide'};
  };
  const handler = createSessionHandler({apiKey: 'test', engineUrl, origins, session});
  return {asked, listener: toNodeListener(handler)};
}

/** A page whose visitors are given a session by `address`; the handler has a cookie of theirs. */
const pageOf = (address, listener) => ({
  headers: {'Set-Cookie': 'login=ada', 'Referrer-Policy': 'no-referrer'},
  files: {'/session': listener},
  html: `<script src="/dist/diarupt-interaction.js"></script>
    <diarupt-interaction session-url="${address}" engine-url="{engine}">`,
});

inEachBrowser(
  'a page of the same origin is given a session, with its cookies',
  async (visit, t) => {
    const {asked, listener} = serverOf(t.engineUrl);
    const visited = await visit(pageOf('/session', listener));
    await visited.converse();
    const [headers] = asked;
    assert.equal(headers.get('Origin'), new URL(visited.page.url()).origin);
    assert.equal(headers.get('Cookie'), 'login=ada');
    assert.equal(headers.get('Sec-Fetch-Site'), 'same-origin');
    assert.deepEqual((await visited.seen()).uncaught, []);
  },
);

inEachBrowser('a page of another origin is given none, unless it is named', async (visit, t) => {
  let server = serverOf(t.engineUrl);
  const listener = (request, response) => server.listener(request, response);
  const visited = await visit(pageOf('{elsewhere}/session', listener));
  await assert.rejects(visited.converse(), /could not be started/);
  assert.deepEqual(server.asked, []);

  const {origin} = new URL(visited.page.url());
  server = serverOf(t.engineUrl, [origin]);
  await visited.converse();
  const [headers] = server.asked;
  assert.equal(headers.get('Origin'), origin);
  assert.equal(headers.get('Cookie'), null);
});
