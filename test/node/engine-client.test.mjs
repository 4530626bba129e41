import assert from 'node:assert/strict';
import {after, test} from 'node:test';
import {inspect} from 'node:util';
import {EngineClient, EngineError} from 'diarupt/server';
import {startEngine} from '../support/engine.mjs';
import {serve} from '../support/http-server.mjs';

const KEY = 'sk-0123456789abcdef';
const SESSION = {face: 'ada', profile: 'guide'};

process.env.ENGINE_API_KEY = KEY;
const engine = await startEngine();
const client = new EngineClient({apiKey: KEY, engineUrl: engine.url});
after(() => engine.process.kill());

/** What a call rejects with. */
async function failure(promise) {
  const error = await promise.then(
    () => assert.fail('It was not refused.'),
    reason => reason,
  );
  assert.ok(error instanceof EngineError, inspect(error));
  return error;
}

/** A client of an engine that answers what it is told to. */
async function clientOf(t, answer, options = {}) {
  const server = await serve(answer);
  t.after(server.close);
  return {server, client: new EngineClient({apiKey: KEY, engineUrl: server.url, ...options})};
}

const answering = (status, body, headers) => (request, response) => {
  response.writeHead(status, headers).end(body);
};

test('a session is created, read, listed and terminated', async () => {
  const options = {...SESSION, behavior: 'Be brief.', time_limit: 60, context: {page: 'home'}};
  const {session_id: id} = await client.createSession(options);
  const session = await client.getSession(id);
  assert.deepEqual(
    {...session, created_at: ''},
    {
      id,
      status: 'IDLE',
      options,
      history: [],
      created_at: '',
      duration: 0,
    },
  );
  assert.ok(Date.parse(session.created_at) <= Date.now());
  assert.deepEqual((await client.listSessions())[0], session);
  assert.equal((await client.terminateSession(id)).status, 'TERMINATED');
});

test('sessions are listed page by page, newest first', async () => {
  const created = [];
  for (let i = 0; i < 3; i += 1) created.unshift((await client.createSession(SESSION)).session_id);
  const page = async (limit, number) =>
    (await client.listSessions({limit, page: number})).map(({id}) => id);
  assert.deepEqual(await page(2, 1), created.slice(0, 2));
  assert.equal((await page(2, 2))[0], created[2]);
  assert.deepEqual(await page(100, 1000), []);
});

test('faces and profiles are listed with what the API tells of them', async () => {
  const faces = await client.listFaces();
  const profiles = await client.listProfiles();
  assert.ok(faces.length > 0 && profiles.length > 0);
  assert.deepEqual(Object.keys(faces[0]), ['id', 'name', 'image']);
  assert.deepEqual(Object.keys(profiles[0]), ['id', 'short_name', 'description']);
});

test('the engine says what is wrong with the options, and the error says that it does', async () => {
  const error = await failure(client.createSession({...SESSION, face: 'nobody'}));
  assert.equal(error.code, 'invalid-options');
  assert.equal(error.status, 422);
  assert.match(error.cause.message, /^face must be/);
});

test('a session that there is not is told apart from an address that there is not', async () => {
  for (const call of [client.getSession('none'), client.terminateSession('none')]) {
    const {code, status} = await failure(call);
    assert.deepEqual({code, status}, {code: 'session-not-found', status: 404});
  }
  const elsewhere = new EngineClient({apiKey: KEY, engineUrl: `${engine.url}/api`});
  assert.equal((await failure(elsewhere.listFaces())).code, 'bad-answer');
});

test('a key that is not accepted is told as that', async () => {
  const guessing = new EngineClient({apiKey: 'guess', engineUrl: engine.url});
  const {code, status} = await failure(guessing.listFaces());
  assert.deepEqual({code, status}, {code: 'unauthorized', status: 401});
});

