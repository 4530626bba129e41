import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {createSession, readSession, signalEngine, startEngine} from '../support/local-engine.js';

/** Engines that are stopped and killed for real; see the facts measured in `core/heartbeat.ts`. */
describe('a visitor whose connection is lost', function () {
  this.timeout(60_000);

  let url: string;
  let session: string;
  let element: DiaruptInteraction;
  let events: string[];
  let statuses: [status: string, at: number][];

  const stop = (event: Event) => event.stopPropagation();
  const until = (condition: () => unknown, what: string) =>
    waitUntil(condition, what, {timeout: 30_000});
  const reached = (status: string) => until(() => element.status === status, `it is ${status}`);

  beforeEach(async () => {
    document.addEventListener('error', stop);
    url = await startEngine();
    session = await createSession({profile: 'guide'}, url);
    element = await fixture(html`
      <diarupt-interaction session-id=${session} engine-url=${url}></diarupt-interaction>
    `);
    events = [];
    statuses = [];
    element.next = (...[event]) => void events.push(event);
    element.addEventListener('statechange', ({detail}) =>
      statuses.push([detail, performance.now()]),
    );
    await element.connect();
    await until(() => element.transcript[0], 'the greeting begins');
  });

  afterEach(async () => {
    await signalEngine(url, 'SIGCONT');
    await element.disconnect();
    await signalEngine(url, 'SIGKILL');
    document.removeEventListener('error', stop);
  });

  it('is reconnected to the same session when the engine is back, and misses no word', async () => {
    const [greeting] = element.transcript;
    expect(greeting?.complete).to.equal(false);
    const stoppedAt = performance.now();
    await signalEngine(url, 'SIGSTOP');
    await reached('reconnecting');
    const noticedAfter = (statuses.at(-1)?.[1] ?? Infinity) - stoppedAt;
    expect(noticedAfter).to.be.lessThan(4500);

    await signalEngine(url, 'SIGCONT');
    await reached('open');
    await until(async () => (await readSession(session, url)).status === 'ACTIVE', 'it is active');
    await until(() => element.transcript[0]?.complete, 'the engine repeats how the line ended');
    expect(element.transcript).to.have.length(1);
    expect(element.transcript[0]?.timestamp).to.equal(greeting?.timestamp);
    expect((await readSession(session, url)).history[0]?.content).to.equal(
      element.transcript[0]?.content,
    );
    expect(events.filter(event => event !== 'transcript')).to.deep.equal(['open']);
  });

  it('finds a session again that has outlived its engine', async () => {
    await signalEngine(url, 'SIGKILL');
    await reached('reconnecting');
    await startEngine(url);
    await createSession({profile: 'quiet-guide', id: session}, url);
    await reached('open');
    expect(element.transcript).to.have.length(1);
    expect(events).not.to.include('error');
  });

  it('is told when the session is gone for good', async () => {
    await signalEngine(url, 'SIGKILL');
    await reached('reconnecting');
    await startEngine(url);
    await reached('closed');
    expect(element.error?.code).to.equal('session-not-found');
    expect(events.slice(-2)).to.deep.equal(['error', 'close']);
    expect(element.transcript).to.have.length(1);
  });

  it('can leave while it is being reconnected', async () => {
    await signalEngine(url, 'SIGKILL');
    await reached('reconnecting');
    await expect(element).to.be.accessible();
    void element.disconnect();
    expect(element.status).to.equal('closed');
    expect(element.error).to.equal(null);
    expect(events.at(-1)).to.equal('close');
    expect(events).not.to.include('error');
    await startEngine(url);
  });
});
