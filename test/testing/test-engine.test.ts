import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {connect, disconnect} from '../../src/index.js';
import {TestEngine} from '../../src/testing/index.js';
import {waitUntil} from '../support/wait-until.js';

describe('an engine inside the page', () => {
  const pageFetch = globalThis.fetch;
  let engine: TestEngine;
  let element: DiaruptInteraction;
  let events: string[];

  const lines = () =>
    element.transcript.map(({role, content, complete}) => [role, content, complete]);
  const shows = (...expected: unknown[]) =>
    waitUntil(
      () => JSON.stringify(lines()) === JSON.stringify(expected),
      'it is in the transcript',
    );
  const code = (start: Promise<void>) =>
    start.then(
      () => 'none',
      (error: {code: string}) => error.code,
    );

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  const stop = (event: Event) => event.stopPropagation();
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));

  beforeEach(async () => {
    engine = new TestEngine();
    element = await fixture(html`
      <diarupt-interaction session-url=${engine.sessionUrl} engine-url=${engine.url}>
      </diarupt-interaction>
    `);
    element.stream = engine.microphone();
    events = [];
    element.next = (...[event]) => events.push(event);
  });

  afterEach(async () => {
    await element.disconnect();
    engine.close();
    expect(globalThis.fetch).to.equal(pageFetch);
  });

  it('says what its author says, whole or growing', async () => {
    await element.connect();
    engine.say('Hello', {complete: false});
    engine.say('Hello. How can I help?');
    engine.say('Anyone?');
    await shows(['assistant', 'Hello. How can I help?', true], ['assistant', 'Anyone?', true]);
    expect(events).to.deep.equal(['open', 'transcript', 'transcript', 'transcript']);
  });

  it('greets who comes with what it was told to say before', async () => {
    engine.say('Hello.');
    await element.connect();
    await shows(['assistant', 'Hello.', true]);
  });

  it('hears what its author has the visitor say', async () => {
    await element.connect();
    engine.hear('What can', {complete: false});
    await shows(['user', 'What can', false]);
    engine.hear('What can you do?');
    await shows(['user', 'What can you do?', true]);
    expect(events).to.deep.equal(['open', 'transcript', 'transcript']);
  });

  it('leaves a hands-on response to the visitor, to send or to drop', async () => {
    element.mode = 'hands-on';
    await element.connect();
    for (const [act, told] of [
      [() => element.discardUserResponse(), 'discard-user-response'],
      [() => element.sendUserResponse(), 'send-user-response'],
    ] as const) {
      engine.hear('Two tickets', {complete: false});
      await shows(['user', 'Two tickets', false]);
      expect(act()).to.equal(true);
      expect(await engine.receive(told)).to.equal(null);
      await waitUntil(
        () => events.at(-1) === 'transcript' && events.includes('user-stopped-talking'),
        told,
      );
    }
    await shows(['user', 'Two tickets', true]);
    expect(events.filter(event => event !== 'transcript')).to.deep.equal([
      'open',
      ...['user-started-talking', 'user-stopped-talking'],
      ...['user-started-talking', 'user-stopped-talking'],
    ]);
  });

  it('tells of a turn that goes on in another mode', async () => {
    await element.connect();
    engine.hear('Two', {complete: false});
    await shows(['user', 'Two', false]);
    element.mode = 'hands-on';
    await waitUntil(() => events.at(-1) === 'user-started-talking', 'it is told');
    element.mode = 'hands-free';
    await waitUntil(() => events.at(-1) === 'user-stopped-talking', 'it is told');
  });

  it('is told what the visitor types, and each message once', async () => {
    await element.connect();
    expect(await engine.receive('configure')).to.deep.equal({
      mode: 'hands-free',
      handsOnTimeout: 5000,
    });
    element.sendText('One');
    element.sendText('Two');
    expect((await engine.receive('user-text')).text).to.equal('One');
    expect((await engine.receive('user-text')).text).to.equal('Two');
    await shows(['user', 'One', true], ['user', 'Two', true]);
  });

  it('sends the events that its author invents', async () => {
    await element.connect();
    engine.send('weather', {sun: true});
    const {detail} = await oneEvent<CustomEvent>(element, 'interaction-event');
    expect(detail).to.deep.equal({event: 'weather', data: {sun: true}});
  });

  it('fails the conversation there is, and the next start where there is none', async () => {
    engine.fail('session-busy');
    expect(await code(element.connect())).to.equal('session-busy');
    engine.fail('microphone-lost', 'Nothing is heard.');
    expect(await code(element.connect())).to.equal('microphone-lost');
    await element.connect();
    engine.fail('engine-busy', 'Too many people.');
    await waitUntil(() => element.status === 'closed', 'it is over');
    expect([element.error?.code, element.error?.message]).to.deep.equal([
      'engine-busy',
      'Too many people.',
    ]);
    await element.connect();
  });

  it('ends the conversation for a reason, and holds another', async () => {
    await element.connect();
    const closed = oneEvent<CustomEvent>(element, 'close');
    engine.end('time limit reached');
    expect((await closed).detail).to.equal('time limit reached');
    expect(element.error).to.equal(null);
    await element.connect();
    engine.say('Hello again.');
    await waitUntil(() => element.transcript.at(-1)?.content === 'Hello again.', 'it is said');
  });

  it('loses the connection, and goes on over a new one with what neither has heard', async () => {
    await element.connect();
    await engine.receive('configure');
    await engine.fallSilent();
    const lost = oneEvent(element, 'statechange');
    engine.say('Still there?');
    element.sendText('Hello?');
    await lost;
    expect([element.status, lines()]).to.deep.equal(['reconnecting', []]);
    await waitUntil(() => element.status === 'open', 'it is open again');
    expect((await engine.receive('user-text')).text).to.equal('Hello?');
    await shows(['assistant', 'Still there?', true], ['user', 'Hello?', true]);
  });

  it('says that it is alive when it says nothing else', async () => {
    await element.connect();
    expect(await engine.receive('pong')).to.equal(null);
  });

  it('serves the SDK as well', async () => {
    const told: string[] = [];
    const player = document.createElement('audio');
    const stream = engine.microphone();
    await connect(
      'any',
      {player, stream, engineUrl: engine.url},
      (...[event]) => void told.push(event),
    );
    engine.say('Hello.');
    await waitUntil(() => told.length === 2, 'it is heard');
    await disconnect();
    expect(told).to.deep.equal(['open', 'transcript', 'close']);
  });

  it('lets go of all it has when it is closed, however that is', async () => {
    const ending = new AbortController();
    const other = new TestEngine({url: 'https://other.test', signal: ending.signal});
    const [track] = other.microphone().getTracks();
    const waiting = other.receive('configure').catch((error: Error) => error.name);
    ending.abort();
    expect(await waiting).to.equal('AbortError');
    expect(track?.readyState).to.equal('ended');
  });
});
