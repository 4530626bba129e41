import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {
  createSession,
  readSession,
  setFaults,
  signalEngine,
  startEngine,
} from '../support/local-engine.js';
import {waitUntil} from '../support/wait-until.js';

/** Engines that are stopped and killed for real; see the facts measured in `core/heartbeat.ts`. */
describe('a visitor whose connection is lost', () => {
  let url: string;
  let session: string;
  let element: DiaruptInteraction;
  let events: string[];
  let statuses: [status: string, at: number][];

  const stop = (event: Event) => event.stopPropagation();
  const reached = (status: string) => waitUntil(() => element.status === status, `it is ${status}`);

  beforeEach(async () => {
    document.addEventListener('error', stop);
    url = await startEngine();
    session = await createSession({profile: 'guide'}, url);
    // The tone of the fake microphone would interrupt the greeting.
    element = await fixture(html`
      <diarupt-interaction session-id=${session} engine-url=${url} muted></diarupt-interaction>
    `);
    events = [];
    statuses = [];
    element.next = (...[event]) => void events.push(event);
    element.addEventListener('statechange', ({detail}) =>
      statuses.push([detail, performance.now()]),
    );
  });

  async function talk(): Promise<void> {
    await element.connect();
    await waitUntil(() => element.transcript[0], 'the greeting begins');
  }

  afterEach(async () => {
    await signalEngine(url, 'SIGCONT');
    await element.disconnect();
    await signalEngine(url, 'SIGKILL');
    document.removeEventListener('error', stop);
  });

  it('is reconnected to the same session when the engine is back, and misses no word', async () => {
    let toldAt = Infinity;
    element.addEventListener('transcript', () => (toldAt = performance.now()));
    // In the middle of the greeting, which no page, however slow, has to hit.
    await setFaults(session, {stopAtSeq: 5}, url);
    await talk();
    await reached('reconnecting');
    const [greeting] = element.transcript;
    expect(greeting?.complete).to.equal(false);
    const noticedAfter = (statuses.at(-1)?.[1] ?? Infinity) - toldAt;
    expect(noticedAfter).to.be.lessThan(4500);

    await signalEngine(url, 'SIGCONT');
    await reached('open');
    await waitUntil(
      async () => (await readSession(session, url)).status === 'ACTIVE',
      'it is active',
    );
    await waitUntil(() => element.transcript[0]?.complete, 'the engine repeats how the line ended');
    expect(element.transcript).to.have.length(1);
    expect(element.transcript[0]?.timestamp).to.equal(greeting?.timestamp);
    expect((await readSession(session, url)).history[0]?.content).to.equal(
      element.transcript[0]?.content,
    );
    expect(events.filter(event => event !== 'transcript')).to.deep.equal(['open']);
  });

  it('finds a session again that has outlived its engine', async () => {
    await talk();
    await signalEngine(url, 'SIGKILL');
    await reached('reconnecting');
    await startEngine(url);
    await createSession({profile: 'quiet-guide', id: session}, url);
    await reached('open');
    expect(element.transcript).to.have.length(1);
    expect(events).not.to.include('error');
  });

  it('is told when the session is gone for good', async () => {
    await talk();
    await signalEngine(url, 'SIGKILL');
    await reached('reconnecting');
    await startEngine(url);
    await reached('closed');
    expect(element.error?.code).to.equal('session-not-found');
    expect(events.slice(-2)).to.deep.equal(['error', 'close']);
    expect(element.transcript).to.have.length(1);
  });

  it('can leave while it is being reconnected', async () => {
    await talk();
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
