import {expect, fixture, html} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {watchPeers} from '../support/local-engine.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

/** What a page does to the element, and whether the conversation goes on. */
describe('an element with a conversation that is open', () => {
  let engine: PeerEngine;
  let watched: ReturnType<typeof watchPeers>;
  let element: DiaruptInteraction;
  let microphones: MediaStreamTrack[];
  let events: string[];

  const parent = () => element.parentElement as HTMLElement;
  const ours = () => watched.peers.filter(peer => !engine.peers.includes(peer));

  async function make(sessionId: string): Promise<DiaruptInteraction> {
    const section = await fixture(html`
      <section>
        <diarupt-interaction session-id=${sessionId} engine-url=${engine.url}></diarupt-interaction>
      </section>
    `);
    return section.querySelector('diarupt-interaction') as DiaruptInteraction;
  }

  /** Settles when a message of the engine's has come by the way that there has been all along. */
  async function expectGoesOn(): Promise<void> {
    engine.send('still-there');
    await waitUntil(() => events.includes('still-there'), 'what the engine says is heard');
    expect(element.status).to.equal('open');
    expect(ours()).to.have.length(1);
    expect(microphones.map(({readyState}) => readyState)).to.deep.equal(['live']);
    expect(events).to.deep.equal(['open', 'still-there']);
  }

  async function expectOver(): Promise<void> {
    await waitUntil(() => events.includes('close'), 'it is closed');
    expect(events).to.deep.equal(['open', 'close']);
    expect(microphones.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    expect(ours().map(({signalingState}) => signalingState)).to.deep.equal(['closed']);
    await engine.sees('DELETE');
  }

  beforeEach(async () => {
    watched = watchPeers();
    engine = new PeerEngine();
    microphones = [];
    replaceMicrophone(async () => {
      const stream = await openFakeMicrophone();
      microphones.push(...stream.getAudioTracks());
      return stream;
    });
    element = await make('session-1');
    events = [];
    element.next = (...[event]) => void events.push(event);
    await element.connect();
    await engine.hears('configure');
  });

  afterEach(async () => {
    restoreMicrophone();
    await element.disconnect();
    engine.close();
    watched.restore();
  });

  it('goes on with it where it is taken out and put back in one task', async () => {
    const home = parent();
    element.remove();
    home.append(element);
    await expectGoesOn();
  });

  it('goes on with it where it is moved while it stays in the document', async function () {
    const home = parent() as HTMLElement & {moveBefore?(node: Node, child: Node | null): void};
    if (!home.moveBefore) return this.skip(); // This browser cannot.
    const shelf = home.appendChild(document.createElement('div')) as typeof home;
    shelf.moveBefore?.(element, null);
    await expectGoesOn();
  });

  it('goes on with it where it is copied, and the copy has none of it', async () => {
    const copy = element.cloneNode(true) as DiaruptInteraction;
    parent().append(copy);
    await copy.updateComplete;
    expect([copy.status, copy.sessionId]).to.deep.equal(['idle', 'session-1']);
    copy.remove();
    await expectGoesOn();
  });

  it('goes on with it where it is given the session that it has', async () => {
    element.setAttribute('session-id', 'session-1');
    await element.updateComplete;
    await expectGoesOn();
  });

  for (const [what, leave] of [
    ['it is removed', () => element.remove()],
    ['what it is in is written anew', () => void (parent().innerHTML = '<p>Thank you.</p>')],
    ['what it is in is removed', () => parent().remove()],
    ['it is taken into no document', () => new DocumentFragment().append(element)],
    ['the page closes the peer connection', () => ours()[0]?.close()],
    ['the engine closes the channel alone', () => engine.channel?.close()],
  ] as const) {
    it(`has none any more where ${what}`, async () => {
      leave();
      await expectOver();
    });
  }

  for (const [what, leave] of [
    ['it is removed', () => element.remove()],
    ['it is given another session', () => (element.sessionId = 'session-2')],
    ['the page goes', () => dispatchEvent(new PageTransitionEvent('pagehide'))],
  ] as const) {
    it(`has none any more where ${what} while it is being made again`, async () => {
      let answer: (response: Response) => void = () => {};
      engine.script = ({method}) =>
        method === 'POST' ? new Promise(resolve => (answer = resolve)) : undefined;
      engine.send('close', 'connection lost');
      await waitUntil(() => element.status === 'reconnecting', 'the loss is noticed');
      leave();
      await waitUntil(() => element.status === 'closed', 'it is closed');
      expect(element.error).to.equal(null);
      expect(events).to.deep.equal(['open', 'close']);
      expect(microphones.map(({readyState}) => readyState)).to.deep.equal(['ended']);
      expect(ours().every(({signalingState}) => signalingState === 'closed')).to.equal(true);
      answer(new Response(null, {status: 503}));
    });
  }

  for (const [what, leave] of [
    ['its frame is removed', (frame: HTMLIFrameElement) => frame.remove()],
    ['its frame goes on to another page', (frame: HTMLIFrameElement) => (frame.src = '/')],
  ] as const) {
    it(`starts none for who would start anew where ${what}`, async () => {
      const home = parent();
      const frame = document.createElement('iframe');
      home.append(frame);
      frame.contentDocument?.body.append(element);
      await waitUntil(() => element.status === 'closed', 'the page has let go of it');
      await element.connect();
      const starts: Promise<string>[] = [];
      const start = () =>
        element.connect().then(
          () => 'started',
          (refusal: InteractionError) => refusal.code,
        );
      element.next = (...[event]) => void (event === 'close' && starts.push(start()));
      leave(frame);
      await waitUntil(() => starts.length > 0, 'it is closed');
      expect(await Promise.all(starts)).to.deep.equal(['invalid-options']);
      expect(element.status).to.equal('closed');
      expect(microphones.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
      home.append(element);
      element.next = undefined;
      await element.connect();
      expect(element.status).to.equal('open');
    });
  }

  it('has a microphone of its own, and leaves that of another element alone', async () => {
    const other = await make('session-2');
    await other.connect();
    await element.disconnect();
    expect(microphones.map(({readyState}) => readyState)).to.deep.equal(['ended', 'live']);
    expect(other.status).to.equal('open');
    await other.disconnect();
    expect(microphones.at(-1)?.readyState).to.equal('ended');
  });
});
