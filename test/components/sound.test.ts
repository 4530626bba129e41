import {expect, fixture, html} from '@open-wc/testing';
import {emulateMedia, sendKeys, sendMouse} from '@web/test-runner-commands';
import {createHearing, LOOKS} from '../../src/components/hearing.js';
import type {HintedState} from '../../src/components/interaction-context.js';
import {IDLE} from '../../src/core/state.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

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

describe('the voices', () => {
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

  const part = (name: string, inside = 'button') =>
    element.renderRoot
      .querySelector(`diarupt-${name}`)
      ?.shadowRoot?.querySelector(inside) as Element;
  const level = (whose: string) => {
    const player = element.renderRoot.querySelector('diarupt-player') as Element;
    return Number(getComputedStyle(player).getPropertyValue(`--diarupt-${whose}-level`));
  };
  const status = () =>
    element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();

  it('are seen as loud as they are', async () => {
    gain.gain.value = 0.5;
    await waitUntil(() => level('user') > 0.2, 'the visitor is loud');
    gain.gain.value = 0;
    await waitUntil(() => level('user') === 0, 'the visitor is silent');
    await waitUntil(() => level('assistant') > 0, 'the AI is heard, too');
  });

  it('are told apart from silence while muted: the visitor reads that nobody hears', async () => {
    element.muted = true;
    gain.gain.value = 0.5;
    await waitUntil(() => status() === 'You are muted: unmute to be heard', 'it says so');
    expect(element.matches(':state(unheard)')).to.equal(true);
    await expect(element).to.be.accessible();
    element.muted = false;
    await waitUntil(() => status() === 'Listening', 'it is over');
  });

  it('are listened to while the conversation is open and seen, and no longer', async () => {
    expect(contexts).to.have.lengthOf(1);
    element.layout = 'floating';
    await waitUntil(() => contexts[0]?.state === 'closed', 'it is closed');
    element.expanded = true;
    await waitUntil(() => contexts.length === 2, 'there is another');
    await element.disconnect();
    await waitUntil(() => contexts[1]?.state === 'closed', 'that is closed, too');
  });

  it('may be kept from us: nothing is shown while the browser runs no audio', async () => {
    await contexts[0]?.suspend();
    gain.gain.value = 0.5;
    engine.send('ping');
    await engine.hears('pong');
    expect(element.status).to.equal('open');
    await contexts[0]?.resume();
    await waitUntil(() => level('user') > 0.2, 'it goes on');
  });

  it('are seen again when the visitor has pressed something, where the browser had stopped the audio', async () => {
    await contexts[0]?.suspend();
    gain.gain.value = 0.5;
    await sendMouse({type: 'click', position: [1, 1]});
    await waitUntil(() => level('user') > 0.2, 'they are');
  });

  it('move a ring around the microphone', async () => {
    const ring = () => getComputedStyle(part('mic-button'), '::after');
    expect(ring().opacity).to.equal('0');
    gain.gain.value = 0.5;
    await waitUntil(() => Number(ring().scale) > 1.1 && ring().opacity === '1', 'it grows');
    element.muted = true;
    await waitUntil(() => ring().scale === '1', 'it is gone while muted');
    await waitUntil(() => ring().borderTopStyle === 'dashed', 'it is broken for who talks');
  });

  it('are told once, however many syllables there are', async () => {
    element.muted = true;
    await waitUntil(() => status() === 'Your microphone is muted', 'it is muted');
    const told: unknown[] = [];
    new MutationObserver(() => told.push(status())).observe(part('status', 'p'), {
      characterData: true,
      childList: true,
      subtree: true,
    });
    for (let syllable = 0; syllable < 12; syllable += 1) {
      const start = tone.currentTime + syllable * 0.3;
      gain.gain.setValueAtTime(0.5, start).setValueAtTime(0, start + 0.15);
    }
    await waitUntil(() => told.length === 1, 'it is said');
    await waitUntil(() => told.length === 2, 'it is over');
    expect(told).to.deep.equal(['You are muted: unmute to be heard', 'Your microphone is muted']);
  });

  it('are followed from one microphone to the next', async () => {
    gain.gain.value = 0.5;
    await waitUntil(() => level('user') > 0.2, 'the first is loud');
    const quiet = new MediaStreamAudioDestinationNode(tone).stream.getAudioTracks()[0];
    Object.defineProperty(element, 'microphone', {configurable: true, get: () => quiet});
    await waitUntil(() => level('user') === 0, 'the second is silent');
    Reflect.deleteProperty(element, 'microphone');
    await waitUntil(() => level('user') > 0.2, 'the first is back');
  });

  it('stand still, but are told apart, for who wants no motion', async function () {
    if (!navigator.userAgent.includes('Chrome')) this.skip(); // The driver of Firefox cannot ask.
    await emulateMedia({reducedMotion: 'reduce'});
    gain.gain.value = 0.5;
    await waitUntil(() => level('user') > 0.2, 'the visitor is loud');
    const orb = (pseudo?: string) => getComputedStyle(part('player', '.orb'), pseudo);
    const listening = orb('::before').borderTopStyle;
    const moves = () => [orb().animationName, orb().scale, orb('::before').scale];
    // What moved when the motion was taken away comes to rest first.
    await waitUntil(() => moves().every(move => move === 'none'), 'nothing moves');
    engine.send('transcript', {role: 'user', content: 'Hello', complete: true});
    await waitUntil(() => status() === 'Thinking', 'it thinks');
    expect(orb('::before').borderTopStyle).not.to.equal(listening);
    await emulateMedia({reducedMotion: 'no-preference'});
  });
});

