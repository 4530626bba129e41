import assert from 'node:assert/strict';
import {createSessionHandler, OpenAIClient, toNodeListener} from 'diarupt/server';
import {inEachBrowser} from '../support/pages.mjs';

const ELEMENT =
  '<diarupt-interaction engine="openai" engine-url="{engine}" session-url="/session"></diarupt-interaction>';

for (const [what, files] of [
  ['before', ['openai', 'interaction']],
  ['after', ['interaction', 'openai']],
]) {
  const scripts = files.map(name => `<script src="/dist/diarupt-${name}.js"></script>`);
  inEachBrowser(
    `a visitor is answered over OpenAI Realtime, by a file ${what} the element’s`,
    async (visit, {engineUrl}) => {
      const handler = createSessionHandler({
        engine: new OpenAIClient({apiKey: 'sk-test', engineUrl}),
        session: {model: 'gpt-realtime'},
      });
      const visited = await visit({
        files: {'/session': toNodeListener(handler)},
        html: scripts.join('') + ELEMENT,
      });
      await visited.converse();
      const {violations, uncaught} = await visited.seen();
      assert.deepEqual([violations, uncaught], [[], []]);
    },
  );
}
