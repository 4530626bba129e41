import assert from 'node:assert/strict';
import {once} from 'node:events';
import {request as httpRequest} from 'node:http';
import {connect as connectHttp2, createServer as createHttp2Server} from 'node:http2';
import {connect} from 'node:net';
import {after, test} from 'node:test';
import {createSessionHandler, EngineClient, EngineError, toNodeListener} from 'diarupt/server';
import {startEngine} from '../support/engine.mjs';
import {serve} from '../support/http-server.mjs';

const KEY = 'sk-0123456789abcdef';
const SESSION = {face: 'ada', profile: 'guide', time_limit: 60};
const SHOP = 'https://shop.example';

process.env.ENGINE_API_KEY = KEY;
const engine = await startEngine();
after(() => engine.process.kill());
const client = new EngineClient({apiKey: KEY, engineUrl: engine.url});

/** An embedder's server with a handler of those options; what it was told has failed. */
async function serverOf(t, options = {}) {
  const errors = [];
  const onError = error => errors.push(error);
  const defaults = {apiKey: KEY, engineUrl: engine.url, session: SESSION, onError};
  const server = await serve(toNodeListener(createSessionHandler({...defaults, ...options})));
  t.after(server.close);
  const ask = (headers = {}, method = 'POST') =>
    fetch(server.url, {method, headers: {Origin: server.url, ...headers}});
  return {...server, errors, ask};
}

/** The address of an engine that answers every request so. */
async function engineThat(t, answer) {
  const {url, close} = await serve(answer);
  t.after(close);
  return url;
}

async function codeOf(response) {
  const {error} = await response.json();
  assert.deepEqual(Object.keys(error), ['code', 'message']);
  return error.code;
}

test('a page of the same origin is given a session, as the server wants it', async t => {
  const {ask, errors} = await serverOf(t);
  const response = await ask();
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('Content-Type'), 'application/json');
  assert.equal(response.headers.get('Cache-Control'), 'no-store');
  assert.equal(response.headers.get('Vary'), 'Origin');
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
  const body = await response.json();
  assert.deepEqual(Object.keys(body), ['session_id']);
  const {options} = await client.getSession(body.session_id);
  assert.deepEqual(JSON.parse(JSON.stringify(options)), SESSION);
  assert.deepEqual(errors, []);
});

test('each visitor is given a session of their own', async t => {
  const {ask} = await serverOf(t);
  const ids = await Promise.all([1, 2, 3].map(async () => (await (await ask()).json()).session_id));
  assert.equal(new Set(ids).size, 3);
});

test('the session may depend on who asks', async t => {
  const session = async request => {
    const {searchParams} = new URL(request.url);
    const [, name] = /name=(\w+)/.exec(request.headers.get('Cookie')) ?? [];
    return {...SESSION, profile: searchParams.get('profile'), context: {name}};
  };
  const {url} = await serverOf(t, {session});
  const response = await fetch(`${url}/session?profile=quiet-guide`, {
    method: 'POST',
    headers: {Origin: url, Cookie: 'name=Ada'},
  });
  const {options} = await client.getSession((await response.json()).session_id);
  assert.equal(options.profile, 'quiet-guide');
  assert.deepEqual(options.context, {name: 'Ada'});
});

test('who may not have a session is answered what the server says', async t => {
  const refusal = () => Response.json({login: '/login'}, {status: 401, headers: {'X-Shop': 'yes'}});
  const {ask, errors} = await serverOf(t, {session: refusal, origins: [SHOP]});
  const response = await ask({Origin: SHOP});
  assert.equal(response.status, 401);
  assert.deepEqual(await response.json(), {login: '/login'});
  assert.equal(response.headers.get('X-Shop'), 'yes');
  assert.equal(response.headers.get('Cache-Control'), 'no-store');
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), SHOP);
  assert.deepEqual(errors, []);
});

for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
  test(`${method} is not how to ask`, async t => {
    const {ask} = await serverOf(t);
    const response = await ask({}, method);
    assert.equal(response.status, 405);
    assert.equal(response.headers.get('Allow'), 'OPTIONS, POST');
    if (method !== 'HEAD') assert.equal(await codeOf(response), 'method-not-allowed');
  });
}

for (const [who, headers] of [
  ['another site', {Origin: SHOP}],
  ['another port', {Origin: 'http://127.0.0.1:1'}],
  ['a sandboxed frame', {Origin: 'null'}],
  ['another site, as the browser knows', {'Sec-Fetch-Site': 'cross-site'}],
  ['another subdomain, as the browser knows', {'Sec-Fetch-Site': 'same-site'}],
]) {
  test(`a page of ${who} is refused`, async t => {
    const {ask} = await serverOf(t, {origins: ['https://other.example']});
    for (const method of ['POST', 'OPTIONS']) {
      const response = await ask(headers, method);
      assert.equal(response.status, 403);
      assert.equal(await codeOf(response), 'unauthorized');
      assert.equal(response.headers.get('Access-Control-Allow-Origin'), null);
    }
  });
}