describe('a conversation without a meter', () => {
  const {AudioContext, setInterval} = globalThis;
  const {play} = HTMLMediaElement.prototype;
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
  });

  afterEach(async () => {
    Object.assign(globalThis, {AudioContext, setInterval});
    HTMLMediaElement.prototype.play = play;
    await element.disconnect();
    engine.close();
  });

  const status = () =>
    element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();

  it('goes on where the browser has no audio context', async () => {
    globalThis.AudioContext = class {
      constructor() {
        throw new DOMException('There is none.', 'NotSupportedError');
      }
    } as unknown as typeof AudioContext;
    await element.connect();
    await element.updateComplete;
    expect(element.status).to.equal('open');
  });

  it('says that nothing is heard of a silent microphone only where it could be', async () => {
    // The looks come as fast as they can: ten seconds of them are there at once.
    let looks = 0;
    globalThis.setInterval = ((look: () => void, ms: number) =>
      setInterval(
        () => ((looks += 1), look()),
        ms === 1000 / LOOKS ? 0 : ms,
      )) as typeof setInterval;
    const context = new AudioContext({sampleRate: 16_000});
    element.stream = new MediaStreamAudioDestinationNode(context).stream;
    const refused = await isRefused(element.stream);
    await element.connect();
    await waitUntil(() => looks > 20 * LOOKS, 'it has looked');
    const says = refused ? 'Listening' : 'We hear nothing: check your microphone';
    await waitUntil(() => status() === says, says);
    await expect(element).to.be.accessible();
    await context.close();
  });

  it('gives the focus to what the pressed “Play sound” has started', async () => {
    HTMLMediaElement.prototype.play = function () {
      const isPlayer = this instanceof HTMLVideoElement; // The engine of the tests plays, too.
      const refusal = new DOMException('Press something.', 'NotAllowedError');
      return isPlayer ? Promise.reject(refusal) : play.call(this);
    };
    const stop = (event: Event) => event.stopPropagation();
    element.addEventListener('error', stop);
    await element.connect();
    const root = element.renderRoot.querySelector('diarupt-player')?.shadowRoot as ShadowRoot;
    await waitUntil(() => root.querySelector('button'), 'there is a button');
    HTMLMediaElement.prototype.play = play;
    root.querySelector('button')?.focus();
    await sendKeys({press: 'Enter'});
    await waitUntil(() => !root.querySelector('button'), 'the button is gone');
    expect(root.activeElement).to.equal(root.querySelector('video'));
  });

  async function isRefused(stream: MediaStream): Promise<boolean> {
    const context = new AudioContext();
    await Promise.race([context.resume(), new Promise(resolve => setTimeout(resolve, 2000))]);
    try {
      context.createMediaStreamSource(stream);
      return context.state !== 'running';
    } catch {
      return true;
    } finally {
      await context.close();
    }
  }
});
