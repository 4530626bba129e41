import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';

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
    await type('Are you there?');
    await sendKeys({press: 'Enter'});
    expect(field().value).to.equal('Are you there?');
    expect(find('button').ariaDisabled).to.equal('true');
    await open();
    expect(field().value).to.equal('Are you there?');
    await sendKeys({press: 'Enter'});
    await engine.hears('user-text');
    expect(texts()).to.deep.equal(['Are you there?']);
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