test('behind a proxy with an address of its own, the browser knows best', async t => {
  const {ask} = await serverOf(t);
  assert.equal((await ask({Origin: SHOP, 'Sec-Fetch-Site': 'same-origin'})).status, 201);
});

test('who names no origin is refused, unless that is allowed', async t => {
  const strict = await serverOf(t);
  assert.equal((await fetch(strict.url, {method: 'POST'})).status, 403);
  const open = await serverOf(t, {requireOrigin: false});
  assert.equal((await fetch(open.url, {method: 'POST'})).status, 201);
  assert.equal((await open.ask({Origin: SHOP})).status, 403);
});

test('a page of an origin that is named may ask, and read the answer', async t => {
  const {ask} = await serverOf(t, {origins: ['https://other.example', SHOP]});
  const preflight = await ask({Origin: SHOP, 'Access-Control-Request-Method': 'POST'}, 'OPTIONS');
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), SHOP);
  assert.equal(preflight.headers.get('Access-Control-Allow-Methods'), 'POST');
  assert.equal(preflight.headers.get('Access-Control-Allow-Headers'), 'Content-Type');
  assert.ok(Number(preflight.headers.get('Access-Control-Max-Age')) > 0);
  const response = await ask({Origin: SHOP, 'Sec-Fetch-Site': 'cross-site'});
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), SHOP);
  assert.equal(response.headers.get('Access-Control-Allow-Credentials'), null);
  assert.equal(response.headers.get('Access-Control-Expose-Headers'), 'Retry-After');
  assert.equal(response.headers.get('Vary'), 'Origin');
});

test('too many are asked to wait, and those of other sites do not count', async t => {
  const {ask} = await serverOf(t, {perMinute: 2, origins: [SHOP]});
  for (let i = 0; i < 5; i += 1)
    assert.equal((await ask({Origin: 'https://x.example'})).status, 403);
  assert.equal((await ask()).status, 201);
  assert.equal((await ask({Origin: SHOP})).status, 201);
  const response = await ask({Origin: SHOP});
  assert.equal(response.status, 429);
  assert.equal(await codeOf(response), 'engine-busy');
  const seconds = Number(response.headers.get('Retry-After'));
  assert.ok(seconds > 0 && seconds <= 30, `${seconds}`);
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), SHOP);
});

test('a header tells clients apart, if the server says which', async t => {
  const {ask} = await serverOf(t, {perMinute: 1, client: 'X-Real-IP'});
  assert.equal((await ask({'X-Real-IP': '192.0.2.1'})).status, 201);
  assert.equal((await ask({'X-Real-IP': '192.0.2.1'})).status, 429);
  assert.equal((await ask({'X-Real-IP': '192.0.2.2'})).status, 201);
  const all = await serverOf(t, {perMinute: 1});
  assert.equal((await all.ask({'X-Real-IP': '192.0.2.1'})).status, 201);
  assert.equal((await all.ask({'X-Real-IP': '192.0.2.2'})).status, 429);
});

test('of a list of addresses, what a client puts before its own does not help it', async t => {
  const {ask} = await serverOf(t, {perMinute: 1, client: 'X-Forwarded-For'});
  assert.equal((await ask({'X-Forwarded-For': '192.0.2.1'})).status, 201);
  assert.equal((await ask({'X-Forwarded-For': '192.0.2.77, 192.0.2.1'})).status, 429);
  assert.equal((await ask({'X-Forwarded-For': '192.0.2.1, 192.0.2.2'})).status, 201);
});

test('a function may tell clients apart, by what the platform knows', async t => {
  const seen = [];
  const clientOf = (request, message) => {
    seen.push(message.socket.remoteAddress);
    return message.headers['x-name'];
  };
  const {ask} = await serverOf(t, {perMinute: 1, client: clientOf});
  assert.equal((await ask({'X-Name': 'a'})).status, 201);
  assert.equal((await ask({'X-Name': 'a'})).status, 429);
  assert.equal((await ask({'X-Name': 'b'})).status, 201);
  assert.deepEqual(seen, Array(3).fill('127.0.0.1'));
});

