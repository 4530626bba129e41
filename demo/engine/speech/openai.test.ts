import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {createOpenAISpeech} from './openai.js';
import {silence, sound, tone, witness} from './testing.js';
import {SAMPLE_RATE, type HistoryLine, type Speech} from './types.js';
import {startVoice} from './voice.js';
import {decodeWav, encodeWav} from './wav.js';

const forever = new AbortController().signal;

const HISTORY: readonly HistoryLine[] = [
  {role: 'assistant', content: 'Hello!', timestamp: '2026-01-01T00:00:00.000Z'},
  {role: 'user', content: 'How tall is Mount Everest?', timestamp: '2026-01-01T00:00:01.000Z'},
];

/** What the server was asked. */
interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

describe('speech by an OpenAI-compatible server', () => {
  const asked: Asked[] = [];
  let answer: (response: ServerResponse) => void | Promise<void>;
  let speech: Speech;

  const server = createServer((request, response) => {
    void bodyOf(request).then(body => {
      asked.push({path: request.url ?? '', authorization: request.headers.authorization, body});
      return answer(response);
    });
  });

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const {port} = server.address() as AddressInfo;
    speech = await createOpenAISpeech({baseUrl: `http://127.0.0.1:${port}/v1/`, apiKey: 'secret'});
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await speech.close();
  });

  it('has what was said transcribed', async () => {
    answer = response => json(response, 200, {text: ' How tall is Mount Everest? '});
    const visitor = await startVoice('rms');
    const {samples} = await visitor.speak('How tall is Mount Everest?', forever);
    await visitor.close();
    const {ear, told, listen, stopped} = await witness(speech);
    const silent = stopped();
    await listen(silence(1), samples, silence(3));
    await silent;
    assert.deepEqual(await ear.take(), {text: 'How tall is Mount Everest?'});
    assert.deepEqual(told, ['started', 'stopped']);
    ear.close();

    const {path, authorization, body} = asked.at(-1) ?? assert.fail();
    assert.equal(path, '/v1/audio/transcriptions');
    assert.equal(authorization, 'Bearer secret');
    assert.match(body.toString('latin1'), /name="model"\r\n\r\nwhisper-1\r\n/);
    const sent = decodeWav(body.subarray(body.indexOf('RIFF')));
    assert.equal(sent.rate, SAMPLE_RATE);
    assert.ok(sent.samples.length > 0.8 * samples.length);
  });

  it('asks for nothing where nobody spoke', async () => {
    const before = asked.length;
    const {ear, listen} = await witness(speech);
    await listen(silence(1));
    assert.equal(await ear.take(), null);
    assert.equal(asked.length, before);
    ear.close();
  });

  it('gives each sentence of an answer as soon as it is whole', async () => {
    const streaming = new Promise<ServerResponse>(resolve => (answer = resolve));
    const sentences = speech.mind('guide').answer(HISTORY, true, forever)[Symbol.asyncIterator]();
    const first = sentences.next();
    const response = await streaming;
    response.writeHead(200, {'content-type': 'text/event-stream'});
    for (const piece of ['It is 8.8', ' km tall', '. That ']) response.write(delta(piece));
    assert.deepEqual(await first, {value: 'It is 8.8 km tall.', done: false});

    const second = sentences.next();
    // A character of two bytes in two packets.
    const [head, tail] = halves(Buffer.from(delta('is très tall!')), Buffer.from('è'));
    response.write(head);
    response.write(tail);
    response.end('data: [DONE]\n\n');
    assert.deepEqual(await second, {value: 'That is très tall!', done: false});
    assert.deepEqual(await sentences.next(), {value: undefined, done: true});

    const {path, body} = asked.at(-1) ?? assert.fail();
    const {stream, messages} = JSON.parse(body.toString()) as {
      stream: boolean;
      messages: unknown[];
    };
    assert.equal(path, '/v1/chat/completions');
    assert.equal(stream, true);
    assert.deepEqual(
      messages.slice(1),
      HISTORY.map(({role, content}) => ({role, content})),
    );
  });

  it('stops an answer that is interrupted', async () => {
    const streaming = new Promise<ServerResponse>(resolve => (answer = resolve));
    const controller = new AbortController();
    const sentences = speech.mind('guide').answer(HISTORY, true, controller.signal);
    const next = sentences[Symbol.asyncIterator]().next();
    const response = await streaming;
    const closed = once(response, 'close');
    response.write(delta('It is'));
    controller.abort(new Error('interrupted'));
    await assert.rejects(next, /interrupted/);
    await closed;
  });

  it('does not ask a model about what nobody understood', async () => {
    const before = asked.length;
    const sentences = speech.mind('guide').answer(HISTORY, false, forever);
    const {value} = await sentences[Symbol.asyncIterator]().next();
    assert.match(value, /did not understand/);
    assert.equal(asked.length, before);
  });

  it('speaks with the voice it is sent, at the rate of the engine', async () => {
    const rate = 24_000;
    const wav = encodeWav(
      Int16Array.from({length: 2 * rate}, (_, index) =>
        index < rate ? 0 : 8000 * Math.sin((2 * Math.PI * 440 * index) / rate),
      ),
      rate,
    );
    answer = response => void response.writeHead(200, {'content-type': 'audio/wav'}).end(wav);
    const {samples, words, mouth} = await speech.voice.speak('It is very tall.', forever);
    assert.equal(samples.length, 2 * SAMPLE_RATE);
    assert.deepEqual(
      words.map(({text}) => text),
      ['It', 'is', 'very', 'tall.'],
    );
    assert.equal(mouth.find(({start}) => start > 0.5)?.open, 0);
    assert.ok((mouth.find(({start}) => start > 1.5)?.open ?? 0) > 0.9);
    const body = JSON.parse((asked.at(-1) ?? assert.fail()).body.toString());
    assert.equal(body.input, 'It is very tall.');
    assert.equal(body.response_format, 'wav');
  });

  it('passes on why a server refuses', async () => {
    answer = response => json(response, 429, {error: {message: 'You are out of credit.'}});
    await assert.rejects(speech.voice.speak('Hello.', forever), {
      message: 'The speech server answered 429 to /audio/speech: You are out of credit.',
    });
    const {ear, listen} = await witness(speech);
    await listen(
      silence(0.5),
      sound(1, second => babble(second)),
      silence(1),
    );
    await assert.rejects(ear.take(), /answered 429/);
    ear.close();
  });

  it('passes on why an answer breaks off', async () => {
    answer = response => {
      response.writeHead(200, {'content-type': 'text/event-stream'});
      response.end('data: {"error": {"message": "overloaded"}}\n\n');
    };
    const sentences = speech.mind('guide').answer(HISTORY, true, forever);
    await assert.rejects(sentences[Symbol.asyncIterator]().next(), /broke off .* overloaded/);
  });

  it('keeps the cause where a server cannot be reached', async () => {
    const nowhere = await createOpenAISpeech({baseUrl: 'http://127.0.0.1:1/v1', apiKey: ''});
    const refused = await nowhere.voice.speak('Hello.', forever).catch((error: unknown) => error);
    assert.ok(refused instanceof Error && refused.cause instanceof Error);
    assert.match(refused.message, /cannot be reached/);
    await nowhere.close();
  });
});

/** Enough like speech to be taken for it: syllables of a gliding voice. */
function babble(second: number): number {
  const glide = 130 + 40 * Math.sin(7 * second);
  const voice = [1, 2, 3, 5, 8].reduce((sum, partial) => sum + tone(partial * glide)(second), 0);
  return 0.5 * voice * Math.sin(Math.PI * 4 * second) ** 2;
}

function delta(content: string): string {
  return `data: ${JSON.stringify({choices: [{index: 0, delta: {content}}]})}\n\n`;
}

/** Cuts in the middle of what is looked for. */
function halves(bytes: Buffer, at: Buffer): [Buffer, Buffer] {
  const cut = bytes.indexOf(at) + 1;
  return [bytes.subarray(0, cut), bytes.subarray(cut)];
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
