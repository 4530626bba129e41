import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse} from '@web/test-runner-commands';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {Holdings} from '../support/holdings.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

describe('<diarupt-response-button>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let root: ShadowRoot;

  const button = (part = 'button') => root.querySelector<HTMLButtonElement>(`[part=${part}]`);
  const label = () => button()?.textContent?.trim();
  const status = () =>
    element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();
  const heard = () => engine.received.map(({event}) => event);
  /** Where the middle of the button is. */
  const middle = (): [number, number] => {
    const {left, top, width, height} = (button() as Element).getBoundingClientRect();
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  };

  async function open(control: 'tap' | 'hold'): Promise<void> {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction
        session-id="session-1"
        mode="hands-on"
        hands-on-control=${control}
        engine-url=${engine.url}
      ></diarupt-interaction>
    `);
    await element.connect();
    await engine.hears('configure');
    root = element.renderRoot.querySelector('diarupt-response-button')?.shadowRoot as ShadowRoot;
    await waitUntil(() => button());
  }

  afterEach(async () => {
    await resetMouse();
    await element.disconnect();
    engine.close();
  });

  describe('to be tapped', () => {
    beforeEach(() => open('tap'));

    /** The visitor has begun to talk, and pauses where a time is given. */
    async function talk(timeout?: number | null): Promise<void> {
      engine.send('user-started-talking');
      await waitUntil(() => button()?.ariaDisabled === 'false');
      if (timeout === undefined) return;
      engine.send('user-paused', {timeout});
    }

    it('says what it waits for, and is sent once', async () => {
      expect(label()).to.equal('Speak, then send');
      expect(button()?.ariaDisabled).to.equal('true');
      await talk();
      expect(label()).to.equal('Send response');
      button()?.click();
      await engine.hears('send-user-response');
      await waitUntil(() => label() === 'Sending');
      button()?.click();
      engine.send('user-stopped-talking');
      await waitUntil(() => label() === 'Speak, then send');
      expect(heard()).to.deep.equal(['configure', 'send-user-response']);
    });

    it('shows by a ring how much time is left, which talking on ends', async () => {
      await talk(5000);
      await waitUntil(() => button('keep'));
      const ring = root.querySelector('circle');
      const [running] = ring?.getAnimations() ?? [];
      expect(running?.effect?.getComputedTiming().duration).to.equal(5000);
      expect(getComputedStyle(ring as Element).visibility).to.equal('visible');
      expect(status()).to.equal('Still thinking? Your response is sent soon');
      await expect(element).to.be.accessible();
      engine.send('user-resumed');
      await waitUntil(() => !button('keep'));
      expect(ring?.getAnimations()).to.deep.equal([]);
    });

    it('gives the whole time again to who is still thinking, by button and by key', async () => {
      await talk(5000);
      await waitUntil(() => button('keep'));
      button('keep')?.click();
      await engine.hears('keep-user-turn');
      const [before] = root.querySelector('circle')?.getAnimations() ?? [];
      engine.send('user-paused', {timeout: 5000});
      const ring = () => root.querySelector('circle')?.getAnimations()[0];
      const isAnew = () => ring() && ring() !== before;
      await waitUntil(isAnew, 'the ring begins anew');
      button()?.focus();
      await sendKeys({press: 'Escape'});
      await engine.hears('keep-user-turn', 2);
    });

    it('has no ring and nothing to extend where there is no limit', async () => {
      await talk(null);
      engine.send('ping');
      await engine.hears('pong');
      expect(button('keep')).to.equal(null);
      expect(element.keepUserTurn()).to.equal(true);
      expect(status()).to.equal('Send when you are ready');
    });

    it('drops what was said where the visitor discards it', async () => {
      await talk();
      button('discard')?.click();
      await engine.hears('discard-user-response');
      await waitUntil(() => label() === 'Speak, then send');
      expect(element.sendUserResponse()).to.equal(false);
      expect(element.discardUserResponse()).to.equal(false);
    });

    it('is held back where the page prevents it, and can be sent later', async () => {
      const asked: unknown[] = [];
      const hold = (event: Event) => {
        asked.push((event as CustomEvent).detail);
        event.preventDefault();
      };
      element.addEventListener('beforesend', hold);
      expect(element.sendUserResponse()).to.equal(false);
      await talk();
      button()?.click();
      expect(asked).to.deep.equal([{text: null}]);
      expect(element.sendText(' Hello ')).to.equal(false);
      expect(asked.at(-1)).to.deep.equal({text: ' Hello '});
      element.removeEventListener('beforesend', hold);
      expect(element.sendText(' Hello ')).to.equal(true);
      expect(await engine.hears('user-text')).to.have.property('text', 'Hello');
      expect(heard()).not.to.include('send-user-response');
    });
  });

  describe('to be held', () => {
    beforeEach(() => open('hold'));

    /** Whether the engine hears anything within the next packets. */
    async function isHeard(): Promise<boolean> {
      const before = await engine.voice();
      const later = async () => (await engine.voice()).packets > before.packets + 25;
      await waitUntil(later, 'more packets');
      return (await engine.voice()).energy - before.energy > 1e-4;
    }

    it('sets no limit, and is silent until it is held', async () => {
      expect(label()).to.equal('Hold to talk');
      expect(engine.received[0]?.data).to.deep.equal({mode: 'hands-on', handsOnTimeout: null});
      expect(await isHeard()).to.equal(false);
      await expect(element).to.be.accessible();
    });

    it('is heard while a pointer holds it, and sent when it is let go, wherever that is', async () => {
      await sendMouse({type: 'move', position: middle()});
      await sendMouse({type: 'down'});
      await waitUntil(() => label() === 'Let go to send');
      await waitUntil(isHeard, 'the visitor is heard');
      await sendMouse({type: 'move', position: [1, 1]});
      expect(heard()).not.to.include('send-user-response');
      const afterwards = new Promise(resolve => {
        addEventListener('pointerup', () => setTimeout(() => resolve(label())), {once: true});
      });
      await sendMouse({type: 'up'});
      expect(await afterwards, 'the last syllable is waited for').to.equal('Let go to send');
      await engine.hears('send-user-response');
      await waitUntil(() => label() === 'Hold to talk');
      await waitUntil(async () => !(await isHeard()), 'it is silent again');
    });

    for (const key of [' ', 'Enter']) {
      it(`is held by ${key === ' ' ? 'Space' : key}, too`, async () => {
        button()?.focus();
        await sendKeys({down: key});
        await waitUntil(() => button()?.ariaPressed === 'true');
        await sendKeys({up: key});
        await engine.hears('send-user-response');
        expect(button()?.ariaPressed).to.equal('false');
      });
    }

    it('is let go of when the focus or the window is lost, once', async () => {
      for (const [at, lose] of [
        () => button()?.blur(),
        () => dispatchEvent(new FocusEvent('blur')),
      ].entries()) {
        button()?.focus();
        await sendKeys({down: ' '});
        await waitUntil(() => button()?.ariaPressed === 'true');
        lose();
        await engine.hears('send-user-response', at + 1);
        engine.send('user-stopped-talking');
        await sendKeys({up: ' '});
        await waitUntil(() => label() === 'Hold to talk');
      }
      expect(heard().filter(event => event === 'send-user-response')).to.have.length(2);
    });

    it('goes on where it is pressed again within the last syllable', async () => {
      // At once, which no driver of a browser can promise.
      for (const type of ['keydown', 'keyup', 'keydown']) {
        button()?.dispatchEvent(new KeyboardEvent(type, {key: ' ', bubbles: true}));
      }
      engine.send('user-started-talking');
      await waitUntil(() => button('discard'));
      expect(button()?.ariaPressed).to.equal('true');
      expect(heard()).not.to.include('send-user-response');
      button()?.dispatchEvent(new KeyboardEvent('keyup', {key: ' ', bubbles: true}));
      await engine.hears('send-user-response');
    });

    it('is taken by one click and let go of by the next where clicks are all there is', async () => {
      button()?.click();
      await waitUntil(() => label() === 'Let go to send');
      button()?.click();
      await engine.hears('send-user-response');
    });

    it('is held in the document of a frame, whose events are of its own classes', async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const {contentDocument, contentWindow} = frame;
      contentDocument?.body.append(element);
      await element.connect();
      await waitUntil(() => button()?.ariaDisabled === 'false');
      const {KeyboardEvent} = contentWindow as Window & typeof globalThis;
      button()?.dispatchEvent(new KeyboardEvent('keydown', {key: ' '}));
      await waitUntil(() => button()?.ariaPressed === 'true');
      button()?.dispatchEvent(new KeyboardEvent('keyup', {key: ' '}));
      await engine.hears('send-user-response');
      await element.disconnect();
      frame.remove();
    });

    it('waits for no last syllable when the conversation is over', async () => {
      const holdings = new Holdings();
      button()?.click();
      button()?.click();
      expect(holdings.all).to.have.length(1);
      const released = element.release();
      void element.disconnect();
      expect(holdings.all).to.deep.equal([]);
      holdings.restore();
      await released;
    });

    it('is not muted for good: a microphone that is muted stays so', async () => {
      element.muted = true;
      await element.updateComplete;
      button()?.click();
      await waitUntil(() => label() === 'Let go to send');
      expect(await isHeard()).to.equal(false);
    });

    it('changes between the two in the middle of a conversation', async () => {
      element.handsOnControl = 'tap';
      expect(await engine.hears('configure', 2)).to.include({handsOnTimeout: 5000});
      await waitUntil(isHeard, 'the visitor is heard');
      element.mode = 'hands-free';
      await engine.hears('configure', 3);
      expect(button()).to.equal(null);
    });
  });
});
