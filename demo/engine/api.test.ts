import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {SESSION, startTestEngine, type TestEngine} from './testing/engine.js';

let engine: TestEngine;
before(async () => (engine = await startTestEngine({apiKey: 'secret'})));
after(() => engine.close());

const REFUSED_SESSIONS: readonly [string, unknown, number][] = [
  ['no face', {...SESSION, face: undefined}, 422],
  ['an unknown face', {...SESSION, face: 'nobody'}, 422],
  ['a face that is a number', {...SESSION, face: 1}, 422],
  ['an unknown profile', {...SESSION, profile: 'nobody'}, 422],
  ['a behavior that is a list', {...SESSION, behavior: []}, 422],
  ['a time limit of zero', {...SESSION, time_limit: 0}, 422],
  ['a time limit in words', {...SESSION, time_limit: '60'}, 422],
  ['a context that is a number', {...SESSION, context: 1}, 422],
  ['a list', [], 422],
  ['null', null, 422],
];

for (const [name, body, status] of REFUSED_SESSIONS) {
  test(`refuses to create a session with ${name}`, async () => {
    const response = await engine.call('POST', '/create-session', body);
    assert.equal(response.status, status);
    assert.equal(await code(response), 'invalid-request');
  });
}

const REFUSED_REQUESTS: readonly [string, string, number, string][] = [
  ['GET', '/session/none', 404, 'session-not-found'],
  ['POST', '/terminate-session/none', 404, 'session-not-found'],
  ['GET', '/sessions?limit=0', 422, 'invalid-request'],
  ['GET', '/sessions?limit=101', 422, 'invalid-request'],
  ['GET', '/sessions?page=-1', 422, 'invalid-request'],
  ['GET', '/sessions?page=one', 422, 'invalid-request'],
  ['GET', '/nowhere', 404, 'not-found'],
  ['DELETE', '/create-session', 405, 'method-not-allowed'],
];

for (const [method, path, status, expected] of REFUSED_REQUESTS) {
  test(`answers ${method} ${path} with ${status}`, async () => {
    const response = await engine.call(method, path);
    assert.equal(response.status, status);
    assert.equal(await code(response), expected);
  });
}

for (const [method, path] of [
  ['POST', '/create-session'],
  ['POST', '/terminate-session/some'],
  ['GET', '/session/some'],
  ['GET', '/sessions'],
  ['GET', '/faces'],
  ['GET', '/profiles'],
] as const) {
  test(`${method} ${path} needs the API key`, async () => {
    const without = await fetch(engine.url + path, {method});
    assert.equal(without.status, 401);
    assert.equal(await code(without), 'unauthorized');
    const wrong = await fetch(engine.url + path, {method, headers: {'X-API-KEY': 'guess'}});
    assert.equal(wrong.status, 401);
  });
}

test('a body that is not JSON is a bad request, and one that is too large is not read', async () => {
  const post = (body: string) =>
    fetch(`${engine.url}/create-session`, {method: 'POST', headers: {'X-API-KEY': 'secret'}, body});
  assert.equal((await post('{')).status, 400);
  assert.equal((await post('a'.repeat(300_000))).status, 413);
});

test('a session is told as it was created, and listed first', async () => {
  const options = {...SESSION, behavior: 'Be brief.', time_limit: 60, context: {page: 'home'}};
  const id = await engine.createSession(options);
  const session = await engine.session(id);
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(session, {
    id,
    status: 'IDLE',
    options,
    history: [],
    created_at: session['created_at'],
    duration: 0,
  });
  assert.ok(Date.parse(String(session['created_at'])) <= Date.now());
  assert.deepEqual(await (await engine.call('GET', '/sessions?limit=1')).json(), [session]);
});

test('pages of sessions do not overlap', async () => {
  const newest = await engine.createSession();
  await engine.createSession();
  const page = await engine.call('GET', '/sessions?limit=1&page=2');
  assert.deepEqual(await page.json(), [await engine.session(newest)]);
});

test('terminating a session twice is the same as once', async () => {
  const id = await engine.createSession();
  for (let i = 0; i < 2; i += 1) {
    const response = await engine.call('POST', `/terminate-session/${id}`);
    assert.equal(response.status, 200);
    assert.equal((await engine.session(id))['status'], 'TERMINATED');
  }
});

test('faces and profiles are told', async () => {
  for (const [path, keys] of [
    ['/faces', ['id', 'image', 'name']],
    ['/profiles', ['description', 'id', 'short_name']],
  ] as const) {
    const list: unknown = await (await engine.call('GET', path)).json();
    assert.ok(Array.isArray(list) && list.length > 0);
    assert.deepEqual(Object.keys(Object(list[0])).sort(), keys);
  }
});

test('any page may call the engine, and read what it answers', async () => {
  const preflight = await fetch(`${engine.url}/session/some/connection/other`, {
    method: 'OPTIONS',
    headers: {Origin: 'https://example.com', 'Access-Control-Request-Method': 'PATCH'},
  });
  assert.equal(preflight.status, 204);
  const {headers} = preflight;
  assert.equal(headers.get('Access-Control-Allow-Origin'), '*');
  assert.match(headers.get('Access-Control-Allow-Methods') ?? '', /PATCH, DELETE/);
  assert.equal(
    headers.get('Access-Control-Allow-Headers'),
    'Authorization, Content-Type, If-Match, X-API-KEY, X-OpenAI-Agents-SDK',
  );
  assert.ok(Number(headers.get('Access-Control-Max-Age')) > 0);
  assert.equal(headers.get('Access-Control-Expose-Headers'), 'Location, ETag, Link, Retry-After');
  assert.equal(headers.get('Allow'), 'PATCH, DELETE, OPTIONS');
});

test('an embedder that has the key gets a session for its page without one', async () => {
  const response = await fetch(`${engine.url}/demo/session`, {method: 'POST'});
  assert.equal(response.status, 201);
  const {session_id: id} = Object(await response.json());
  assert.equal((await engine.session(id))['status'], 'IDLE');
  const unknown = await fetch(`${engine.url}/demo/session`, {
    method: 'POST',
    body: '{"profile": "nobody"}',
  });
  assert.equal(unknown.status, 422);
});

test('files outside the site are not served', async () => {
  for (const path of [
    '/demo/../package.json',
    '/demo/%2e%2e/package.json',
    '/demo/..%2fpackage.json',
    '/demo/%00',
    '/demo/%ff',
    '/dist//etc/passwd',
    '/docs/none.md',
    '/demo/engine',
    '//',
  ]) {
    const response = await fetch(engine.url + path);
    assert.ok([400, 404].includes(response.status), `${path}: ${response.status}`);
  }
});

async function code(response: Response): Promise<unknown> {
  return Object(await response.json()).error.code;
}
