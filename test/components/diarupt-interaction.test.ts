import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const LINE = {
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'user',
  content: 'Hello',
  complete: true,
} as const;

const EVENTS = [
  'open',
  'user-started-talking',
  'user-stopped-talking',
  'transcript',
  'error',
  'close',
  'interaction-event',
] as const;

describe('<diarupt-interaction>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const part = (name: string) => {
    const found = element.renderRoot.querySelector(`diarupt-${name}`);
    return (found ?? element.querySelector(`diarupt-${name}`)) as HTMLElement;
  };
  const button = (name: string) => part(name).shadowRoot?.querySelector('button') ?? null;
  const text = (name: string) => part(name).shadowRoot?.textContent?.trim() ?? '';

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
  });

  afterEach(async () => {
    restoreMicrophone();
    await element.disconnect();
    engine.close();
  });

  /** Opens the conversation; the engine has been configured when it settles. */
  async function open(): Promise<void> {
    await element.connect();
    await engine.hears('configure');
  }

  describe('tells of every event', () => {
    it('through next, then to the element, then to the document, with the same data', async () => {
      const told: [who: string, event: string, data: unknown][] = [];
      element.next = (event, data) => {
        told.push(['next', event, data]);
      };
      const onElement = (event: Event) =>
        told.push(['element', event.type, (event as CustomEvent).detail]);
      const onDocument = (event: Event) =>
        told.push(['document', event.type, (event as CustomEvent).detail]);
      for (const name of EVENTS) {
        element.addEventListener(name, onElement);
        document.addEventListener(name, onDocument);
      }

      await open();
      engine.send('user-started-talking');
      engine.send('transcript', LINE);
      engine.send('user-stopped-talking');
      engine.send('error', {code: 'engine-error', message: 'Out of words.'});
      await waitUntil(() => element.status === 'closed');
      for (const name of EVENTS) document.removeEventListener(name, onDocument);

      const expected = [
        ['open', 'data channel opened'],
        ['user-started-talking', null],
        ['transcript', LINE],
        ['user-stopped-talking', null],
        ['error', element.error],
        ['close', 'data channel closed'],
      ];
      const everybody = ['next', 'element', 'document'];
      expect(told).to.deep.equal(
        expected.flatMap(([event, data]) => everybody.map(who => [who, event, data])),
      );
      expect(element.error?.message).to.equal('Out of words.');
    });

    it('that the engine invented as interaction-event alone, whatever its name', async () => {
      await open();
      const nexts: unknown[] = [];
      element.next = (event, data) => {
        nexts.push([event, data]);
      };
      let clicks = 0;
      element.addEventListener('click', () => (clicks += 1));
      setTimeout(() => engine.send('click', {x: 1}));
      const event = await oneEvent<CustomEvent<unknown>>(element, 'interaction-event');
      const {detail, bubbles, composed} = event;
      expect(detail).to.deep.equal({event: 'click', data: {x: 1}});
      expect([bubbles, composed, clicks]).to.deep.equal([true, true, 0]);
      expect(nexts).to.deep.equal([['click', {x: 1}]]);
    });

    it('to its listeners, even where next throws', async () => {
      const {reportError} = globalThis;
      globalThis.reportError = () => {};
      element.next = () => {
        throw new Error('of the page');
      };
      setTimeout(() => void element.connect());
      await oneEvent(element, 'open');
      element.next = undefined;
      globalThis.reportError = reportError;
      expect(element.status).to.equal('open');
    });
  });

  it('never starts by itself', async () => {
    const microphone = replaceMicrophone(openFakeMicrophone);
    await element.updateComplete;
    expect([microphone.prompts, engine.requests.length, element.status]).to.deep.equal([
      0,
      0,
      'idle',
    ]);
  });

  it('keeps what was set on it before it was defined', async () => {
    const next = () => {};
    const early = document.createElement('diarupt-early') as DiaruptInteraction;
    Object.assign(early, {next, sessionId: 'early', muted: true, handsOnTimeout: 1234});
    document.body.append(early);
    class Early extends (customElements.get('diarupt-interaction') as typeof DiaruptInteraction) {}
    customElements.define('diarupt-early', Early);
    await early.updateComplete;
    const {sessionId, muted, handsOnTimeout} = early;
    expect([sessionId, muted, handsOnTimeout]).to.deep.equal(['early', true, 1234]);
    expect(early.next).to.equal(next);
    early.remove();
  });

  it('shows a property that changes: fields do not shadow it', async () => {
    element.mode = 'hands-on';
    await element.updateComplete;
    expect(element.getAttribute('mode')).to.equal('hands-on');
    await waitUntil(() => button('mode-toggle')?.getAttribute('aria-checked') === 'true');
  });

  it('has the attributes that it was given and no others, as a framework expects that hydrates it', () => {
    expect(element.getAttributeNames()).to.deep.equal(['session-id', 'engine-url']);
  });

  it('mirrors its attributes', async () => {
    element.setAttribute('hands-on-timeout', '700');
    element.setAttribute('mode', 'hands-on');
    await open();
    expect(engine.received[0]?.data).to.deep.equal({mode: 'hands-on', handsOnTimeout: 700});
    element.setAttribute('hands-on-timeout', 'none');
    expect(await engine.hears('configure', 2)).to.deep.equal({
      mode: 'hands-on',
      handsOnTimeout: null,
    });
  });

  it('goes back to what is usual when an attribute is taken away', async () => {
    element.mode = 'hands-on';
    await element.updateComplete;
    element.removeAttribute('mode');
    await open();
    expect(element.mode).to.equal('hands-free');
    expect(engine.received[0]?.data).to.include({mode: 'hands-free'});
  });

  it('asks for no face with audio-only', async () => {
    element.audioOnly = true;
    await open();
    expect((await engine.sees('POST')).body.match(/^m=\w+/gm)).to.deep.equal([
      'm=audio',
      'm=application',
    ]);
  });

  for (const [what, attributes] of [
    ['an empty session id', {'session-id': ''}],
    ['a mode that there is not', {mode: 'hands-up'}],
    ['a timeout in words', {'hands-on-timeout': 'soon'}],
    ['an engine over http', {'engine-url': 'http://engine.example'}],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      setTimeout(() => button('call-button')?.click());
      const {detail} = await oneEvent<CustomEvent<InteractionError>>(element, 'error');
      expect(detail.code).to.equal('invalid-options');
      await waitUntil(() => text('status') === detail.message);
      expect(engine.requests).to.deep.equal([]);
    });
  }

  describe('without a session-id', () => {
    let asked: number;

    beforeEach(() => {
      asked = 0;
      element.removeAttribute('session-id');
      element.getSession = async () => `fresh-${(asked += 1)}`;
    });

    it('fetches one when the visitor starts, and goes on with it while it lasts', async () => {
      await open();
      engine.send('transcript', LINE);
      await waitUntil(() => element.transcript.length === 1);
      await element.disconnect();
      await element.connect();
      expect(asked).to.equal(1);
      expect(element.transcript.map(({content}) => content)).to.deep.equal(['Hello']);
      await engine.hears('configure', 2);
      engine.send('close', 'time limit reached');
      await waitUntil(() => element.status === 'closed');
      await element.connect();
      expect(asked).to.equal(2);
      expect(element.transcript).to.deep.equal([]);
    });

    it('takes no late answer for the session of another conversation', async () => {
      let answer: ((id: string) => void) | undefined;
      element.getSession = () => new Promise(resolve => (answer = resolve));
      const cancelled = element.connect().catch((reason: Error) => reason);
      await waitUntil(() => answer, 'the session has been asked for');
      element.sessionId = 'given';
      expect(((await cancelled) as Error).name).to.equal('AbortError');
      await open();
      answer?.('late');
      element.muted = true;
      await element.updateComplete;
      expect(element.status).to.equal('open');
    });

    it('says so where there is nobody to ask', async () => {
      element.getSession = undefined;
      const error = await element.connect().catch((reason: {code: string}) => reason);
      expect((error as {code: string}).code).to.equal('invalid-options');
    });
  });

  describe('in a document', () => {
    it('keeps the conversation when it is moved', async () => {
      await open();
      const shelf = document.createElement('div');
      element.parentElement?.append(shelf);
      shelf.append(element);
      await element.updateComplete;
      engine.send('transcript', LINE);
      await waitUntil(() => element.transcript.length === 1);
      expect(element.status).to.equal('open');
    });

    it('ends it when it is removed, and starts again when it is back', async () => {
      await open();
      const parent = element.parentElement;
      element.remove();
      await oneEvent(element, 'close').catch(() => {});
      expect(element.status).to.equal('closed');
      await engine.sees('DELETE');
      parent?.append(element);
      await element.connect();
      expect(element.status).to.equal('open');
    });

    it('stops a microphone that arrives when it has been removed', async () => {
      let grant: (stream: MediaStream) => void = () => {};
      const microphone = replaceMicrophone(() => new Promise(resolve => (grant = resolve)));
      const start = element.connect().catch((reason: Error) => reason);
      await waitUntil(() => microphone.prompts === 1);
      element.remove();
      expect(((await start) as Error).name).to.equal('AbortError');
      const late = await openFakeMicrophone();
      grant(late);
      await waitUntil(() => late.getAudioTracks()[0]?.readyState === 'ended');
    });

    it('ends it when it is taken into another document', async () => {
      const frame = document.createElement('iframe');
      frame.hidden = true;
      document.body.append(frame);
      await element.connect();
      frame.contentDocument?.body.append(element);
      expect(element.status).to.equal('closed');
      await engine.sees('DELETE');
      frame.remove();
    });

    it('starts in the task in which it is inserted, with its player', async () => {
      const fresh = document.createElement('diarupt-interaction');
      Object.assign(fresh, {sessionId: 'fresh', engineUrl: engine.url});
      element.parentElement?.append(fresh);
      await fresh.connect();
      const player = fresh.renderRoot.querySelector('diarupt-player')?.renderRoot;
      expect(player?.querySelector('video')?.srcObject).to.be.instanceOf(MediaStream);
      await fresh.disconnect();
      fresh.remove();
    });

    it('does not start outside of one, where nothing would end it', async () => {
      const microphone = replaceMicrophone(openFakeMicrophone);
      element.remove();
      const error = await element.connect().catch((reason: InteractionError) => reason);
      expect((error as InteractionError).code).to.equal('invalid-options');
      expect(microphone.prompts).to.equal(0);
    });

    it('shares no conversation with another', async () => {
      const other: DiaruptInteraction = await fixture(html`
        <diarupt-interaction session-id="session-2" engine-url=${engine.url}></diarupt-interaction>
      `);
      await open();
      expect(other.status).to.equal('idle');
      await other.connect();
      await element.disconnect();
      expect(other.status).to.equal('open');
      await other.disconnect();
    });

    it('shows its children in place of the default layout', async () => {
      element.innerHTML = `<p>Talk to us</p>
        <div><diarupt-call-button></diarupt-call-button></div>
        <diarupt-status></diarupt-status>`;
      await waitUntil(() => element.renderRoot.querySelector('slot:not([hidden])'));
      button('call-button')?.click();
      await oneEvent(element, 'open');
      expect(text('status')).to.equal('Listening');
      element.replaceChildren();
      await waitUntil(() => element.renderRoot.querySelector('diarupt-player'));
    });
  });

  it('is ended by a listener that hears of its opening, with no event after close', async () => {
    const told: string[] = [];
    element.next = (...[event]) => void told.push(event);
    element.addEventListener('statechange', ({detail}) => {
      if (detail === 'open') void element.disconnect();
    });
    await element.connect();
    expect(element.status).to.equal('closed');
    expect(told).to.deep.equal(['close']);
  });

  it('tells of each status once', async () => {
    const statuses: string[] = [];
    element.addEventListener('statechange', ({detail}) => void statuses.push(detail));
    await open();
    engine.send('transcript', LINE);
    await waitUntil(() => element.transcript.length === 1);
    await element.disconnect();
    expect(statuses).to.deep.equal(['connecting', 'open', 'closed']);
  });

  it('joins the start that is under way instead of starting twice', async () => {
    await Promise.all([element.connect(), element.connect()]);
    expect(engine.requests.filter(({method}) => method === 'POST')).to.have.length(1);
  });

  it('ends the conversation when it is given another session', async () => {
    await open();
    element.sessionId = 'session-2';
    await oneEvent(element, 'close');
    await element.connect();
    expect(engine.requests.filter(({method}) => method === 'POST').at(-1)?.path).to.equal(
      '/session/session-2/connection',
    );
  });

  it('can be used by keyboard alone', async () => {
    const pressed = async (name: string, key: string) => {
      button(name)?.focus();
      await sendKeys({press: key});
    };
    await pressed('mode-toggle', ' ');
    await pressed('call-button', 'Enter');
    await waitUntil(() => element.status === 'open', 'it opens');
    expect(await engine.hears('configure')).to.include({mode: 'hands-on'});

    await pressed('mic-button', ' ');
    await waitUntil(() => button('mic-button')?.ariaPressed === 'true');
    expect(element.muted).to.equal(true);

    engine.send('user-started-talking');
    await waitUntil(() => button('response-button')?.ariaDisabled === 'false');
    await pressed('response-button', 'Enter');
    await engine.hears('send-user-response');
    expect(part('response-button').shadowRoot?.activeElement).to.equal(button('response-button'));

    await pressed('call-button', 'Enter');
    await waitUntil(() => element.status === 'closed');
  });

  describe('is accessible', () => {
    const check = async () => {
      await waitUntil(() => true);
      await expect(element).to.be.accessible();
    };

    it('when idle', check);

    it('while it asks for the microphone', async () => {
      replaceMicrophone(() => new Promise(() => {}));
      button('call-button')?.click();
      await waitUntil(() => text('status').includes('microphone'));
      await check();
    });

    it('while it is open, with lines', async () => {
      await open();
      engine.send('transcript', LINE);
      engine.send('transcript', {...LINE, role: 'assistant', content: 'Good d', complete: false});
      await waitUntil(() => text('transcript').includes('Good d'));
      await check();
    });

    for (const turn of ['waiting', 'talking', 'sent'] as const) {
      it(`in hands-on mode, ${turn}`, async () => {
        element.mode = 'hands-on';
        await open();
        if (turn !== 'waiting') engine.send('user-started-talking');
        if (turn === 'sent') await waitUntil(() => element.sendUserResponse());
        const labels = {waiting: 'Speak, then send', talking: 'Send response', sent: 'Sending'};
        await waitUntil(() => text('response-button').startsWith(labels[turn]));
        await check();
      });
    }

    it('when muted', async () => {
      element.muted = true;
      await open();
      await waitUntil(() => text('status').includes('muted'));
      await check();
    });

    it('when the browser holds the sound back, which one press starts', async () => {
      const video = part('player').shadowRoot?.querySelector('video') as HTMLVideoElement;
      video.play = () => Promise.reject(new DOMException('not yet', 'NotAllowedError'));
      await open();
      await waitUntil(() => button('player'));
      await check();
      Reflect.deleteProperty(video, 'play');
      button('player')?.click();
      await waitUntil(() => !video.paused && !button('player'), 'it plays');
    });

    it('when it failed', async () => {
      engine.script = () => new Response('', {status: 503});
      button('call-button')?.click();
      await oneEvent(element, 'error');
      await waitUntil(() => text('status').includes('busy'));
      await check();
    });

    it('when it is over', async () => {
      await open();
      engine.send('close', 'time limit reached');
      await waitUntil(() => text('status').includes('ended'));
      await check();
    });
  });
});
