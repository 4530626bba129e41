import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {createSessionHandler, EngineError, OpenAIClient, toNodeListener} from 'diarupt/server';
import {startEngine} from '../support/engine.mjs';
import {serve} from '../support/http-server.mjs';

const KEY = 'sk-0123456789abcdef';
const SESSION = {model: 'gpt-realtime', instructions: 'Be brief.'};

process.env.ENGINE_API_KEY = KEY;
const engine = await startEngine();
after(() => engine.process.kill());
const options = {apiKey: KEY, engineUrl: engine.url};
const create = async (more = {}, call = {}) =>
  new OpenAIClient({...options, ...more}).createSession(SESSION, call);

/** What a server of that answer is asked, and what comes of it. */
async function askedOf(t, status, body, more = {}) {
  const asked = [];
  const {url, close} = await serve(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    asked.push([request.method, request.url, request.headers.authorization, JSON.parse(text)]);
    response.writeHead(status, {'Content-Type': 'application/json', 'Retry-After': '2'});
    response.end(JSON.stringify(body));
  });
  t.after(close);
  const result = await create({engineUrl: `${url}/proxy/`, ...more}).catch(error => error);
  return {asked, result};
}

test('a token is made for one visitor, for some minutes', async () => {
  const {token, expiresAt} = await create({expiresAfterSeconds: 60});
  assert.match(token, /^ek_/);
  const left = Date.parse(expiresAt) - Date.now();
  assert.ok(left > 50_000 && left <= 60_000, expiresAt);
});

test('the session is asked for as it is given, with the key, at the address there is', async t => {
  const answer = {value: 'ek_1', expires_at: 1_800_000_000, session: {}};
  const {asked, result} = await askedOf(t, 200, answer, {expiresAfterSeconds: 30});
  assert.deepEqual(result, {token: 'ek_1', expiresAt: '2027-01-15T08:00:00.000Z'});
  assert.deepEqual(asked, [
    [
      'POST',
      '/proxy/v1/realtime/client_secrets',
      `Bearer ${KEY}`,
      {
        session: {type: 'realtime', ...SESSION},
        expires_after: {seconds: 30},
      },
    ],
  ]);
});

for (const [status, code] of [
  [400, 'invalid-options'],
  [401, 'unauthorized'],
  [403, 'unauthorized'],
  [404, 'bad-answer'],
  [429, 'engine-busy'],
  [500, 'engine-error'],
  [503, 'engine-busy'],
]) {
  test(`a refusal with ${status} is ${code}, and has no key in it`, async t => {
    const {result} = await askedOf(t, status, {error: {message: `Not with ${KEY}`, code: 'x'}});
    assert.ok(result instanceof EngineError);
    assert.deepEqual([result.code, result.status], [code, status]);
    assert.equal(result.cause.message, 'Not with …');
    assert.equal(result.retryAfterMs, 2000);
  });
}

for (const [what, body] of [
  ['no value', {expires_at: 1}],
  ['no time', {value: 'ek_1'}],
  ['nothing', {}],
]) {
  test(`an answer with ${what} is none`, async t => {
    const {result} = await askedOf(t, 200, body);
    assert.equal(result.code, 'bad-answer');
  });
}

for (const [what, more] of [
  ['no key', {apiKey: undefined}],
  ['a key with a line break', {apiKey: `${KEY}\n`}],
  ['an address that is not secure', {engineUrl: 'http://example.com'}],
]) {
  test(`${what} is refused, before anything is sent`, async () => {
    const failed = await create(more).catch(error => error);
    assert.equal(failed.code, 'invalid-options');
  });
}

test('it is given up by its signal', async () => {
  const reason = new Error('enough');
  await assert.rejects(create({}, {signal: AbortSignal.abort(reason)}), reason);
});

test('a page of one’s own is given a token by a handler, and another is not', async t => {
  const errors = [];
  const {url, close} = await serve(
    toNodeListener(
      createSessionHandler({
        engine: new OpenAIClient(options),
        session: ({headers}) =>
          headers.has('Cookie') ? SESSION : new Response(null, {status: 401}),
        onError: error => errors.push(error),
      }),
    ),
  );
  t.after(close);
  const ask = headers => fetch(url, {method: 'POST', headers: {Origin: url, ...headers}});
  const granted = await ask({Cookie: 'name=Ada'});
  assert.equal(granted.status, 201);
  const body = await granted.json();
  assert.deepEqual(Object.keys(body), ['token', 'expiresAt']);
  assert.equal((await ask({})).status, 401);
  assert.equal((await ask({Cookie: 'x', Origin: 'https://shop.example'})).status, 403);
  assert.deepEqual(errors, []);
});
