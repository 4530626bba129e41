import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {BeforeConnectEvent} from '../../src/components/before-connect-event.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('<diarupt-interaction> in a page', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const find = <E extends HTMLElement>(selector: string) =>
    element.renderRoot.querySelector<E>(selector);
  const isShown = (selector: string) => find(selector)?.checkVisibility() === true;
  const focused = () => (element.renderRoot as ShadowRoot).activeElement;

  async function place(attributes: Partial<DiaruptInteraction>, content = html``): Promise<void> {
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}>
        ${content}
      </diarupt-interaction>
    `);
    Object.assign(element, attributes);
    await element.updateComplete;
  }

  beforeEach(() => (engine = new PeerEngine()));
  afterEach(async () => {
    restoreMicrophone();
    await element.disconnect();
    engine.close();
  });

  describe('floating', () => {
    beforeEach(() => place({layout: 'floating'}));

    it('is a button that opens a panel, and gives the focus back', async () => {
      expect(isShown('.panel')).to.equal(false);
      await expect(element).to.be.accessible();
      find('.launcher')?.focus();
      await sendKeys({press: 'Enter'});
      await waitUntil(() => focused()?.localName === 'diarupt-call-button');
      expect(isShown('.panel')).to.equal(true);
      expect(find('.launcher')?.ariaExpanded).to.equal('true');
      await expect(element).to.be.accessible();
      await sendKeys({press: 'Escape'});
      await waitUntil(() => focused() === find('.launcher'));
      expect(isShown('.panel')).to.equal(false);
    });

    it('goes on talking while its panel is closed', async () => {
      element.expanded = true;
      await element.connect();
      element.expanded = false;
      await element.updateComplete;
      expect(element.status).to.equal('open');
      expect(find('.launcher')?.className).to.include('live');
    });
  });

  it('as a bar shows no transcript', async () => {
    await place({layout: 'bar'});
    const transcript = find('diarupt-transcript');
    expect(transcript?.getBoundingClientRect().height).to.equal(0);
    expect(transcript?.shadowRoot?.querySelector('[role=log]')?.checkVisibility()).to.equal(false);
    expect(isShown('diarupt-call-button')).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('shows what is going on as states to style by', async () => {
    await place({mode: 'hands-on'});
    const button = find('diarupt-call-button') as HTMLElement;
    expect(element.matches(':state(idle):state(hands-on)')).to.equal(true);
    await element.connect();
    await engine.hears('configure');
    engine.send('user-started-talking');
    const isTalking = () => element.matches(':state(open):state(talking):state(listening)');
    await waitUntil(isTalking, 'the element says that it is open, and the visitor talking');
    expect(button.matches(':state(open)')).to.equal(true);
    expect(element.matches(':state(idle)')).to.equal(false);
  });

  describe('that wants something done first', () => {
    beforeEach(() => place({}));

    const onStart = (listener: (event: BeforeConnectEvent) => void) =>
      element.addEventListener('beforeconnect', listener);

    it('does not start where the page prevents it', async () => {
      onStart(event => event.preventDefault());
      const reason = await element.connect().catch((error: Error) => error);
      expect((reason as Error).name).to.equal('AbortError');
      expect(element.status).to.equal('idle');
      expect(engine.requests).to.deep.equal([]);
    });

    it('starts when it is done, and asks for nothing before', async () => {
      const microphone = replaceMicrophone(openFakeMicrophone);
      let done: () => void = () => {};
      onStart(event => event.waitUntil(new Promise<void>(resolve => (done = resolve))));
      const started = element.connect();
      await element.updateComplete;
      expect(element.status).to.equal('connecting');
      expect(microphone.prompts).to.equal(0);
      done();
      await started;
      expect(element.status).to.equal('open');
    });

    it('does not start where it fails, without an error', async () => {
      const events: string[] = [];
      element.next = (...[event]) => void events.push(event);
      onStart(event => event.waitUntil(Promise.reject(new Error('not paid'))));
      const reason = await element.connect().catch((error: Error) => error);
      expect((reason as Error).name).to.equal('AbortError');
      expect(events).to.deep.equal(['close']);
      expect(engine.requests).to.deep.equal([]);
    });
  });

  describe('that asks for consent', () => {
    beforeEach(() => place({}, html`<p slot="consent">We keep what is said.</p>`));

    const press = (selector: string) => find<HTMLButtonElement>(`.consent ${selector}`)?.click();

    it('asks before the first conversation, and once', async () => {
      const microphone = replaceMicrophone(openFakeMicrophone);
      const started = element.connect();
      await waitUntil(() => isShown('.consent'));
      expect(focused()).to.equal(find('.consent'));
      expect(isShown('.content')).to.equal(false);
      expect(microphone.prompts).to.equal(0);
      await expect(element).to.be.accessible();
      press('.primary');
      await started;
      await waitUntil(() => focused()?.localName === 'diarupt-call-button');
      await element.disconnect();
      await element.connect();
      expect(element.status).to.equal('open');
    });

    it('starts nothing where the visitor does not agree, and asks again', async () => {
      const started = element.connect().catch((error: Error) => error);
      await waitUntil(() => isShown('.consent'));
      press('button:not(.primary)');
      expect(((await started) as Error).name).to.equal('AbortError');
      await waitUntil(() => !isShown('.consent'));
      expect(engine.requests).to.deep.equal([]);
      void element.connect().catch(() => {});
      await waitUntil(() => isShown('.consent'));
    });
  });
});
