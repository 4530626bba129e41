import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const PATH = '/my/session';

describe('<diarupt-interaction session-url>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let answer: (asked: number) => Promise<Response> | Response;

  const posts = () => engine.requests.filter(({path}) => path === PATH);
  const offers = () => engine.requests.filter(({path}) => path.startsWith('/session/'));

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(async () => {
    answer = asked => Response.json({session_id: `fresh-${asked}`}, {status: 201});
    engine = new PeerEngine(location.origin);
    engine.script = ({path}) => (path === PATH ? answer(posts().length) : undefined);
    element = await fixture(html`
      <diarupt-interaction session-url=${PATH} engine-url=${engine.url}></diarupt-interaction>
    `);
  });

  afterEach(async () => {
    restoreMicrophone();
    await element.disconnect();
    engine.close();
  });

  async function failure(): Promise<InteractionError> {
    return (await element.connect().catch((reason: InteractionError) => reason)) as never;
  }

  it('is asked when the visitor starts, with the cookies of its own site', async () => {
    expect(engine.requests).to.deep.equal([]);
    await element.connect();
    expect(posts()).to.have.length(1);
    expect(posts()[0]).to.include({method: 'POST', body: '', credentials: 'same-origin'});
    expect(offers()[0]).to.include({path: '/session/fresh-1/connection', credentials: 'omit'});
  });

  it('is asked again when the session is over, not before', async () => {
    await element.connect();
    await engine.hears('configure');
    await element.disconnect();
    await element.connect();
    await engine.hears('configure', 2);
    expect(posts()).to.have.length(1);
    engine.send('close', 'time limit reached');
    await waitUntil(() => element.status === 'closed');
    await element.connect();
    expect(posts()).to.have.length(2);
  });

  it('comes after a session-id and a getSession', async () => {
    element.getSession = async () => 'from-the-page';
    await element.connect();
    await element.disconnect();
    element.sessionId = 'given';
    await element.connect();
    expect(posts()).to.deep.equal([]);
    const paths = offers().map(({path}) => path);
    expect(paths).to.include('/session/from-the-page/connection');
    expect(paths).to.include('/session/given/connection');
  });

  it('is asked no more when the visitor cancels', async () => {
    answer = () => new Promise(() => {});
    const cancelled = failure();
    await waitUntil(() => posts().length === 1);
    await element.disconnect();
    expect((await cancelled).name).to.equal('AbortError');
    expect(posts()[0]?.signal.aborted).to.equal(true);
  });

  it('is waited for fifteen seconds', async () => {
    const {timeout} = AbortSignal;
    const late = new AbortController();
    const waits: number[] = [];
    AbortSignal.timeout = ms => (waits.push(ms), late.signal);
    answer = () => new Promise(() => {});
    const failed = failure();
    await waitUntil(() => posts().length === 1);
    AbortSignal.timeout = timeout;
    late.abort(new DOMException('Time is up.', 'TimeoutError'));
    expect(waits).to.deep.equal([15_000]);
    const {code, cause} = await failed;
    expect(code).to.equal('session-not-found');
    expect((cause as Error).name).to.equal('TimeoutError');
  });

  for (const status of [429, 503]) {
    it(`tells the visitor to wait a little where it answers ${status}`, async () => {
      answer = () => new Response('Later', {status, headers: {'Retry-After': '7'}});
      const {code, retryAfterMs} = await failure();
      expect(code).to.equal('engine-busy');
      expect(retryAfterMs).to.equal(7000);
    });
  }

  const REFUSALS: readonly [string, () => Promise<Response> | Response][] = [
    ['is not there', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['knows no such address', () => new Response('Not found', {status: 404})],
    ['wants a login first', () => new Response('{}', {status: 401})],
    ['fails', () => new Response('<h1>Error</h1>', {status: 500})],
    ['answers with a page', () => new Response('<h1>Hello</h1>')],
    ['answers with nothing', () => new Response('')],
    ['answers with null', () => new Response('null')],
    ['names no session', () => Response.json({id: 'fresh'})],
    ['names a path', () => Response.json({session_id: '../other'})],
    ['names a number', () => Response.json({session_id: 1})],
    [
      'answers more than anybody would read',
      () => Response.json({filler: 'a'.repeat(2 ** 17), session_id: 'fresh'}),
    ],
  ];

  for (const [what, refuse] of REFUSALS) {
    it(`says that no conversation could be started where it ${what}`, async () => {
      answer = refuse;
      const {code, message, cause} = await failure();
      expect(code).to.equal('session-not-found');
      expect(message).to.match(/^The conversation could not be started/);
      expect(cause).to.be.an('error');
      expect(offers()).to.deep.equal([]);
    });
  }

  for (const address of [
    '',
    'http://example.com/session',
    'https://user:secret@example.com/session',
    'javascript:alert(1)',
    'data:application/json,{}',
    'https://',
  ]) {
    it(`asks nobody for anything where it is “${address}”`, async () => {
      const microphone = replaceMicrophone(() => Promise.reject(new Error('asked')));
      element.sessionUrl = address;
      const told = oneEvent<CustomEvent<InteractionError>>(element, 'error');
      expect((await failure()).code).to.equal('invalid-options');
      expect((await told).detail.message).to.include('session-url');
      expect(engine.requests).to.deep.equal([]);
      expect(microphone.prompts).to.equal(0);
    });
  }

  it('leaves getSession a signal, too, that is aborted when the visitor cancels', async () => {
    let waiting: AbortSignal | undefined;
    element.getSession = signal => {
      waiting = signal;
      return new Promise(() => {});
    };
    const cancelled = failure();
    await waitUntil(() => waiting);
    expect(waiting?.aborted).to.equal(false);
    await element.disconnect();
    await cancelled;
    expect(waiting?.aborted).to.equal(true);
  });
});
