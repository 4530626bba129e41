import {expect} from '@open-wc/testing';
import type {ConnectOptions} from '../../src/core/options.js';
import {connect, disconnect, InteractionError, sendUserResponse} from '../../src/index.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('the SDK', () => {
  let engine: PeerEngine;
  let player: HTMLVideoElement;

  beforeEach(() => {
    engine = new PeerEngine();
    player = document.createElement('video');
  });

  afterEach(async () => {
    restoreMicrophone();
    await disconnect();
    engine.close();
  });

  it('connects, sends a response and disconnects as documented', async () => {
    const session_id = 'documented';
    const stream = await openFakeMicrophone();
    const events: unknown[] = [];
    const engineUrl = engine.url;
    await connect(
      session_id,
      {stream, player, mode: 'hands-on', handsOnTimeout: 5000, engineUrl},
      (event, data) => {
        events.push([event, data]);
      },
    );
    expect(events).to.deep.equal([['open', 'data channel opened']]);
    await engine.hears('configure');
    engine.send('user-started-talking');
    await waitUntil(() => events.length === 2);
    sendUserResponse();
    await engine.hears('send-user-response');
    await disconnect();
    expect(events.at(-1)).to.deep.equal(['close', 'data channel closed']);
    expect((await engine.sees('DELETE')).path).to.equal('/connection/1');
    stream.getTracks().forEach(track => track.stop());
  });

  it('does nothing, silently, with nothing connected', async () => {
    await disconnect();
    expect(sendUserResponse()).to.equal(false);
  });

  it('goes on with the same session after a disconnect, once the engine knows of it', async () => {
    for (let round = 1; round <= 2; round++) {
      await connect('again', {player, engineUrl: engine.url});
      await disconnect();
    }
    const methods = engine.requests.map(({method}) => method).filter(method => method !== 'PATCH');
    expect(methods).to.deep.equal(['POST', 'DELETE', 'POST', 'DELETE']);
  });

  it('ends the one conversation before it begins the other', async () => {
    const events: string[] = [];
    const first = connect('first', {player, engineUrl: engine.url}, (...[event]) => {
      events.push(event);
    });
    const second = connect('second', {player, engineUrl: engine.url});
    const error = await first.catch((reason: Error) => reason);
    expect((error as Error).name).to.equal('AbortError');
    expect(events).to.deep.equal(['close']);
    await second;
    await engine.hears('configure');
    const offers = engine.requests.filter(({method}) => method === 'POST').map(({path}) => path);
    expect(offers).to.deep.equal(['/session/second/connection']);
  });

  it('obeys the last call, also where a listener to close makes it', async () => {
    const stream = await openFakeMicrophone();
    const options = {player, stream, engineUrl: engine.url};
    let again: Promise<unknown> = Promise.resolve();
    await connect('first', options, (...[event]) => {
      if (event === 'close') again = connect('again', options).catch((reason: Error) => reason);
    });
    const second = await connect('second', options).catch((reason: Error) => reason);
    expect((second as Error).name).to.equal('AbortError');
    expect(await again).to.equal(undefined);
    const offers = engine.requests.filter(({method}) => method === 'POST').map(({path}) => path);
    expect(offers).to.deep.equal(['/session/first/connection', '/session/again/connection']);
    await disconnect();
    expect(engine.requests.filter(({method}) => method === 'DELETE')).to.have.length(2);
    stream.getTracks().forEach(track => track.stop());
  });

  describe('refuses', () => {
    const silent = new MediaStream();
    const video = () => document.createElement('video');
    const cases: [what: string, session: unknown, options: object, code?: string][] = [
      ['an empty session id', '', {}],
      ['a session id of spaces', '   ', {}],
      ['a session id that is a path', '..', {}],
      ['a session id of 10 kB', 'x'.repeat(10_000), {}],
      ['a session id with a picture in it', 'session-🦊', {}],
      ['a session id that is a number', 7, {}],
      ['no player', 'x', {player: undefined}],
      ['a player that is no media element', 'x', {player: document.createElement('div')}],
      ['a stream without audio', 'x', {stream: silent}],
      ['a stream that is none', 'x', {stream: {}}],
      ['a mode that there is not', 'x', {mode: 'hands-up'}],
      ['a timeout of 0', 'x', {handsOnTimeout: 0}],
      ['a timeout below 0', 'x', {handsOnTimeout: -1}],
      ['a timeout that is no number', 'x', {handsOnTimeout: NaN}],
      ['a timeout in words', 'x', {handsOnTimeout: '5000'}],
      ['an engine over http', 'x', {engineUrl: 'http://engine.example'}],
      ['an engine that is a script', 'x', {engineUrl: 'javascript:alert(1)'}],
      ['an engine without a scheme', 'x', {engineUrl: '//engine.example'}],
      ['an engine with a password', 'x', {engineUrl: 'https://me:secret@engine.example'}],
    ];
    for (const [what, session, options] of cases) {
      it(`${what}, before anything is asked or sent`, async () => {
        const microphone = replaceMicrophone(openFakeMicrophone);
        const events: [string, unknown][] = [];
        const given = {player: video(), engineUrl: engine.url, ...options} as ConnectOptions;
        const error = await connect(session as string, given, (event, data) => {
          events.push([event, data]);
        }).then(
          () => expect.fail('it should have been rejected'),
          (reason: InteractionError) => reason,
        );
        expect(error).to.be.instanceOf(InteractionError);
        expect(error.code).to.equal('invalid-options');
        expect(error.message).to.match(/^([A-Z]|handsOnTimeout|engineUrl).+\. (Use|Give) .+\.$/);
        expect(events).to.deep.equal([
          ['error', error],
          ['close', 'data channel closed'],
        ]);
        expect(microphone.prompts).to.equal(0);
        expect(engine.requests).to.deep.equal([]);
      });
    }

    it('a stream whose microphone has stopped, with microphone-lost', async () => {
      const stream = await openFakeMicrophone();
      stream.getTracks().forEach(track => track.stop());
      const error = await connect('x', {player, stream, engineUrl: engine.url}).catch(
        (reason: InteractionError) => reason,
      );
      expect((error as InteractionError).code).to.equal('microphone-lost');
      expect(engine.requests).to.deep.equal([]);
    });
  });

  it('takes an engine over http on loopback', async () => {
    const error = await connect('x', {player, engineUrl: 'http://127.0.0.1:9'}).catch(
      (reason: InteractionError) => reason,
    );
    expect((error as InteractionError).code).to.equal('engine-unreachable');
  });
});
