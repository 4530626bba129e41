import assert from 'node:assert/strict';
import {after} from 'node:test';
import {createSessionHandler, toNodeListener} from 'diarupt/server';
import {LiveKitClient} from 'diarupt/server/livekit';
import {inEachBrowser} from '../../support/pages.mjs';
import {Rooms} from './rooms.mjs';
import {API_KEY, API_SECRET, install} from './server.mjs';

const missing = install();
if (missing) console.log(`LiveKit is not tested. ${missing}`);
const rooms = missing ? undefined : await Rooms.open();
after(() => rooms?.close());

/** As little as there can be. */
function policyFor(url) {
  const http = url.replace('ws', 'http');
  return [
    "default-src 'none'; script-src 'self'",
    `connect-src 'self' ${url} ${http}`,
    "require-trusted-types-for 'script'; trusted-types lit-html",
  ].join('; ');
}

for (const [what, files] of rooms
  ? [
      ['before', ['livekit', 'interaction']],
      ['after', ['interaction', 'livekit']],
    ]
  : []) {
  const scripts = files.map(name => `<script src="/dist/diarupt-${name}.js"></script>`);
  inEachBrowser(
    `a visitor is answered over LiveKit, on a page that allows nothing more, by a file ${what} the element’s`,
    async visit => {
      const {url} = rooms.server;
      const handler = createSessionHandler({
        engine: new LiveKitClient({engineUrl: url, apiKey: API_KEY, apiSecret: API_SECRET}),
        session: {agent: 'guide', metadata: JSON.stringify({profile: 'quiet-guide'})},
      });
      const visited = await visit({
        headers: {'Content-Security-Policy': policyFor(url)},
        files: {'/session': toNodeListener(handler)},
        html: `${scripts.join('')}<diarupt-interaction engine="livekit" session-url="/session"></diarupt-interaction>`,
      });
      await visited.converse();
      const {violations, uncaught} = await visited.seen();
      assert.deepEqual([violations, uncaught], [[], []]);
    },
  );
}
