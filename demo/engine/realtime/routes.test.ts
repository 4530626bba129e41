import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startTestEngine, type TestEngine} from '../testing/engine.js';

let engine: TestEngine;
before(async () => (engine = await startTestEngine({apiKey: 'sk-secret'})));
after(() => engine.close());

const post = (path: string, key: string | null, body: string, type = 'application/json') =>
  fetch(`${engine.url}/v1/realtime/${path}`, {
    method: 'POST',
    headers: {'Content-Type': type, ...(key !== null && {Authorization: `Bearer ${key}`})},
    body,
  });

async function secret(seconds: number): Promise<string> {
  const body = JSON.stringify({session: {model: 'any'}, expires_after: {seconds}});
  const response = await post('client_secrets', 'sk-secret', body);
  assert.equal(response.status, 200);
  return ((await response.json()) as {value: string}).value;
}

for (const key of [null, 'sk-another']) {
  test(`a client secret is not made for the key ${key}`, async () => {
    const response = await post('client_secrets', key, '{}');
    assert.equal(response.status, 401);
    const {error} = (await response.json()) as {error: object};
    assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type']);
  });
}

test('a call is refused with no client secret, another’s key, or one that has run out', async () => {
  for (const token of [null, 'ek_of_nobody', 'sk-secret', await secret(-1)]) {
    const {status} = await post('calls', token, 'v=0', 'application/sdp');
    assert.equal(status, 401, `${token}`);
  }
});

test('a call is refused where the offer is none', async () => {
  const token = await secret(60);
  assert.equal((await post('calls', token, '{}')).status, 415);
  for (const offer of ['', 'hello', 'v=0\r\n', 'v=0\r\nm=audio 9 x 0\r\n']) {
    assert.equal((await post('calls', token, offer, 'application/sdp')).status, 400, offer);
  }
});
