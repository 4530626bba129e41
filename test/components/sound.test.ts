import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {createHearing, LOOKS} from '../../src/components/hearing.js';
import type {HintedState} from '../../src/components/interaction-context.js';
import {IDLE} from '../../src/core/state.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';

const LOUD = 0.8;
const ROOM = 0.1;

describe('what is heard of the visitor', () => {
  const open: HintedState = {...IDLE, status: 'open'};
  const muted: HintedState = {...open, muted: true};

  /** The last hint after so many seconds at that level. */
  function after(seconds: number, level: number, state: HintedState, hear = createHearing()) {
    let hint = state.hint;
    for (let look = 0; look < seconds * LOOKS; look++) hint = hear(level, {...state, hint});
    return hint;
  }

  it('is told to who talks while muted, but not for a cough', () => {
    expect(after(0.4, LOUD, muted)).to.equal(undefined);
    expect(after(1, LOUD, muted)).to.equal('unheard');
    expect(after(5, ROOM, muted)).to.equal(undefined);
    expect(after(5, LOUD, open)).to.equal(undefined);
  });

  it('goes on being told from word to word, until they are silent or heard', () => {
    const hear = createHearing();
    expect(after(3, LOUD, muted, hear)).to.equal('unheard');
    expect(after(1, ROOM, {...muted, hint: 'unheard'}, hear)).to.equal('unheard');
    expect(after(2, ROOM, {...muted, hint: 'unheard'}, hear)).to.equal(undefined);
    expect(after(3, LOUD, muted, hear)).to.equal('unheard');
    expect(after(0.1, LOUD, {...open, hint: 'unheard'}, hear)).to.equal(undefined);
  });

  it('is told where nothing comes at all for ten seconds of their turn', () => {
    expect(after(9, 0, open)).to.equal(undefined);
    expect(after(11, 0, open)).to.equal('silent');
    expect(after(11, ROOM, open)).to.equal(undefined);
    expect(after(11, 0, muted)).to.equal(undefined);
    expect(after(11, 0, {...open, activity: 'speaking'})).to.equal(undefined);
    expect(after(11, 0, {...open, mode: 'hands-on', handsOnControl: 'hold'})).to.equal(undefined);
  });

  it('is not told any more at the first sound', () => {
    const hear = createHearing();
    expect(after(11, 0, open, hear)).to.equal('silent');
    expect(hear(ROOM, {...open, hint: 'silent'})).to.equal(undefined);
  });
});

describe('the voices', function () {
  this.timeout(30_000);
  const Original = globalThis.AudioContext;
  let contexts: AudioContext[];
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let tone: AudioContext;
  let gain: GainNode;

  // A Firefox without a sound device runs no audio context at all; there is nothing to look at then.
  before(async function () {
    const context = new Original();
    const runs = await Promise.race([context.resume().then(() => true), patience()]);
    void context.close();
    if (!runs) this.skip();
  });
  const patience = () => new Promise<false>(resolve => setTimeout(resolve, 5000, false));

  beforeEach(async () => {
    tone = new Original();
    gain = new GainNode(tone, {gain: 0});
    const oscillator = new OscillatorNode(tone, {frequency: 440});
    const microphone = new MediaStreamAudioDestinationNode(tone);
    oscillator.connect(gain).connect(microphone);
    oscillator.start();
    contexts = [];
    globalThis.AudioContext = class extends Original {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    };
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
    element.stream = microphone.stream;
    await element.connect();
    await engine.hears('configure');
  });

  afterEach(async () => {
    globalThis.AudioContext = Original;
    await element.disconnect();
    engine.close();
    await tone.close();
  });

  const level = (whose: string) => {
    const player = element.renderRoot.querySelector('diarupt-player') as Element;
    return Number(getComputedStyle(player).getPropertyValue(`--diarupt-${whose}-level`));
  };
  const status = () =>
    element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();
  const eventually = (what: string, condition: () => boolean) =>
    waitUntil(condition, what, {timeout: 10_000});

  it('are seen as loud as they are', async () => {
    gain.gain.value = 0.5;
    await eventually('the visitor is loud', () => level('user') > 0.2);
    gain.gain.value = 0;
    await eventually('the visitor is silent', () => level('user') === 0);
    await eventually('the AI is heard, too', () => level('assistant') > 0);
  });

  it('are told apart from silence while muted: the visitor reads that nobody hears', async () => {
    element.muted = true;
    gain.gain.value = 0.5;
    await eventually('it says so', () => status() === 'You are muted: unmute to be heard');
    expect(element.matches(':state(unheard)')).to.equal(true);
    await expect(element).to.be.accessible();
    element.muted = false;
    await eventually('it is over', () => status() === 'Listening');
  });

  it('are listened to while the conversation is open and seen, and no longer', async () => {
    expect(contexts).to.have.lengthOf(1);
    element.layout = 'floating';
    await eventually('it is closed', () => contexts[0]?.state === 'closed');
    element.expanded = true;
    await eventually('there is another', () => contexts.length === 2);
    await element.disconnect();
    await eventually('that is closed, too', () => contexts[1]?.state === 'closed');
  });

  it('may be kept from us: nothing is shown while the browser runs no audio', async () => {
    await contexts[0]?.suspend();
    gain.gain.value = 0.5;
    engine.send('ping');
    await engine.hears('pong');
    expect(element.status).to.equal('open');
    await contexts[0]?.resume();
    await eventually('it goes on', () => level('user') > 0.2);
  });
});
