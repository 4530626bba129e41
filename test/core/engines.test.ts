import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import type {Credentials, Engine, LinkOptions} from '../../src/core/link.js';
import type {ConnectOptions} from '../../src/core/options.js';
import {engines} from '../../src/core/registry.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {connect, disconnect, InteractionError} from '../../src/index.js';
import {Parrot} from '../support/parrot.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const failed = (reason: unknown) => reason as InteractionError;

/** The engine of `docs/engines.md`, which registers itself. */
async function importParrot(): Promise<void> {
  const guide = await (await fetch('/docs/engines.md')).text();
  const [, code = ''] = /```js\n(import \{engines\}[^]*?)```/.exec(guide) ?? [];
  const module = code.replace("'diarupt'", `'${location.origin}/src/index.ts'`);
  await import(URL.createObjectURL(new Blob([module], {type: 'text/javascript'})));
}

describe('an engine of one’s own', () => {
  let parrot: Parrot;
  let element: DiaruptInteraction;
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(async () => {
    document.addEventListener('error', stop);
    parrot = new Parrot();
    element = await fixture<DiaruptInteraction>(html`
      <diarupt-interaction engine="parrot" engine-url=${parrot.url}></diarupt-interaction>
    `);
    element.getSession = async () => ({token: 'let-me-in'});
    engines.delete('parrot');
  });

  afterEach(async () => {
    document.removeEventListener('error', stop);
    restoreMicrophone();
    await element.disconnect();
    parrot.close();
  });

  const lines = () => element.transcript.map(({role, content}) => [role, content]);

  it('holds a conversation, as the guide has it, where it comes after the element', async () => {
    await importParrot();
    const opened = oneEvent(element, 'open');
    await element.connect();
    expect((await opened).detail).to.equal('data channel opened');
    expect(parrot.visits).to.deep.equal(['Bearer let-me-in']);
    element.sendText('Hello');
    await waitUntil(() => element.transcript.length === 2);
    expect(lines()).to.deep.equal([
      ['user', 'Hello'],
      ['assistant', 'Hello, Hello!'],
    ]);
    const closed = oneEvent(element, 'close');
    parrot.hangUp();
    expect((await closed).detail).to.equal('data channel closed');
    expect(element.error).to.equal(null);
  });

  it('fails by the code that it says', async () => {
    await importParrot();
    parrot.refusals.push(401);
    const error = await element.connect().catch(failed);
    expect(error).to.be.instanceOf(InteractionError);
    expect(error?.code).to.equal('unauthorized');
    expect(error?.message).to.match(/^The engine refused/);
  });

  it('is given what the page’s server answers, from `session-url` too', async () => {
    await importParrot();
    element.getSession = undefined;
    element.sessionUrl = '/token.json';
    const {fetch} = globalThis;
    globalThis.fetch = (input, init) =>
      new Request(input, init).url.endsWith('/token.json')
        ? Promise.resolve(Response.json({token: 'of-the-server'}))
        : fetch(input, init);
    try {
      await element.connect();
    } finally {
      globalThis.fetch = fetch;
    }
    expect(parrot.visits).to.deep.equal(['Bearer of-the-server']);
  });

  for (const name of ['parrot', 'constructor', '__proto__', '']) {
    it(`that is not there, as “${name}”, is told before anything is asked`, async () => {
      const microphone = replaceMicrophone(openFakeMicrophone);
      element.setAttribute('engine', name);
      const error = await element.connect().catch(failed);
      expect(error?.code).to.equal('invalid-options');
      expect(error?.message).to.match(/engine is unknown\. Use one that is loaded\.$/);
      expect([microphone.prompts, parrot.visits]).to.deep.equal([0, []]);
    });
  }
});

