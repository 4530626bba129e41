import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {test} from 'node:test';
import {createLocalSpeech} from './speech/local.js';
import {createOpenAISpeech} from './speech/openai.js';
import {TOPICS} from './speech/questions.js';
import {SAMPLE_RATE, type Speech} from './speech/types.js';
import {encodeWav} from './speech/wav.js';
import type {Client} from './testing/client.js';
import {startTestEngine} from './testing/engine.js';
import {tone} from './testing/tone-speech.js';

test('the guide answers a question that is typed as one that is spoken, and owns up to the rest', async () => {
  await talk(createLocalSpeech(), async client => {
    client.send('user-text', {text: 'whats HANDS-ON mode'});
    assert.equal(await client.line('user'), 'whats HANDS-ON mode');
    const topic = TOPICS.find(({wordings}) => wordings.includes('What is hands-on mode?'));
    assert.equal(await client.line('assistant'), topic?.answer.join(' '));
    assert.ok(client.loudness > 1_000, String(client.loudness));

    client.send('user-text', {text: 'Please order me a pizza.'});
    assert.equal(await client.line('user'), 'Please order me a pizza.');
    assert.match(await client.line('assistant'), /^I am sorry, I did not understand that\./);
  });
});

test('an OpenAI-compatible server is asked what is typed, and never to transcribe it', async () => {
  const asked: {path: string; body: string}[] = [];
  const chat = {choices: [{index: 0, delta: {content: 'It is very tall.'}}]};
  const server = createServer((request, response) => {
    void textOf(request).then(body => {
      asked.push({path: request.url ?? '', body});
      if (request.url === '/chat/completions') response.end(`data: ${JSON.stringify(chat)}\n\n`);
      else response.end(encodeWav(tone(440, 0.5), SAMPLE_RATE));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const {port} = server.address() as AddressInfo;
  const speech = createOpenAISpeech({baseUrl: `http://127.0.0.1:${port}`, apiKey: 'secret'});
  await talk(speech, async client => {
    client.send('user-text', {text: 'How tall is Mount Everest?'});
    assert.equal(await client.line('user'), 'How tall is Mount Everest?');
    assert.equal(await client.line('assistant'), 'It is very tall.');
  });
  server.closeAllConnections();
  server.close();
  assert.deepEqual(
    asked.map(({path}) => path),
    ['/chat/completions', '/audio/speech'],
  );
  const {messages} = JSON.parse(asked[0]?.body ?? '') as {messages: unknown[]};
  assert.deepEqual(messages.slice(1), [{role: 'user', content: 'How tall is Mount Everest?'}]);
});

/** A visitor who is not greeted, in hands-on mode. */
async function talk(
  starting: Promise<Speech>,
  visit: (client: Client) => Promise<void>,
): Promise<void> {
  const speech = await starting;
  const engine = await startTestEngine({speech});
  try {
    const client = await engine.connect(await engine.createSession({profile: 'quiet-guide'}));
    client.configure('hands-on');
    await visit(client);
  } finally {
    await engine.close();
    await speech.close();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
