/** What `docs/writing-an-engine.md` has its readers save is an engine that the element talks with. */
import assert from 'node:assert/strict';
import {symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {inEachBrowser} from '../support/pages.mjs';
import {run} from '../support/runtimes.mjs';
import {makeFolder} from '../support/snippet-types.mjs';
import {snippetsOf} from '../support/snippets.mjs';

const snippets = snippetsOf('docs/writing-an-engine.md');
const pieces = snippets.filter(snippet => snippet.for === 'engine');
const {code: tag} = snippets.find(({language}) => language === 'html');

const folder = makeFolder();
const file = join(folder, 'engine.mjs');
const dependencies = fileURLToPath(new URL('../../node_modules/@roamhq', import.meta.url));
symlinkSync(dependencies, join(folder, 'node_modules', '@roamhq'));
writeFileSync(file, pieces.map(({code}) => code).join('\n'));
const {url, stop} = await run('node', file, {});
after(stop);

/** What the element connects with is remembered, to be asked what it has received. */
const WATCH = `<script>
  globalThis.peers = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) {
      super(...options);
      peers.push(this);
    }
  };
</script>`;
const html = WATCH + tag.replace('…/', '/dist/').replace('http://localhost:8787', url);
assert.ok(html.includes(url));

const CONTENT = {'Content-Type': 'application/sdp'};

test('the engine of the guide refuses as the protocol says, and lives on', async () => {
  const ask = async (method, path, body) => {
    const init = {method, headers: body ? CONTENT : {}, ...(body && {body})};
    const response = await fetch(`${url}${path}`, init);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), '*');
    const text = await response.text();
    return [response.status, text && JSON.parse(text).error.code];
  };
  const place = '/session/a/connection';
  assert.deepEqual(await ask('OPTIONS', place), [204, '']);
  assert.deepEqual(await ask('POST', place, 'no offer'), [400, 'invalid-request']);
  assert.deepEqual(await ask('PATCH', `${place}/b`, 'a=mid:0'), [405, 'method-not-allowed']);
  assert.deepEqual(await ask('GET', place), [405, 'method-not-allowed']);
  assert.deepEqual(await ask('DELETE', `${place}/b`), [200, '']);
  assert.deepEqual(await ask('GET', '/'), [404, 'session-not-found']);
});

inEachBrowser(
  'with the engine of the guide a visitor talks, is cut off, and goes on',
  async (visit, {browserName}) => {
    const visited = await visit({html: html.replace('…', browserName)});
    await visited.page.evaluate(listen);
    const connected = visited.page.waitForResponse(response => response.status() === 201);
    await visited.open();
    await visited.page.evaluate(() => until(said('assistant', /^Hello/)));
    await visited.page.evaluate(hear);

    const typed = await visited.page.evaluate(async () => {
      interaction.sendText(' Is anybody there? ');
      await until(said('assistant', /^You say/));
      return interaction.transcript.map(({role, content, complete}) => [role, content, complete]);
    });
    assert.deepEqual(typed.slice(1), [
      ['user', 'Is anybody there?', true],
      ['assistant', 'You say: Is anybody there?', true],
    ]);

    // In use, until goodbye is said, by whomever. Who comes back is not greeted again.
    const place = `${url}/session/${browserName}/connection`;
    const refused = await fetch(place, {method: 'POST', headers: CONTENT, body: 'no offer'});
    assert.deepEqual([refused.status, refused.headers.get('Retry-After')], [409, '3']);
    const {location} = (await connected).headers();
    await fetch(new URL(location, url), {method: 'DELETE'});
    await visited.page.waitForFunction(() => interaction.status === 'closed', {polling: 50});
    const again = await visited.page.evaluate(async () => {
      await interaction.connect();
      interaction.sendText('Still?');
      await until(said('assistant', /Still\?$/));
      await interaction.disconnect();
      return interaction.transcript.map(({content}) => content);
    });
    assert.deepEqual(again.slice(3), ['Still?', 'You say: Still?']);
    assert.deepEqual((await visited.seen()).uncaught, []);
  },
);

/** In the page: what the tests of it ask. */
async function listen() {
  await customElements.whenDefined('diarupt-interaction');
  globalThis.interaction = document.querySelector('diarupt-interaction');
  globalThis.said = (role, pattern) => () =>
    interaction.transcript.some(line => line.role === role && pattern.test(line.content));
  globalThis.until = holds =>
    new Promise((resolve, reject) => {
      const look = () => holds() && resolve();
      interaction.addEventListener('transcript', look);
      interaction.addEventListener('error', ({detail}) => reject(detail));
      look();
    });
}

/** In the page: settles when the voice of the engine is heard, whether or not there is a loudspeaker. */
async function hear() {
  const isHeard = ({type, totalAudioEnergy}) => type === 'inbound-rtp' && totalAudioEnergy > 1e-4;
  while (![...(await peers.at(-1).getStats()).values()].some(isHeard)) {
    await new Promise(requestAnimationFrame);
  }
}
