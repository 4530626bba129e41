import {aTimeout, expect, fixture, html} from '@open-wc/testing';
import type {Transcript} from '../../src/core/events.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {watchAnnouncer} from '../support/announcer.js';
import {createSession, engineUrl, readSession} from '../support/local-engine.js';
import {Network} from '../support/network.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const SEED = 20_260_101;

/** By these it is seen whether everything arrives, and in order. */
const TICKS = Array.from({length: 100}, (_, tick) => tick);
const TICK_MS = 20;

/** Datagrams are lost for real, on their way between the browser and the engine. */
describe('a visitor with a bad network', () => {
  let network: Network;
  let session: string;
  let element: DiaruptInteraction;
  let microphone: MediaStreamTrack | undefined;
  let asked: {readonly prompts: number};
  let events: [event: string, data: unknown][];
  let statuses: [status: string, at: number][];
  let announced: readonly string[];

  const stop = (event: Event) => event.stopPropagation();
  const reached = (status: string) => waitUntil(() => element.status === status, `it is ${status}`);
  const isWhole = () => element.transcript[0]?.complete;
  const told = () => statuses.map(([status]) => status);
  const names = () => [...new Set(events.map(([event]) => event))];

  /** Talks until the greeting has begun, which takes the engine about four seconds to say. */
  async function talk(): Promise<void> {
    await element.connect();
    statuses = [];
    await waitUntil(() => element.transcript[0], 'the greeting begins');
    expect(isWhole()).to.equal(false);
  }

  async function sendTicks(): Promise<void> {
    for (const data of TICKS) {
      const body = JSON.stringify({event: 'tick', data});
      await fetch(`${engineUrl}/session/${session}/send`, {method: 'POST', body});
      await aTimeout(TICK_MS);
    }
  }

  /** The one line that there is was told in order, and is what the engine has said. */
  async function expectWholeTranscript(): Promise<void> {
    await waitUntil(isWhole, 'the greeting is whole');
    const lines = events.filter(([event]) => event === 'transcript');
    const contents = lines.map(([, data]) => (data as Transcript).content);
    for (const [index, content] of contents.slice(1).entries()) {
      expect(content.startsWith(contents[index] ?? ''), contents.join('|')).to.equal(true);
    }
    const {history} = await readSession(session);
    expect(history).to.have.length(1);
    expect(element.transcript.map(({role, content}) => ({role, content}))).to.deep.equal(
      history.map(({role, content}) => ({role, content})),
    );
    await waitUntil(() => announced.length > 0, 'the greeting is announced');
    expect(announced).to.deep.equal(history.map(({content}) => content));
  }

  beforeEach(async () => {
    document.addEventListener('error', stop);
    asked = replaceMicrophone(async () => {
      const stream = await openFakeMicrophone();
      for (const track of stream.getAudioTracks()) {
        track.enabled = false; // Its tone, and what the network leaves of it, would interrupt the greeting.
        microphone = track;
      }
      return stream;
    });
    network = await Network.start();
    session = await createSession({profile: 'guide'});
    element = await fixture(html`
      <diarupt-interaction session-id=${session} engine-url=${network.url}></diarupt-interaction>
    `);
    events = [];
    statuses = [];
    announced = watchAnnouncer(element);
    element.next = (...event) => void events.push(event);
    element.addEventListener('statechange', ({detail}) =>
      statuses.push([detail, performance.now()]),
    );
  });

  afterEach(async () => {
    await network.impair({});
    await element.disconnect();
    await network.stop();
    restoreMicrophone();
    Reflect.deleteProperty(navigator, 'onLine');
    document.removeEventListener('error', stop);
  });

  for (const loss of [0.05, 0.2]) {
    it(`hears everything in order where ${loss * 100} % is lost and the rest comes late`, async () => {
      await network.impair({seed: SEED, loss, jitterMs: 200, reorder: 0.1, duplicate: 0.02});
      await talk();
      await sendTicks();
      await expectWholeTranscript();
      const ticks = () => events.filter(([event]) => event === 'tick');
      await waitUntil(() => ticks().length >= TICKS.length, 'all ticks have come');
      expect(ticks().map(([, data]) => data)).to.deep.equal(TICKS);
      expect(told()).to.deep.equal([]);
      const {up, down, lost} = await network.read();
      expect(Math.min(up, down)).to.be.greaterThan(100);
      expect(lost / (up + down + lost)).to.be.within(loss / 2, loss * 1.5);
    });
  }

  it('notices nothing of a second without a network', async () => {
    await talk();
    await network.impair({blackHole: 'both', forMs: 1000});
    await expectWholeTranscript();
    expect(told()).to.deep.equal([]);
    expect(names()).to.have.members(['open', 'transcript']);
    expect((await network.read()).lost).to.be.greaterThan(50);
  });

  it('is answered once what was typed when the connection was lost', async () => {
    await talk();
    await network.impair({blackHole: 'both', forMs: 8000});
    expect(element.sendText('What can you do?')).to.equal(true);
    await reached('reconnecting');
    await reached('open');
    const isAnswered = () =>
      element.transcript.length === 3 && element.transcript.every(({complete}) => complete);
    await waitUntil(isAnswered, 'the answer is whole');
    const {history} = await readSession(session);
    expect(history.map(({role}) => role)).to.deep.equal(['assistant', 'user', 'assistant']);
    expect(history[1]?.content).to.equal('What can you do?');
    expect(element.transcript.map(({content}) => content)).to.deep.equal(
      history.map(({content}) => content),
    );
  });

  it('is reconnected once after six seconds without one, and misses no word', async () => {
    await talk();
    await network.impair({blackHole: 'both', forMs: 6000});
    await reached('reconnecting');
    await reached('open');
    await expectWholeTranscript();
    expect(told()).to.deep.equal(['reconnecting', 'open']);
    expect(names()).to.have.members(['open', 'transcript']);
    expect(events.filter(([event]) => event === 'open')).to.have.length(1);
    expect([asked.prompts, microphone?.readyState]).to.deep.equal([1, 'live']);
  });

  it('is told within seconds that the network is gone, and can leave without it', async () => {
    await talk();
    const goneAt = performance.now();
    await network.impair({blackHole: 'both', http: 'hang'});
    await reached('reconnecting');
    expect((statuses.at(-1)?.[1] ?? Infinity) - goneAt).to.be.lessThan(4500);
    expect(microphone?.readyState).to.equal('live');
    expect(announced, 'no fragment').to.deep.equal([]);

    void element.disconnect();
    expect(element.status).to.equal('closed');
    expect(element.error).to.equal(null);
    expect(microphone?.readyState).to.equal('ended');
    expect(element.transcript).to.have.length(1);
    expect(events.filter(([event]) => event === 'close')).to.have.length(1);
    expect(names()).to.have.members(['open', 'transcript', 'close']);
  });

  it('is waited for while offline, and reconnected as soon as they are online', async () => {
    await talk();
    Object.defineProperty(navigator, 'onLine', {value: false, configurable: true});
    await network.impair({blackHole: 'both', http: 'refuse'});
    await reached('reconnecting');
    const {offers} = await network.read();
    await aTimeout(1000); // Online, there would have been two attempts.
    expect((await network.read()).offers).to.equal(offers);

    await network.impair({});
    Object.defineProperty(navigator, 'onLine', {value: true, configurable: true});
    dispatchEvent(new Event('online'));
    await reached('open');
    await expectWholeTranscript();
    expect(told()).to.deep.equal(['reconnecting', 'open']);
  });

  it('misses no word when they move to another network', async () => {
    await talk();
    const {ports} = await network.read();
    await network.rebind();
    await expectWholeTranscript();
    await reached('open');
    expect((await network.read()).ports).to.be.greaterThan(ports);
    expect(names()).to.have.members(['open', 'transcript']);
    expect(told()).to.have.members(told().length === 0 ? [] : ['reconnecting', 'open']);
  });
});