for (const [status, code] of [
  [302, 'bad-answer'],
  [400, 'invalid-options'],
  [403, 'unauthorized'],
  [409, 'session-busy'],
  [410, 'session-ended'],
  [418, 'bad-answer'],
  [429, 'engine-busy'],
  [500, 'engine-error'],
  [502, 'engine-error'],
  [503, 'engine-busy'],
]) {
  test(`${status} is ${code}, whatever comes with it`, async t => {
    const {client} = await clientOf(t, answering(status, '<h1>No</h1>'));
    const error = await failure(client.listFaces());
    assert.equal(error.code, code);
    assert.equal(error.status, status);
    assert.equal(error.cause.message, `HTTP status ${status}`);
    assert.equal(error.retryAfterMs, undefined);
  });
}

test('how long the engine asks to wait is told in milliseconds', async t => {
  const {client} = await clientOf(t, answering(503, '', {'Retry-After': '7'}));
  assert.equal((await failure(client.createSession(SESSION))).retryAfterMs, 7000);
});

const ID = 'b9a7401b-0c12-47ac-94f4-a711aa6a6c95';
const GOOD = {
  id: ID,
  status: 'PAUSED',
  options: SESSION,
  history: [{role: 'user', content: 'Hello', timestamp: '2026-01-01T00:00:00.000Z'}],
  created_at: '2026-01-01T00:00:00.000Z',
  duration: 1.5,
};

for (const [what, body, where] of [
  ['a page', '<h1>Hello</h1>', /not JSON/],
  ['nothing', '', /not JSON/],
  ['null', null, /^The answer\.id is not/],
  ['a list', [GOOD], /^The answer is not an object/],
  ['no id', {...GOOD, id: undefined}, /answer\.id is not a session id/],
  ['a path for an id', {...GOOD, id: '../other'}, /answer\.id is not a session id/],
  ['a status that there is not', {...GOOD, status: 'BUSY'}, /answer\.status is not one of IDLE/],
  ['no options', {...GOOD, options: null}, /answer\.options is not an object/],
  ['a face in numbers', {...GOOD, options: {...SESSION, face: 1}}, /options\.face is not a string/],
  ['a context in numbers', {...GOOD, options: {...SESSION, context: 1}}, /options\.context is not/],
  ['a history that is none', {...GOOD, history: {}}, /answer\.history is not a list/],
  [
    'a line of nobody',
    {...GOOD, history: [{...GOOD.history[0], role: 'me'}]},
    /history\[0\]\.role/,
  ],
  ['a duration in words', {...GOOD, duration: '1'}, /answer\.duration is not a number/],
]) {
  test(`${what} is a bad answer`, async t => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const {client} = await clientOf(t, answering(200, text));
    const {code, cause} = await failure(client.getSession(ID));
    assert.equal(code, 'bad-answer');
    assert.match(cause.message, where);
  });
}

test('what the API does not tell of is left out, and what it may leave out may be null', async t => {
  const told = {...GOOD, secret: 1, options: {...SESSION, behavior: null, secret: 1}};
  const {client} = await clientOf(t, answering(200, JSON.stringify(told)));
  const session = await client.getSession(ID);
  assert.deepEqual(JSON.parse(JSON.stringify(session)), GOOD);
});

test('an answer that never ends is not read to its end', async t => {
  const endless = (request, response) => {
    const more = () => {
      while (response.write('a'.repeat(2 ** 16)));
      response.once('drain', more);
    };
    more();
  };
  const {client} = await clientOf(t, endless);
  assert.equal((await failure(client.listFaces())).code, 'bad-answer');
});

test('an answer that breaks off is as good as none', async t => {
  const {client} = await clientOf(t, (request, response) => {
    response.writeHead(200, {'Content-Length': '1000'});
    response.write('[', () => response.destroy());
  });
  const {code, cause} = await failure(client.listFaces());
  assert.equal(code, 'engine-unreachable');
  assert.ok(cause instanceof Error);
});

test('a connection that breaks before there is an answer is tried once more, not twice', async t => {
  let breaks = 1;
  const {server, client} = await clientOf(t, (request, response) => {
    if (breaks-- > 0) request.socket.resetAndDestroy();
    else response.end(JSON.stringify({session_id: ID}));
  });
  assert.deepEqual(await client.createSession(SESSION), {session_id: ID});
  assert.equal(server.requests.length, 2);
  breaks = 2;
  assert.equal((await failure(client.createSession(SESSION))).code, 'engine-unreachable');
  assert.equal(server.requests.length, 4);
});

