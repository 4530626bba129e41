import {expect, fixture, html} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {createToken} from '../support/engines.js';
import {engineUrl, signalEngine, startEngine} from '../support/local-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('a call of OpenAI Realtime', () => {
  let element: DiaruptInteraction;
  let events: [event: string, data: unknown][];
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(async () => {
    document.addEventListener('error', stop);
    element = await fixture(html`
      <diarupt-interaction engine="openai" engine-url=${engineUrl} muted></diarupt-interaction>
    `);
    events = [];
    element.next = (event, data) => void events.push([event, data]);
  });

  afterEach(async () => {
    await element.disconnect();
    document.removeEventListener('error', stop);
    restoreMicrophone();
  });

  for (const [what, given] of [
    ['a secret key', {token: 'sk-proj-0123456789'}],
    ['nothing', {}],
    ['an address that is not secure', {token: 'ek_1', url: 'http://engine.example'}],
  ] as const) {
    it(`is not begun with ${what}, which is sent nowhere`, async () => {
      const sent: string[] = [];
      const {fetch} = globalThis;
      globalThis.fetch = (input, init) => {
        sent.push(new Request(input, init).url);
        return fetch(input, init);
      };
      if ('url' in given) element.engineUrl = undefined;
      element.getSession = () => Promise.resolve(given);
      const error = await element.connect().catch((reason: InteractionError) => reason);
      globalThis.fetch = fetch;
      expect((error as InteractionError).code).to.equal('invalid-options');
      expect((error as InteractionError).message).not.to.contain('0123');
      expect(sent).to.deep.equal([]);
    });
  }

  it('asks for no microphone where the page gives it a secret key', async () => {
    const {connect} = await import('../../src/index.js');
    const microphone = replaceMicrophone(openFakeMicrophone);
    const player = document.createElement('audio');
    const given = connect({token: 'sk-1'}, {player, engine: 'openai'});
    const error = await given.catch((reason: InteractionError) => reason);
    expect((error as InteractionError).code).to.equal('invalid-options');
    expect(microphone.prompts).to.equal(0);
  });

  it('that is lost is made anew, with another token, and knows what was said', async () => {
    const url = await startEngine();
    let tokens = 0;
    element.engineUrl = url;
    element.getSession = async () => {
      tokens += 1;
      return {token: await createToken(url)};
    };
    await element.connect();
    element.sendText('Thank you.');
    await waitUntil(() => element.transcript[1]?.complete, 'the answer is whole');
    await signalEngine(url, 'SIGKILL');
    await waitUntil(() => element.status === 'reconnecting', 'it is noticed');
    await startEngine(url);
    await waitUntil(() => element.status === 'open', 'it is open again');
    expect(tokens).to.equal(2);
    const renewed = events.filter(([event]) => event === 'call-renewed');
    expect(renewed).to.deep.equal([['call-renewed', {lines: 2}]]);
    element.sendText('Thanks.');
    await waitUntil(() => element.transcript[3]?.complete, 'it goes on');
    expect(element.transcript.map(({role}) => role)).to.deep.equal([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    const told = events.map(([event]) => event).filter(event => /^(open|close|error)$/.test(event));
    expect(told).to.deep.equal(['open']);
    await element.disconnect();
    await signalEngine(url, 'SIGKILL');
  });
});