for (const [what, status, code, answer] of [
  [
    'refuses the key',
    502,
    'engine-error',
    (request, response) => response.writeHead(401).end(`{"error":{"message":"${KEY} is old"}}`),
  ],
  ['fails', 502, 'engine-error', (request, response) => response.writeHead(500).end(KEY)],
  ['answers nonsense', 502, 'engine-error', (request, response) => response.end(`<p>${KEY}`)],
  ['breaks off', 502, 'engine-error', (request, response) => response.destroy()],
  ['is busy', 503, 'engine-busy', (request, response) => response.writeHead(429).end(KEY)],
]) {
  test(`an engine that ${what} is told to the server, not to the page`, async t => {
    const engineUrl = await engineThat(t, answer);
    const {ask, errors} = await serverOf(t, {engineUrl});
    const response = await ask();
    assert.equal(response.status, status);
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
    const text = await response.text();
    assert.equal(JSON.parse(text).error.code, code);
    assert.ok(!text.includes(KEY) && !text.includes('key'));
    assert.equal(errors.length, 1);
    assert.ok(errors[0] instanceof EngineError);
  });
}

for (const [asked, told] of [
  ['7', '7'],
  ['99999999999999999999', '3600'],
  ['soon', null],
]) {
  test(`an engine that asks to wait for “${asked}” has the page wait for ${told}`, async t => {
    const engineUrl = await engineThat(t, (request, response) => {
      response.writeHead(503, {'Retry-After': asked}).end();
    });
    const {ask} = await serverOf(t, {engineUrl});
    const response = await ask();
    assert.equal(response.status, 503);
    assert.equal(response.headers.get('Retry-After'), told);
  });
}

for (const [what, session] of [
  ['throws', () => assert.fail('secret')],
  ['rejects', () => Promise.reject(new Error('secret'))],
  ['names no session', () => undefined],
]) {
  test(`a function that ${what} is told to the server, not to the page`, async t => {
    const {ask, errors} = await serverOf(t, {session});
    const response = await ask();
    assert.ok(response.status >= 500);
    assert.ok(!(await response.text()).includes('secret'));
    assert.equal(errors.length, 1);
  });
}

test('an engine is not asked on for a visitor who has gone', async t => {
  let reach;
  const reached = new Promise(resolve => (reach = resolve));
  const engineUrl = await engineThat(t, reach);
  const {url} = await serverOf(t, {engineUrl, timeoutMs: 2 ** 30});
  const visitor = httpRequest(url, {method: 'POST', headers: {Origin: url}}).end();
  visitor.on('error', () => {});
  const {socket} = await reached;
  const givenUp = once(socket, 'close');
  visitor.destroy();
  await givenUp;
});

test('HTTP/2 is as good', async t => {
  const handler = createSessionHandler({apiKey: KEY, engineUrl: engine.url, session: SESSION});
  const server = createHttp2Server(toNodeListener(handler)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  const session = connectHttp2(origin);
  t.after(() => (session.close(), server.close()));
  const stream = session.request({':method': 'POST', ':path': '/session', origin}).end();
  const [{':status': status}] = await once(stream, 'response');
  let body = '';
  for await (const chunk of stream.setEncoding('utf8')) body += chunk;
  assert.equal(status, 201, body);
  assert.deepEqual(Object.keys(JSON.parse(body)), ['session_id']);
});

test('what is no request is answered as that', async t => {
  const {url, errors} = await serverOf(t);
  for (const head of [
    'POST / HTTP/1.1\r\nHost: a b',
    'POST * HTTP/1.1\r\nHost: a',
    'TRACE / HTTP/1.1\r\nHost: a',
  ]) {
    const socket = connect(new URL(url).port, '127.0.0.1');
    socket.end(`${head}\r\nConnection: close\r\n\r\n`);
    const [reply] = await once(socket.setEncoding('latin1'), 'data');
    assert.match(reply, /^HTTP\/1\.1 400 /, head);
  }
  assert.deepEqual(errors, []);
});

test('an address that begins with a host of its own is still of this origin', async t => {
  const {url} = await serverOf(t);
  for (const target of ['//evil.example/session', 'http://evil.example/session']) {
    const {hostname, port} = new URL(url);
    const headers = {Origin: 'http://evil.example'};
    const request = httpRequest({hostname, port, path: target, method: 'POST', headers}).end();
    const [{statusCode}] = await once(request, 'response');
    assert.ok(statusCode === 403 || statusCode === 400, `${target}: ${statusCode}`);
  }
});

for (const [what, options] of [
  ['an origin with a path', {origins: ['https://shop.example/']}],
  ['an origin without a scheme', {origins: ['shop.example']}],
  ['every origin', {origins: ['*']}],
  ['the origin of nobody', {origins: ['null']}],
  ['no session a minute', {perMinute: 0}],
  ['a limit that is none', {perMinute: NaN}],
  ['no key', {apiKey: undefined}],
]) {
  test(`${what} is refused when the handler is made`, () => {
    assert.throws(
      () => createSessionHandler({apiKey: KEY, session: SESSION, ...options}),
      ({code}) => code === 'invalid-options',
    );
  });
}