test('an engine that is not there is told as that', async t => {
  const {server, client} = await clientOf(t, () => {});
  server.close();
  const {code, status, cause} = await failure(client.listFaces());
  assert.deepEqual({code, status}, {code: 'engine-unreachable', status: undefined});
  assert.ok(cause instanceof TypeError);
});

for (const [what, answer] of [
  ['answers nothing', () => {}],
  ['does not end its answer', (request, response) => void response.writeHead(200).write('[')],
]) {
  test(`an engine that ${what} is waited for no longer than said`, async t => {
    const {client} = await clientOf(t, answer, {timeoutMs: 50});
    assert.equal((await failure(client.listFaces())).code, 'connect-timeout');
  });
}

test('a call can be given up, before and while it is under way', async t => {
  const asked = new AbortController();
  const {server, client} = await clientOf(t, () => asked.abort(new Error('enough')));
  const {signal} = asked;
  await assert.rejects(client.createSession(SESSION, {signal}), {message: 'enough'});
  await assert.rejects(client.createSession(SESSION, {signal}), {message: 'enough'});
  assert.equal(server.requests.length, 1);
});

for (const status of [301, 302, 307, 308]) {
  test(`the key does not follow a redirect (${status})`, async t => {
    const {server: elsewhere} = await clientOf(t, answering(200, '[]'));
    const {client} = await clientOf(t, answering(status, '', {Location: elsewhere.url}));
    assert.equal((await failure(client.listFaces())).code, 'bad-answer');
    assert.equal(elsewhere.requests.length, 0);
  });
}

test('the key is in one header, and in nothing that is told', async t => {
  const {server, client} = await clientOf(
    t,
    answering(401, JSON.stringify({error: {message: `The key ${KEY} is revoked.`}})),
  );
  const error = await failure(client.createSession(SESSION));
  assert.equal(error.cause.message, 'The key … is revoked.');
  const {headers, url} = server.requests[0];
  assert.equal(headers['x-api-key'], KEY);
  assert.ok(!url.includes(KEY));
  for (const shown of [client, error]) {
    assert.ok(!inspect(shown, {showHidden: true, depth: 9}).includes(KEY));
    assert.ok(!JSON.stringify(shown).includes(KEY));
  }
  const quoting = await clientOf(t, answering(200, KEY));
  const misread = await failure(quoting.client.createSession(SESSION));
  assert.ok(!inspect(misread, {showHidden: true}).includes(KEY.slice(0, 6)));
});

for (const [what, options] of [
  ['no key', {}],
  ['an empty key', {apiKey: ''}],
  ['a key with a line break', {apiKey: `${KEY}\n`}],
  ['a key with what is no ASCII', {apiKey: `${KEY}…`}],
  ['an address that is not secure', {apiKey: KEY, engineUrl: 'http://engine.example'}],
  ['an address with a password', {apiKey: KEY, engineUrl: 'https://user:secret@engine.example'}],
  ['an address that is none', {apiKey: KEY, engineUrl: 'engine.example'}],
]) {
  test(`${what} is refused before anything is sent`, () => {
    assert.throws(
      () => new EngineClient(options),
      error => {
        assert.ok(error instanceof EngineError);
        assert.equal(error.code, 'invalid-options');
        assert.ok(!inspect(error).includes('sk-'));
        return true;
      },
    );
  });
}

for (const id of ['', '..', 'a/b', 'a?b', 'a\n', undefined]) {
  test(`${JSON.stringify(id)} is no session id, and nothing is sent`, async t => {
    const {server, client} = await clientOf(t, answering(200, '{}'));
    assert.equal((await failure(client.getSession(id))).code, 'invalid-options');
    assert.equal((await failure(client.terminateSession(id))).code, 'invalid-options');
    assert.equal(server.requests.length, 0);
  });
}
