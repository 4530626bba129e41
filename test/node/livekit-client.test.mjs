import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import {createSessionHandler} from 'diarupt/server';
import {LiveKitClient} from 'diarupt/server/livekit';
import {TokenVerifier} from 'livekit-server-sdk';

const KEY = 'devkey';
const SECRET = 'the-secret-of-a-server-for-tests-alone';
const options = {engineUrl: 'wss://rooms.example', apiKey: KEY, apiSecret: SECRET};

/** What the token that a page is given says, if it is signed with the secret. */
const read = token => new TokenVerifier(KEY, SECRET).verify(token);

test('a token lets one visitor into a room of their own, to which the agent comes', async () => {
  const client = new LiveKitClient(options);
  const {token, url, ...rest} = await client.createSession({agent: 'guide', metadata: 'home'});
  assert.deepEqual([url, rest], [options.engineUrl, {}]);
  const {sub, video, roomConfig, exp, nbf} = await read(token);
  assert.match(sub, /^visitor-[\w-]{36}$/);
  assert.deepEqual(video, {room: sub, roomJoin: true});
  assert.deepEqual(roomConfig, {agents: [{agentName: 'guide', metadata: 'home'}]});
  assert.equal(exp - nbf, 600);
  const other = await read((await client.createSession({agent: 'guide'})).token);
  assert.notEqual(other.sub, sub);
});

test('the room, the visitor and the time may be told', async () => {
  const client = new LiveKitClient({...options, expiresAfterSeconds: 60});
  const session = {agent: 'guide', room: 'lobby', identity: 'ada'};
  const {sub, video, exp, nbf} = await read((await client.createSession(session)).token);
  assert.deepEqual([sub, video.room, exp - nbf], ['ada', 'lobby', 60]);
});

test('a page is given one by a handler, without the secret', async () => {
  const handler = createSessionHandler({
    engine: new LiveKitClient(options),
    session: request => ({agent: 'guide', metadata: request.headers.get('Accept-Language')}),
  });
  const origin = 'https://shop.example';
  const headers = {Origin: origin, 'Accept-Language': 'de'};
  const response = await handler(new Request(`${origin}/session`, {method: 'POST', headers}));
  assert.equal(response.status, 201);
  const {token, ...rest} = await response.json();
  assert.deepEqual(rest, {url: options.engineUrl});
  assert.equal((await read(token)).roomConfig.agents[0].metadata, 'de');
});

for (const [what, more] of [
  ['no key', {apiKey: undefined}],
  ['no secret', {apiSecret: ''}],
  ['a secret with a line break', {apiSecret: `${SECRET}\n`}],
  ['an address that is not secure', {engineUrl: 'ws://rooms.example'}],
  ['no address', {engineUrl: undefined}],
]) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => new LiveKitClient({...options, ...more}),
      error => error.code === 'invalid-options' && !inspect(error).includes(SECRET),
    );
  });
}
