import {expect, fixture, html} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {task} from '../support/random.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const REFUSED =
  'The microphone was not allowed. Allow it for this site in your browser, then try again.';
const MUTED = 'Your microphone is muted';
const ANSWER = {
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'assistant',
  content: 'I can talk',
  complete: false,
};

describe('a visitor who starts muted', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let events: [event: string, data: unknown][];
  const {setInterval} = globalThis;

  const part = (name: string) =>
    element.renderRoot.querySelector(`diarupt-${name}`)?.shadowRoot as ShadowRoot;
  const button = () => part('mic-button').querySelector('button') as HTMLButtonElement;
  const status = () => part('status').querySelector('p') as HTMLElement;
  const says = (text: string) =>
    waitUntil(() => status().textContent?.trim() === text, `it says “${text}”`);
  const refuse = () => Promise.reject(new DOMException('no', 'NotAllowedError'));

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  const stop = (event: Event) => event.stopPropagation();
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));

  beforeEach(async () => {
    engine = new PeerEngine();
    events = [];
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url} muted>
      </diarupt-interaction>
    `);
    element.next = (event, data) => void events.push([event, data]);
  });

  afterEach(async () => {
    globalThis.setInterval = setInterval;
    restoreMicrophone();
    await element.disconnect();
    engine.close();
  });

  async function open(): Promise<void> {
    await element.connect();
    await engine.hears('configure');
  }

  it('is asked for the microphone by the button, and muted until it is there', async () => {
    let grant: (stream: MediaStream) => void = () => {};
    const microphone = replaceMicrophone(() => new Promise(resolve => (grant = resolve)));
    await open();
    await says(MUTED);
    expect(microphone.prompts).to.equal(0);
    button().click();
    await waitUntil(() => microphone.prompts === 1);
    button().click();
    await element.updateComplete;
    expect([button().ariaPressed, microphone.prompts]).to.deep.equal(['true', 1]);
    grant(await openFakeMicrophone());
    await says('Listening');
    expect([button().ariaPressed, element.muted]).to.deep.equal(['false', false]);
    button().click();
    await says(MUTED);
    button().click();
    await says('Listening');
    expect(microphone.prompts).to.equal(1);
    expect(events.map(([event]) => event)).to.deep.equal(['open']);
  });

  it('is told where it is refused, and types', async () => {
    let looks = 0;
    globalThis.setInterval = ((look: () => void, ms: number) =>
      setInterval(() => ((looks += 1), look()), ms)) as typeof setInterval;
    const dispatched: string[] = [];
    element.addEventListener('error', ({detail}) => {
      dispatched.push((detail as InteractionError).code);
    });
    replaceMicrophone(refuse);
    await open();
    button().click();
    await says(REFUSED);
    expect(events.map(([event]) => event)).to.deep.equal(['open', 'error']);
    expect(dispatched).to.deep.equal(['microphone-denied']);
    expect([element.status, element.muted, element.error]).to.deep.equal(['open', true, null]);
    expect([status().className, button().title]).to.deep.equal(['error', REFUSED]);
    expect(button().ariaPressed).to.equal('true');
    const before = looks;
    await waitUntil(() => looks > before + 10, 'both voices are listened to meanwhile');
    engine.send('transcript', ANSWER);
    await waitUntil(() => element.transcript.length === 1);
    await says(REFUSED);
    await waitUntil(() => part('text-input'), 'there is a field');
    await expect(element).to.be.accessible();

    expect(element.sendText('Hello')).to.equal(true);
    await says('Thinking');
    engine.send('transcript', {...ANSWER, timestamp: '2026-01-01T00:00:01.000Z'});
    await says('Speaking');
    engine.send('transcript', {...ANSWER, timestamp: '2026-01-01T00:00:01.000Z', complete: true});
    await says(MUTED);
    expect(button().title).to.equal('Mute microphone');
  });

  it('is told still when they have closed the panel and come back', async () => {
    element.layout = 'floating';
    element.expanded = true;
    replaceMicrophone(refuse);
    await open();
    button().click();
    await says(REFUSED);
    for (const expanded of [false, true]) {
      element.expanded = expanded;
      await element.updateComplete;
    }
    await says(REFUSED);
  });

  it('is told no more when it is allowed after all', async () => {
    replaceMicrophone(refuse);
    await open();
    button().click();
    await says(REFUSED);
    replaceMicrophone(openFakeMicrophone);
    button().click();
    await says('Listening');
    expect(element.muted).to.equal(false);
  });

  it('is told no more at the next start', async () => {
    replaceMicrophone(refuse);
    await open();
    button().click();
    await says(REFUSED);
    await element.disconnect();
    await says('Paused');
    await element.connect();
    await says(MUTED);
  });

  it('is told when it is open where that was refused before', async () => {
    let connect: () => void = () => {};
    const isReady = new Promise<undefined>(resolve => (connect = () => resolve(undefined)));
    engine.script = () => isReady;
    replaceMicrophone(refuse);
    const opened = open();
    await engine.sees('POST');
    button().click();
    await task();
    expect([element.status, events]).to.deep.equal(['connecting', []]);
    connect();
    await opened;
    await says(REFUSED);
    expect(events.map(([event]) => event)).to.deep.equal(['open', 'error']);
  });

  it('is told once where it was needed for the start, whatever is set meanwhile', async () => {
    let refusePrompt: () => void = () => {};
    const microphone = replaceMicrophone(
      () => new Promise((_, reject) => (refusePrompt = () => void refuse().catch(reject))),
    );
    element.muted = false;
    const started = element.connect().catch(() => {});
    await waitUntil(() => microphone.prompts === 1);
    element.captions = true;
    await element.updateComplete;
    refusePrompt();
    await started;
    await task();
    expect(events.map(([event]) => event)).to.deep.equal(['error', 'close']);
    expect([element.muted, microphone.prompts]).to.deep.equal([false, 1]);
  });

  it('is told nothing where they have muted again, or left, before they refuse', async () => {
    let refusePrompt: () => void = () => {};
    const microphone = replaceMicrophone(
      () => new Promise((_, reject) => (refusePrompt = () => void refuse().catch(reject))),
    );
    await open();
    button().click();
    await waitUntil(() => microphone.prompts === 1);
    element.muted = true;
    await element.updateComplete;
    refusePrompt();
    await task();
    button().click();
    await waitUntil(() => microphone.prompts === 2);
    await element.disconnect();
    refusePrompt();
    await task();
    element.muted = true;
    await element.connect();
    expect(events.map(([event]) => event)).to.deep.equal(['open', 'close', 'open']);
  });
});
