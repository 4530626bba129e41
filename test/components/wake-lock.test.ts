import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

describe('the screen', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let locks: {released: boolean}[];
  let refuse = false;

  beforeEach(async () => {
    refuse = false;
    locks = [];
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
    // Browsers without a screen refuse: what is asked of them is what counts.
    Object.defineProperty(navigator, 'wakeLock', {
      configurable: true,
      value: {
        request: () => {
          if (refuse) return Promise.reject(new DOMException('low battery', 'NotAllowedError'));
          const lock = {released: false, release: async () => void (lock.released = true)};
          locks.push(lock);
          return Promise.resolve(lock);
        },
      },
    });
  });

  afterEach(async () => {
    Reflect.deleteProperty(navigator, 'wakeLock');
    await element.disconnect();
    engine.close();
  });

  it('stays awake while a conversation is open, and no longer', async () => {
    expect(locks).to.have.lengthOf(0);
    await element.connect();
    await waitUntil(() => locks.length === 1);
    expect(locks[0]?.released).to.equal(false);
    await element.disconnect();
    await waitUntil(() => locks[0]?.released);
  });

  it('is asked for again when the visitor comes back, who took it away by leaving', async () => {
    await element.connect();
    document.dispatchEvent(new Event('visibilitychange'));
    await waitUntil(() => locks.length === 2);
    await element.disconnect();
    document.dispatchEvent(new Event('visibilitychange'));
    await waitUntil(() => locks[1]?.released);
    expect(locks).to.have.lengthOf(2);
  });

  it('may go to sleep where the browser wants it to', async () => {
    refuse = true;
    await element.connect();
    expect(element.status).to.equal('open');
  });
});
