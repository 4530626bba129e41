import {expect, fixture, html} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {replaceMicrophone, restoreMicrophone} from '../support/voice.js';

describe('<diarupt-interaction engine-url>', () => {
  const {fetch: pageFetch} = globalThis;
  const {warn} = console;
  let sent: string[];
  let asked: number;
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(() => {
    document.addEventListener('error', stop);
    sent = [];
    asked = 0;
    globalThis.fetch = async input => {
      sent.push(new Request(input).url);
      throw new TypeError('Failed to fetch');
    };
  });

  afterEach(() => {
    document.removeEventListener('error', stop);
    globalThis.fetch = pageFetch;
    console.warn = warn;
    restoreMicrophone();
  });

  /** Starts a conversation at that address; what it has failed with. */
  async function failure(address: string): Promise<InteractionError> {
    const element = await fixture<DiaruptInteraction>(html`
      <diarupt-interaction engine-url=${address}></diarupt-interaction>
    `);
    element.getSession = async () => {
      asked += 1;
      return 'session-1';
    };
    return element.connect().then(
      () => expect.fail('it has opened'),
      (reason: InteractionError) => reason,
    );
  }

  for (const address of [
    '',
    '/engine',
    '//engine.example',
    'engine.example',
    'http://engine.example',
    'http://localhost.engine.example',
    'http://127.0.0.1.engine.example',
    'http://10.0.0.1',
    'https://user@engine.example',
    'https://user:secret@engine.example',
    'javascript:alert(1)',
    'data:text/plain,engine',
    'blob:https://engine.example/1',
    'file:///etc/passwd',
    'ws://localhost',
    'https://',
  ]) {
    it(`is refused as “${address}”, and nothing is asked or sent`, async () => {
      const microphone = replaceMicrophone(() => Promise.reject(new Error('asked')));
      expect((await failure(address)).code).to.equal('invalid-options');
      expect([sent, asked, microphone.prompts]).to.deep.equal([[], 0, 0]);
    });
  }

  for (const [address, endpoint] of [
    ['https://engine.example', 'https://engine.example/session/session-1/connection'],
    ['https://engine.example/v1/', 'https://engine.example/v1/session/session-1/connection'],
    ['https://engine.example/?key=sk#sk', 'https://engine.example/session/session-1/connection'],
    ['http://localhost:8787', 'http://localhost:8787/session/session-1/connection'],
    ['http://127.0.0.1', 'http://127.0.0.1/session/session-1/connection'],
    ['http://[::1]:1', 'http://[::1]:1/session/session-1/connection'],
  ] as const) {
    it(`is taken as “${address}”, its path alone`, async () => {
      expect((await failure(address)).code).to.equal('engine-unreachable');
      expect(sent).to.deep.equal([endpoint]);
    });
  }

  it('stands beside no api-key, which is told and ignored', async () => {
    const warned: unknown[] = [];
    console.warn = (...values: unknown[]) => void warned.push(...values);
    await fixture(html`
      <diarupt-interaction api-key="sk-1" engine-url="https://engine.example"></diarupt-interaction>
    `);
    expect(warned).to.have.length(1);
    expect(String(warned[0]))
      .to.match(/reads no api-key/)
      .and.not.to.include('sk-1');
  });
});
