import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {connect, disconnect} from '../../src/index.js';
import {Interaction} from '../../src/core/interaction.js';
import {watchPeers} from '../support/local-engine.js';
import {PeerEngine} from '../support/peer-engine.js';
import {microtasks, pause} from '../support/random.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('starts and ends that cross each other', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  const stop = (event: Event) => event.stopPropagation();
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));
  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
  });
  afterEach(async () => {
    restoreMicrophone();
    await element.disconnect();
    await disconnect();
    engine.close();
  });

  it('tells everybody of the opening before the end that one of them brings about', async () => {
    const told: string[] = [];
    element.next = (...[event]) => void (event === 'open' && element.disconnect());
    for (const name of ['open', 'close'] as const) {
      element.addEventListener(name, () => void told.push(name));
    }
    await element.connect();
    expect(told).to.deep.equal(['open', 'close']);
  });

  it('is joined by a listener that hears of its start', async () => {
    let joined: Promise<void> | undefined;
    element.addEventListener('statechange', () => void (joined ??= element.connect()));
    void element.connect();
    await joined;
    expect(element.status).to.equal('open');
  });

  it('joins the last start, also where a listener to the one before has made it', async () => {
    const ended = new Promise<void>(resolve => {
      element.addEventListener(
        'statechange',
        () => {
          void element.disconnect();
          void element.connect().then(resolve);
        },
        {once: true},
      );
    });
    await element.connect().catch(() => {});
    await element.connect();
    await ended;
    expect(element.status).to.equal('open');
  });

  it('starts once where a listener to beforeconnect starts it, too', async () => {
    const told: string[] = [];
    element.next = (...[event]) => void told.push(event);
    element.addEventListener('beforeconnect', () => void element.connect(), {once: true});
    await element.connect();
    expect(told).to.deep.equal(['open']);
    expect(engine.requests.filter(({method}) => method === 'POST')).to.have.length(1);
  });

  it('tells everybody of a status before the one that a listener brings about', async () => {
    const told: string[] = [];
    const end = () => void element.disconnect();
    element.addEventListener('statechange', end, {once: true});
    element.addEventListener('statechange', ({detail}) => void told.push(detail));
    await element.connect().catch(() => {});
    expect(told).to.deep.equal(['connecting', 'closed']);
  });

  it('makes no connection for a start that a listener has ended', async () => {
    const {peers, restore} = watchPeers();
    element.addEventListener('statechange', () => void element.disconnect(), {once: true});
    await element.connect().catch(() => {});
    restore();
    expect(peers).to.deep.equal([]);
  });

  it('leaves nothing unhandled of what a start would have waited for', async () => {
    const reasons: unknown[] = [];
    const last = new Error('the last one');
    const told = new Promise<void>(resolve => {
      addEventListener('unhandledrejection', function listen(event) {
        event.preventDefault();
        reasons.push(event.reason);
        if (event.reason !== last) return;
        removeEventListener('unhandledrejection', listen);
        resolve();
      });
    });
    element.addEventListener('beforeconnect', event => {
      event.waitUntil(pause(10).then(() => Promise.reject(new Error('not today'))));
    });
    element.remove(); // It cannot start there.
    await element.connect().catch(() => {});
    await pause(30);
    void Promise.reject(last);
    await told;
    expect(reasons).to.deep.equal([last]);
  });

  it('shows what it is set to, also when a start has failed', async () => {
    Object.assign(element, {muted: true, mode: 'hands-on', sessionId: 'not/one'});
    await element.connect().catch(() => {});
    const shown = (part: string, name: string) =>
      element.renderRoot
        .querySelector(`diarupt-${part}`)
        ?.shadowRoot?.querySelector('button')
        ?.getAttribute(name);
    await element.updateComplete;
    await pause(0);
    const isMuted = shown('mic-button', 'aria-pressed');
    expect([isMuted, shown('mode-toggle', 'aria-checked')]).to.deep.equal(['true', 'true']);
  });

  it('settles a start that is ended when the microphone has just been granted', async () => {
    const stream = await openFakeMicrophone();
    replaceMicrophone(async () => stream);
    const {replaceTrack} = RTCRtpSender.prototype;
    RTCRtpSender.prototype.replaceTrack = function (track) {
      const replaced = replaceTrack.call(this, track);
      void element.disconnect();
      return replaced;
    };
    const start = element.connect().catch((reason: Error) => reason);
    await waitUntil(() => element.status === 'closed');
    RTCRtpSender.prototype.replaceTrack = replaceTrack;
    expect(((await start) as Error).name).to.equal('AbortError');
  });

  it('sends no offer that nobody says goodbye to, whenever it is ended', async () => {
    const stream = await openFakeMicrophone();
    const player = document.createElement('video');
    const offer = Object.getOwnPropertyDescriptor(
      RTCPeerConnection.prototype,
      'setLocalDescription',
    );
    const {setLocalDescription} = RTCPeerConnection.prototype as {
      setLocalDescription(this: RTCPeerConnection): Promise<void>;
    };
    for (let later = 0; later < 6; later++) {
      const interaction = new Interaction('s', {player, stream, engineUrl: engine.url});
      const made = async function (this: RTCPeerConnection) {
        await setLocalDescription.call(this);
        void microtasks(later).then(() => interaction.disconnect());
      };
      RTCPeerConnection.prototype.setLocalDescription = made;
      const start = interaction.connect().catch(() => {});
      Object.defineProperty(RTCPeerConnection.prototype, 'setLocalDescription', offer ?? {});
      await start;
      await interaction.disconnect();
    }
    await pause(500);
    const count = (name: string) => engine.requests.filter(({method}) => method === name).length;
    expect(count('POST')).to.equal(count('DELETE'));
    stream.getTracks().forEach(track => track.stop());
  });

  it('ends a start at once that waits for the goodbye before, which the next one waits for', async () => {
    const options = {player: document.createElement('video'), engineUrl: engine.url};
    let letGo: () => void = () => {};
    const held = new Promise<void>(resolve => (letGo = resolve));
    engine.script = async ({method}) => {
      if (method === 'DELETE') await held;
      return undefined;
    };
    const count = (name: string) => engine.requests.filter(({method}) => method === name).length;
    await connect('one', options);
    void disconnect();
    await engine.sees('DELETE');
    const second = connect('one', options).catch((reason: Error) => reason);
    await pause(50);
    void disconnect();
    const isEnded = await Promise.race([second.then(() => true), pause(1000).then(() => false)]);
    const third = connect('one', options);
    await pause(300);
    const offers = count('POST');
    letGo();
    await third;
    expect([isEnded, offers]).to.deep.equal([true, 1]);
  });

  it('ends the conversation when the frame that it is held in is removed', async () => {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    document.body.append(frame);
    frame.contentDocument?.body.append(element);
    await element.connect();
    frame.remove();
    expect(element.status).to.equal('closed');
  });
});
