import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const QUESTION = {
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'user',
  content: 'What can you do?',
  complete: true,
};
const ANSWER = {...QUESTION, role: 'assistant', content: 'I can talk', complete: false};

/** Far above what is wanted, so that a test waits for no time to pass. */
const LONG_MS = 600_000;

describe('everybody can use the element', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  const stop = (event: Event) => event.stopPropagation();
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));
  beforeEach(() => (engine = new PeerEngine()));
  afterEach(async () => {
    restoreMicrophone();
    const left = element.disconnect();
    letGo();
    await left;
    engine.close();
  });

  /** An answer that is waited for until the test is over. */
  let letGo = () => {};
  const keepWaiting = () =>
    new Promise<Response>(resolve => {
      letGo = () => resolve(new Response(null, {status: 503}));
    });

  async function place(layout: DiaruptInteraction['layout'], consent = html``): Promise<void> {
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}>
        ${consent}
      </diarupt-interaction>
    `);
    Object.assign(element, {layout, expanded: true});
    await element.updateComplete;
  }

  const words = () =>
    element.renderRoot.querySelector('diarupt-status')?.shadowRoot?.textContent?.trim();
  const says = (status: string) => waitUntil(() => words() === status, `it says “${status}”`);

  async function open(mode: DiaruptInteraction['mode'] = 'hands-free'): Promise<void> {
    element.mode = mode;
    await element.connect();
    await engine.hears('configure');
  }

  async function talk(): Promise<void> {
    await open('hands-on');
    engine.send('user-started-talking');
    await says('Take your time, then send');
  }

  /** How each state is brought about, by what the element then says. */
  const STATES: Record<string, () => Promise<unknown>> = {
    'Ready when you are': async () => {},
    'One moment': async () => {
      element.addEventListener('beforeconnect', event => event.waitUntil(new Promise(() => {})));
      element.connect().catch(() => {});
    },
    'Please allow the microphone': async () => {
      replaceMicrophone(() => new Promise(() => {}));
      element.connect().catch(() => {});
    },
    Connecting: async () => {
      engine.script = keepWaiting;
      element.connect().catch(() => {});
    },
    Listening: () => open(),
    Thinking: async () => {
      await open();
      engine.send('transcript', QUESTION);
    },
    Speaking: async () => {
      await open();
      engine.send('transcript', QUESTION);
      engine.send('transcript', ANSWER);
    },
    'Your microphone is muted': async () => {
      await open();
      element.muted = true;
    },
    'Your turn to speak': () => open('hands-on'),
    'Take your time, then send': talk,
    'Send when you are ready': async () => {
      await talk();
      engine.send('user-paused', {timeout: null});
    },
    'Still thinking? Your response is sent soon': async () => {
      await talk();
      engine.send('user-paused', {timeout: LONG_MS});
    },
    'Your response is on its way': async () => {
      await talk();
      element.sendUserResponse();
    },
    'Connection lost, reconnecting': async () => {
      await open();
      engine.script = keepWaiting;
      engine.send('close', 'connection lost');
    },
    Paused: async () => {
      await open();
      engine.send('transcript', QUESTION);
      await waitUntil(() => element.transcript.length === 1);
      await element.disconnect();
    },
    'The conversation has ended': async () => {
      await open();
      engine.send('close', 'time is up');
    },
    'The engine is busy. Wait a little, then start again.': async () => {
      engine.script = () => new Response(null, {status: 503});
      await element.connect().catch(() => {});
    },
  };

  for (const layout of [null, 'floating', 'bar'] as const) {
    describe(layout ? `laid out as ${layout}` : 'in whatever box it gets', () => {
      for (const [status, reach] of Object.entries(STATES)) {
        it(`in light and dark, while it says “${status}”`, async () => {
          await place(layout);
          await reach();
          await waitUntil(() => words() === status, `it says “${status}”`);
          for (const scheme of ['light', 'dark']) {
            document.documentElement.style.colorScheme = scheme;
            await expect(element).to.be.accessible();
          }
        });
      }

      it('while it asks for consent', async () => {
        await place(layout, html`<p slot="consent">What you say is recorded.</p>`);
        element.connect().catch(() => {});
        await waitUntil(() => element.renderRoot.querySelector('.consent'), 'it asks');
        await expect(element).to.be.accessible();
      });
    });
  }

  it('holds the button to talk', async () => {
    await place(null);
    element.handsOnControl = 'hold';
    await open('hands-on');
    await expect(element).to.be.accessible();
  });

  it('starts the sound where the browser holds it back', async () => {
    await place(null);
    element.stream = await openFakeMicrophone();
    const video = element.renderRoot
      .querySelector('diarupt-player')
      ?.shadowRoot?.querySelector('video') as HTMLVideoElement;
    video.play = () => Promise.reject(new DOMException('not now', 'NotAllowedError'));
    await open();
    await expect(element).to.be.accessible();
    element.stream.getTracks().forEach(track => track.stop());
  });
});
