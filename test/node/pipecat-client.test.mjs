import assert from 'node:assert/strict';
import {text} from 'node:stream/consumers';
import {test} from 'node:test';
import {inspect} from 'node:util';
import {createSessionHandler, EngineError, PipecatClient} from 'diarupt/server';
import {serve} from '../support/http-server.mjs';

const KEY = 'sk_0123456789abcdef';

/** A server of bots that answers every request so, and what it is asked for. */
async function serverThat(t, status, answer) {
  const asked = [];
  const {url, close} = await serve(async (request, response) => {
    const {method, headers} = request;
    const body = JSON.parse(await text(request));
    asked.push({method, path: request.url, authorization: headers.authorization, body});
    response.writeHead(status).end(JSON.stringify(answer));
  });
  t.after(close);
  return {url, asked};
}

test('a session is started, with what its bot is given', async t => {
  const iceConfig = {iceServers: [{urls: ['stun:stun.example.org']}]};
  const {url, asked} = await serverThat(t, 200, {sessionId: 'a1', iceConfig, more: true});
  const client = new PipecatClient({engineUrl: `${url}/v1/public/guide/`, apiKey: KEY});
  const session = await client.createSession({body: {page: 'home'}});
  assert.deepEqual(session, {session_id: 'a1', iceConfig});
  assert.deepEqual(asked, [
    {
      method: 'POST',
      path: '/v1/public/guide/start',
      authorization: `Bearer ${KEY}`,
      body: {transport: 'webrtc', body: {page: 'home'}},
    },
  ]);
});

test('a page is given one by a handler, without the key', async t => {
  const {url, asked} = await serverThat(t, 200, {sessionId: 'a1'});
  const engine = new PipecatClient({engineUrl: url});
  const handler = createSessionHandler({engine, session: {}});
  const origin = 'https://shop.example';
  const init = {method: 'POST', headers: {Origin: origin}};
  const response = await handler(new Request(`${origin}/session`, init));
  assert.equal(response.status, 201);
  assert.deepEqual(await response.json(), {session_id: 'a1'});
  assert.equal(asked[0].authorization, undefined);
});

for (const [status, answer, code] of [
  [200, {}, 'bad-answer'],
  [200, {sessionId: 'a1', iceConfig: 'none'}, 'bad-answer'],
  [401, {}, 'unauthorized'],
  [404, {detail: 'Not Found'}, 'bad-answer'],
  [422, {}, 'invalid-options'],
  [429, {}, 'engine-busy'],
  [500, {}, 'engine-error'],
]) {
  test(`${status} with ${JSON.stringify(answer)} is ${code}`, async t => {
    const {url} = await serverThat(t, status, answer);
    const client = new PipecatClient({engineUrl: url, apiKey: KEY});
    await assert.rejects(client.createSession(), error => {
      assert.ok(error instanceof EngineError);
      assert.equal(error.code, code);
      assert.ok(!inspect(error).includes(KEY));
      return true;
    });
  });
}

test('an address that is not secure, and a key that is none, are refused', () => {
  for (const options of [
    {engineUrl: 'http://bots.example'},
    {engineUrl: undefined},
    {engineUrl: 'https://bots.example', apiKey: 'a\nb'},
  ]) {
    assert.throws(() => new PipecatClient(options), {code: 'invalid-options'});
  }
});