describe('the seam between a conversation and its engine', () => {
  let player: HTMLAudioElement;
  let links: {options: LinkOptions; credentials?: Credentials; sent: unknown[]}[];
  let known: (Credentials | undefined)[];
  let opens: (link: (typeof links)[number]) => Promise<void>;

  const engine: Engine = given => {
    known.push(given);
    if (given?.['token'] === 'sk-secret') {
      throw Object.assign(new Error('No key. Use a token.'), {code: 'invalid-options'});
    }
    return options => {
      const link: (typeof links)[number] = {options, sent: []};
      links.push(link);
      return {
        remote: new MediaStream(),
        open(credentials) {
          link.credentials = credentials;
          return opens(link);
        },
        restore: () => Promise.reject(new Error('gone')),
        sendAudio: () => Promise.resolve(),
        send: command => void link.sent.push(command),
        leave: () => Promise.resolve(),
      };
    };
  };
  const line = (content: string, timestamp: string, role: 'user' | 'assistant', complete = true) =>
    ({event: 'transcript', data: {content, timestamp, role, complete}}) as const;
  const options = (): ConnectOptions => ({player, engine, stream: microphone});
  let microphone: MediaStream;

  beforeEach(async () => {
    player = document.createElement('audio');
    microphone = await openFakeMicrophone();
    [links, known] = [[], []];
    opens = () => Promise.resolve();
  });

  afterEach(async () => {
    await disconnect();
    microphone.getTracks().forEach(track => track.stop());
  });

  it('tells an engine what it is given as it is, and what is fetched when it is', async () => {
    await connect({token: 'a', room: 7}, options());
    await connect(() => Promise.resolve({token: 'b'}), options());
    await connect('an-id', options());
    expect(known).to.deep.equal([{token: 'a', room: 7}, undefined, {sessionId: 'an-id'}]);
    expect(links.map(({credentials}) => credentials)).to.deep.equal([
      {token: 'a', room: 7},
      {token: 'b'},
      {sessionId: 'an-id'},
    ]);
    expect(links[2]?.options.engineUrl).to.equal(null);
    expect(links[2]?.sent).to.deep.equal([
      {event: 'configure', data: {mode: 'hands-free', handsOnTimeout: 5000}},
    ]);
  });

  it('fails as the engine says where it refuses what it is given', async () => {
    const error = await connect({token: 'sk-secret'}, options()).catch(failed);
    expect(error).to.be.instanceOf(InteractionError);
    expect([error?.code, error?.message]).to.deep.equal([
      'invalid-options',
      'No key. Use a token.',
    ]);
    expect(links).to.deep.equal([]);
  });

  it('makes a lost connection anew, with what was said, and new credentials for the asking', async () => {
    let tokens = 0;
    const told: unknown[] = [];
    await connect(
      () => Promise.resolve({token: (tokens += 1)}),
      options(),
      (...event) => void told.push(event),
    );
    const [first] = links;
    first?.options.onMessage(line('Hello', '2026-01-02T03:04:05.678Z', 'user'));
    let seen: unknown;
    opens = async link => {
      seen = [
        link.options.transcript().map(({content}) => content),
        link.credentials,
        await link.options.renewCredentials(),
      ];
    };
    const lost = Object.assign(new Error(), {code: 'connection-lost'});
    first?.options.onClosed(lost);
    await waitUntil(() => links[1]?.sent.length);
    expect(seen).to.deep.equal([['Hello'], {token: 1}, {token: 2}]);
    expect(known).to.deep.equal([undefined]);
    expect(first?.options.signal.aborted).to.equal(true);
    expect(told.length).to.equal(2); // `open`, and the line: nothing has failed.
  });

  it('waits for an engine that never opens no longer than for any other', async () => {
    opens = () => new Promise(() => {});
    const patience = {connectMs: 50};
    const error = await connect('x', {...options(), patience}).catch(failed);
    expect(error?.code).to.equal('connect-timeout');
    const pending = connect('x', options()).catch(failed);
    await waitUntil(() => links[1]?.credentials);
    await disconnect();
    expect((await pending)?.name).to.equal('AbortError');
  });

  it('takes what the AI does from the engine, where that says so', async () => {
    const element = await fixture<DiaruptInteraction>(html`
      <diarupt-interaction audio-only></diarupt-interaction>
    `);
    Object.assign(element, {engine, stream: microphone});
    await element.connect();
    const tell = links[0]?.options.onMessage;
    const told = oneEvent(element, 'interaction-event');
    tell?.({event: 'other', name: 'audio.started', data: 1, activity: 'speaking'});
    expect((await told).detail).to.deep.equal({event: 'audio.started', data: 1});
    expect(element.matches(':state(speaking)')).to.equal(true);
    tell?.({...line('Late', new Date().toISOString(), 'user'), activity: 'speaking'});
    expect(element.matches(':state(speaking)')).to.equal(true);
    tell?.(line('Later', new Date().toISOString(), 'user'));
    await element.updateComplete;
    expect(element.matches(':state(thinking)')).to.equal(true);
    await element.disconnect();
  });
});
