import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('<diarupt-text-input>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const part = () => element.renderRoot.querySelector('diarupt-text-input') as HTMLElement;
  const find = <E extends HTMLElement>(name: string) =>
    part().shadowRoot?.querySelector(`[part=${name}]`) as E;
  const field = () => find<HTMLTextAreaElement>('field');
  const texts = () =>
    engine.received.flatMap(({event, data}) =>
      event === 'user-text' ? [(data as {text: string}).text] : [],
    );

  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" text-input engine-url=${engine.url}>
      </diarupt-interaction>
    `);
  });

  afterEach(async () => {
    await element.disconnect();
    engine.close();
  });

  async function open(): Promise<void> {
    await element.connect();
    await engine.hears('configure');
    await waitUntil(() => find('button').ariaDisabled === 'false');
  }

  async function type(text: string): Promise<void> {
    field().focus();
    await sendKeys({type: text});
  }

  it('is there where the element has text-input', async () => {
    expect(part().checkVisibility()).to.equal(true);
    element.textInput = false;
    await element.updateComplete;
    expect(part()).to.equal(null);
  });

  it('sends by Enter, and keeps the focus for what comes next', async () => {
    await open();
    await type('What can you do?');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['What can you do?']);
    expect(field().value).to.equal('');
    expect(part().shadowRoot?.activeElement).to.equal(field());
  });

  it('sends by its button, too', async () => {
    await open();
    await type('Hello');
    find('button').click();
    await engine.hears('user-text');
    expect(part().shadowRoot?.activeElement).to.equal(field());
  });

  it('breaks the line by Shift and Enter', async () => {
    await open();
    await type('one');
    await sendKeys({down: 'Shift'});
    await sendKeys({press: 'Enter'});
    await sendKeys({up: 'Shift'});
    await type('two');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['one\ntwo']);
  });

  it('leaves the Enter that accepts a word to the input method', async () => {
    await open();
    await type('nihon');
    const enter = {key: 'Enter', isComposing: true, cancelable: true, bubbles: true};
    expect(field().dispatchEvent(new KeyboardEvent('keydown', enter))).to.equal(true);
    expect(field().value).to.equal('nihon');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['nihon']);
  });

  it('keeps what cannot be sent yet', async () => {
    let connect: () => void = () => {};
    const isReady = new Promise<undefined>(resolve => (connect = () => resolve(undefined)));
    engine.script = () => isReady;
    const opened = open();
    await waitUntil(() => find('button').ariaDisabled === 'true');
    await type('Are you there?');
    await sendKeys({press: 'Enter'});
    expect(field().value).to.equal('Are you there?');
    connect();
    await opened;
    expect(field().value).to.equal('Are you there?');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['Are you there?']);
  });

  describe('without a conversation', () => {
    let microphone: {prompts: number};
    const isFocused = () => part().shadowRoot?.activeElement === field();
    const status = () =>
      element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();
    const stop = (event: Event) => event.stopPropagation();

    beforeEach(() => {
      document.addEventListener('error', stop);
      microphone = replaceMicrophone(() => Promise.reject(new DOMException('', 'NotAllowedError')));
    });

    afterEach(() => {
      document.removeEventListener('error', stop);
      restoreMicrophone();
    });

    it('starts one without a microphone, and sends what was typed', async () => {
      await type('What can you do?');
      expect(find('button').ariaDisabled).to.equal('false');
      await sendKeys({press: 'Enter'});
      await engine.hears('user-text');
      expect(texts()).to.deep.equal(['What can you do?']);
      await waitUntil(() => field().value === '', 'the field is empty');
      expect([element.status, element.muted]).to.deep.equal(['open', true]);
      expect(isFocused()).to.equal(true);
      expect(microphone.prompts).to.equal(0);
      expect(status()).to.equal('Thinking');
    });

    it('goes on with the one before', async () => {
      await type('One');
      await sendKeys({press: 'Enter'});
      await engine.hears('user-text');
      await element.disconnect();
      await type('Two');
      find('button').click();
      expect(isFocused()).to.equal(true);
      await engine.hears('user-text', 2);
      expect(texts()).to.deep.equal(['One', 'Two']);
      expect(microphone.prompts).to.equal(0);
    });

    it('keeps it where the start fails, which is told, and may begin by voice then', async () => {
      engine.script = () => new Response(null, {status: 404});
      await type('Hello');
      await sendKeys({press: 'Enter'});
      await waitUntil(() => status()?.startsWith('The conversation could not be started'));
      expect([field().value, isFocused(), element.muted]).to.deep.equal(['Hello', true, false]);
      engine.script = () => undefined;
      await sendKeys({press: 'Enter'});
      await engine.hears('user-text');
      expect(texts()).to.deep.equal(['Hello']);
    });

    it('keeps it where the page lets nothing start', async () => {
      element.addEventListener('beforeconnect', event => event.preventDefault(), {once: true});
      await type('Hello');
      await sendKeys({press: 'Enter'});
      await waitUntil(() => !element.muted);
      expect([element.status, field().value]).to.deep.equal(['idle', 'Hello']);
      expect(engine.requests).to.deep.equal([]);
    });

    it('keeps it where the page holds it back, and the conversation', async () => {
      element.addEventListener('beforesend', event => event.preventDefault(), {once: true});
      await type('Hello');
      await sendKeys({press: 'Enter'});
      await engine.hears('configure');
      await waitUntil(() => find('button').ariaDisabled === 'false');
      expect(field().value).to.equal('Hello');
      await sendKeys({press: 'Enter'});
      await engine.hears('user-text');
      expect(texts()).to.deep.equal(['Hello']);
    });

    it('asks for consent first, and gives the focus back', async () => {
      element.insertAdjacentHTML('beforeend', '<p slot="consent">We keep what is said.</p>');
      await type('Hello');
      await sendKeys({press: 'Enter'});
      const agree = () => element.renderRoot.querySelector<HTMLElement>('.consent .primary');
      await waitUntil(() => agree());
      expect(engine.requests).to.deep.equal([]);
      agree()?.click();
      await engine.hears('user-text');
      expect(texts()).to.deep.equal(['Hello']);
      await waitUntil(() => isFocused(), 'the focus is in the field');
    });

    it('starts none where nothing is typed', async () => {
      await type('  ');
      await sendKeys({press: 'Enter'});
      await element.updateComplete;
      expect([element.status, element.muted]).to.deep.equal(['idle', false]);
    });

    it('leaves what is typed while it starts for the next time', async () => {
      let connect: () => void = () => {};
      const isReady = new Promise<undefined>(resolve => (connect = () => resolve(undefined)));
      engine.script = () => isReady;
      await type('Hello');
      await sendKeys({press: 'Enter'});
      await engine.sees('POST');
      await sendKeys({press: 'Enter'});
      await sendKeys({type: 'And'});
      connect();
      await engine.hears('user-text');
      await waitUntil(() => field().value === 'And', 'it stays');
      await sendKeys({type: ' another'});
      await sendKeys({press: 'Enter'});
      await engine.hears('user-text', 2);
      expect(texts()).to.deep.equal(['Hello', 'And another']);
    });

    for (const layout of [null, 'bar', 'floating'] as const) {
      it(`is offered to whom no microphone is allowed, ${layout ?? 'inline'}`, async () => {
        Object.assign(element, {layout, expanded: true, textInput: false});
        await element.connect().catch(() => {});
        await waitUntil(() => part()?.checkVisibility(), 'there is a field');
        expect(microphone.prompts).to.equal(1);
        expect(status()).to.match(/^The microphone was not allowed/);
        for (const scheme of ['light', 'dark']) {
          document.documentElement.style.colorScheme = scheme;
          await expect(element).to.be.accessible();
        }
        await type('Hello');
        await sendKeys({press: 'Enter'});
        await engine.hears('user-text');
        expect(microphone.prompts).to.equal(1);
        await waitUntil(() => status() === 'Thinking', 'the refusal is forgotten');
      });
    }

    it('is not offered where something else has failed', async () => {
      element.textInput = false;
      element.muted = true;
      engine.script = () => new Response(null, {status: 404});
      await element.connect().catch(() => {});
      await element.updateComplete;
      expect(part()).to.equal(null);
    });
  });

  it('keeps what the page holds back', async () => {
    await open();
    const prevent = (event: Event) => event.preventDefault();
    element.addEventListener('beforesend', prevent, {once: true});
    await type('My number is 123');
    await sendKeys({press: 'Enter'});
    expect(field().value).to.equal('My number is 123');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['My number is 123']);
  });

  it('sends nothing where nothing is typed', async () => {
    await open();
    await type('  ');
    await sendKeys({press: 'Enter'});
    engine.send('ping');
    await engine.hears('pong');
    expect(texts()).to.deep.equal([]);
  });

  for (const layout of [null, 'bar', 'floating'] as const) {
    it(`is named, reachable and whole, ${layout ?? 'inline'}`, async () => {
      Object.assign(element, {layout, expanded: true});
      await open();
      const {left, right, height} = field().getBoundingClientRect();
      const box = (
        element.renderRoot.querySelector('.layout') as HTMLElement
      ).getBoundingClientRect();
      expect(height).to.be.at.least(44);
      expect(left >= box.left && right <= box.right).to.equal(true);
      expect(field().ariaLabel).to.equal('Type instead of talking');
      for (const scheme of ['light', 'dark']) {
        document.documentElement.style.colorScheme = scheme;
        await expect(element).to.be.accessible();
      }
    });
  }
});
