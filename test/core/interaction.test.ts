import {expect} from '@open-wc/testing';
import {InteractionError} from '../../src/core/errors.js';
import type {InteractionEventArguments, Next} from '../../src/core/events.js';
import {Interaction} from '../../src/core/interaction.js';
import type {ConnectOptions} from '../../src/core/options.js';
import type {Session} from '../../src/core/session.js';
import type {InteractionState} from '../../src/core/state.js';
import {PeerEngine} from '../support/peer-engine.js';
import {watchUncaught} from '../support/uncaught.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('an interaction', () => {
  let engine: PeerEngine;
  let player: HTMLVideoElement;
  let interaction: Interaction;
  let events: InteractionEventArguments[];
  let states: InteractionState[];

  function begin(options: Partial<ConnectOptions> = {}, session: Session = 'session-1') {
    events = [];
    states = [];
    interaction = new Interaction(
      session,
      {player, engineUrl: engine.url, ...options},
      {next: (...event) => events.push(event), onChange: state => states.push(state)},
    );
    return interaction.connect();
  }

  const stop = (stream: MediaStream) => stream.getTracks().forEach(track => track.stop());
  const names = () => events.map(([name]) => name);

  /** What the engine has heard when `count` more packets, of 20 ms each, have come. */
  async function packetsLater(count: number) {
    const {packets} = await engine.voice();
    const enough = async () => (await engine.voice()).packets >= packets + count;
    await waitUntil(enough, `${count} packets`);
    return engine.voice();
  }

  /** Runs `start`, which must fail, and returns what it failed with. */
  async function failure(start: Promise<unknown>): Promise<Error & {code?: string}> {
    return start.then(
      () => expect.fail('it should have been rejected'),
      (error: Error) => error,
    );
  }

  beforeEach(() => {
    engine = new PeerEngine();
    player = document.createElement('video');
    document.body.append(player);
  });

  afterEach(async () => {
    restoreMicrophone();
    await interaction.disconnect();
    engine.close();
    player.remove();
  });

  describe('on its way', () => {
    it('opens, configures the engine and tells of it once', async () => {
      await begin({mode: 'hands-on', handsOnTimeout: 3000});
      expect(interaction.state.status).to.equal('open');
      expect(events).to.deep.equal([['open', 'data channel opened']]);
      expect(await engine.hears('configure')).to.deep.equal({
        mode: 'hands-on',
        handsOnTimeout: 3000,
      });
      expect(states.map(state => state.status)).to.deep.equal(['connecting', 'connecting', 'open']);
    });

    it('posts a bare offer of voice, face and one data channel to the session', async () => {
      await begin();
      const {path, body, headers} = await engine.sees('POST');
      expect(path).to.equal('/session/session-1/connection');
      expect(headers.get('Content-Type')).to.equal('application/sdp');
      expect(body.match(/^m=\w+/gm)).to.deep.equal(['m=audio', 'm=video', 'm=application']);
      expect(body).to.match(/m=video[^]*a=recvonly/);
    });

    it('asks for no face with an audio player', async () => {
      const audio = document.createElement('audio');
      await begin({player: audio});
      const {body} = await engine.sees('POST');
      expect(body.match(/^m=\w+/gm)).to.deep.equal(['m=audio', 'm=application']);
    });

    it('plays the voice and the face', async () => {
      await begin();
      await waitUntil(() => player.videoWidth > 0 && !player.paused, 'the face is seen');
      expect(
        (player.srcObject as MediaStream).getTracks().map(track => track.kind),
      ).to.have.members(['audio', 'video']);
    });

    it('sends its candidates to an engine that cannot be found without', async () => {
      engine.tellsCandidates = false;
      await begin();
      const {headers, body, path} = await engine.sees('PATCH');
      expect(path).to.equal('/connection/1');
      expect(headers.get('If-Match')).to.equal('"ice-1"');
      expect(body).to.match(/^a=ice-ufrag:.+\r\na=ice-pwd:.+\r\nm=audio.+\r\na=mid:.+\r\na=/);
    });

    it('takes a session from a function, once the microphone is there', async () => {
      await begin({}, async () => 'fresh');
      expect((await engine.sees('POST')).path).to.equal('/session/fresh/connection');
    });
  });

  describe('told by the engine', () => {
    beforeEach(async () => {
      await begin({mode: 'hands-on'});
      await engine.hears('configure');
      events.length = 0;
    });

    it('hands every event on, with the state already changed', async () => {
      const line = {
        timestamp: '2026-01-01T00:00:00.000Z',
        role: 'user',
        content: 'Hello',
        complete: true,
      };
      engine.send('user-started-talking');
      engine.send('transcript', line);
      engine.send('user-stopped-talking');
      engine.send('weather', {sky: 'blue'});
      await waitUntil(() => events.length === 4);
      expect(events).to.deep.equal([
        ['user-started-talking', null],
        ['transcript', line],
        ['user-stopped-talking', null],
        ['weather', {sky: 'blue'}],
      ]);
      const [told] = interaction.state.transcript;
      expect(interaction.state.transcript).to.deep.equal([{...line, id: told?.id}]);
    });

    it('takes a message that is repeated once', async () => {
      const frame = (seq: number, event: string) => JSON.stringify({event, data: null, seq});
      for (const seq of [1, 2, 2, 1]) engine.sendFrame(frame(seq, `event-${seq}`));
      engine.sendFrame(frame(3, 'last'));
      await waitUntil(() => names().includes('last' as 'open'));
      expect(names()).to.deep.equal(['event-1', 'event-2', 'last']);
    });

    it('answers a ping without telling anybody', async () => {
      engine.send('ping');
      await engine.hears('pong');
      expect(events).to.deep.equal([]);
    });

    it('ignores what is no message and goes on', async () => {
      for (const frame of ['', 'null', '[]', '7', '{', '{"event":7}', '{"event":"transcript"}']) {
        engine.sendFrame(frame);
      }
      engine.sendFrame(new ArrayBuffer(8));
      engine.send('open', 'again');
      engine.send('user-started-talking');
      await waitUntil(() => events.length > 0);
      expect(names()).to.deep.equal(['user-started-talking']);
    });

    it('ends with the error that the engine tells, then close', async () => {
      engine.send('error', {code: 'engine-busy', message: 'Too many visitors.'});
      await waitUntil(() => events.length === 2);
      const [[event, error], close] = events as [InteractionEventArguments, unknown];
      expect(event).to.equal('error');
      expect(error).to.be.instanceOf(InteractionError);
      expect((error as InteractionError).code).to.equal('engine-busy');
      expect((error as InteractionError).message).to.equal('Too many visitors.');
      expect(close).to.deep.equal(['close', 'data channel closed']);
    });

    it('closes with the reason that the engine gives, once', async () => {
      engine.script = ({method}) =>
        method === 'DELETE' ? new Response(null, {status: 404}) : undefined;
      engine.send('close', 'time limit reached');
      engine.send('user-started-talking');
      engine.channel?.close();
      await waitUntil(() => events.length > 0);
      await engine.sees('DELETE');
      expect(events).to.deep.equal([['close', 'time limit reached']]);
    });

    it('closes without an error when the engine closes the connection', async () => {
      engine.peers[0]?.close();
      await waitUntil(() => events.length > 0, 'closed');
      expect(events).to.deep.equal([['close', 'data channel closed']]);
      expect(player.srcObject).to.equal(null);
    });
  });

  describe('in hands-on mode', () => {
    it('sends a response once for each turn, and none before the visitor has talked', async () => {
      await begin({mode: 'hands-on'});
      await engine.hears('configure');
      expect(interaction.turns.send()).to.equal(false);
      engine.send('user-started-talking');
      await waitUntil(() => interaction.state.turn === 'talking');
      expect(interaction.turns.send()).to.equal(true);
      expect(interaction.turns.send()).to.equal(false);
      engine.send('user-stopped-talking');
      await waitUntil(() => interaction.state.turn === 'waiting');
      expect(engine.received.map(message => message.event)).to.deep.equal([
        'configure',
        'send-user-response',
      ]);
    });

    it('takes what the engine says twice, or only in part, for what it is', async () => {
      await begin({mode: 'hands-on'});
      await engine.hears('configure');
      for (const what of ['stopped', 'started', 'started']) engine.send(`user-${what}-talking`);
      await waitUntil(() => events.length === 4);
      expect(interaction.state.turn).to.equal('talking');
      engine.send('user-stopped-talking');
      await waitUntil(() => interaction.state.turn === 'waiting');
      expect(interaction.turns.send()).to.equal(false);
    });

    it('sends nothing when hands-free, idle, on its way or closed', async () => {
      const start = begin();
      expect(interaction.turns.send()).to.equal(false);
      await start;
      expect(interaction.turns.send()).to.equal(false);
      await interaction.disconnect();
      expect(interaction.turns.send()).to.equal(false);
      expect(new Interaction('x', {player}).turns.send()).to.equal(false);
    });

    it('tells the engine of a changed mode, and of no timeout', async () => {
      await begin();
      interaction.turns.configure({
        ...interaction.state,
        mode: 'hands-on',
        handsOnTimeout: Infinity,
      });
      expect(await engine.hears('configure', 2)).to.deep.equal({
        mode: 'hands-on',
        handsOnTimeout: null,
      });
      // The longest time that a timer can wait.
      interaction.turns.configure({...interaction.state, handsOnTimeout: 1e12});
      expect(await engine.hears('configure', 3)).to.include({handsOnTimeout: 2 ** 31 - 1});
      const nonsense = {...interaction.state, mode: 'loud' as 'hands-on'};
      expect(() => interaction.turns.configure(nonsense)).to.throw(InteractionError);
      expect(interaction.state.mode).to.equal('hands-on');
    });
  });

  describe('and the microphone', () => {
    it('stops its own when it ends, and leaves nothing behind', async () => {
      const stream = await openFakeMicrophone();
      replaceMicrophone(async () => stream);
      await begin();
      const [track] = stream.getAudioTracks();
      expect(track?.readyState).to.equal('live');
      await interaction.disconnect();
      expect(track?.readyState).to.equal('ended');
      expect(player.srcObject).to.equal(null);
      expect(names()).to.deep.equal(['open', 'close']);
    });

    it('never stops or mutes the caller’s', async () => {
      const stream = await openFakeMicrophone();
      const [track] = stream.getAudioTracks();
      await begin({stream, muted: true});
      expect(track?.enabled).to.equal(true);
      await interaction.disconnect();
      expect(track?.readyState).to.equal('live');
      expect(track?.enabled).to.equal(true);
      stop(stream);
    });

    it('is heard by the engine, and silent when muted', async () => {
      const stream = await openFakeMicrophone();
      await begin({stream});
      const grows = async (from: number) => (await engine.voice()).energy > from + 1e-3;
      await waitUntil(() => grows(0), 'the tone is heard');
      interaction.setMuted(true);
      const isSilent = async () => {
        const {energy} = await engine.voice();
        return (await packetsLater(60)).energy - energy < 1e-5;
      };
      // What was on its way arrives; on a busy machine that takes a while.
      await waitUntil(isSilent, 'the tone is heard no more');
      const {energy} = await engine.voice();
      interaction.setMuted(false);
      await waitUntil(() => grows(energy), 'the tone is heard again');
      stop(stream);
    });

    it('is silent from the first packet when muted before', async () => {
      const stream = await openFakeMicrophone();
      await begin({stream, muted: true});
      expect((await packetsLater(60)).energy).to.be.lessThan(1e-6);
      stop(stream);
    });

    it('stops one that arrives after disconnect', async () => {
      let grant: (stream: MediaStream) => void = () => {};
      const microphone = replaceMicrophone(() => new Promise(resolve => (grant = resolve)));
      const start = begin();
      await waitUntil(() => microphone.prompts === 1);
      await interaction.disconnect();
      expect((await failure(start)).name).to.equal('AbortError');
      const late = await openFakeMicrophone();
      grant(late);
      await waitUntil(() => late.getAudioTracks()[0]?.readyState === 'ended', 'it is stopped');
      expect(names()).to.deep.equal(['close']);
      expect(engine.requests).to.deep.equal([]);
    });

    for (const [name, code] of [
      ['NotAllowedError', 'microphone-denied'],
      ['NotFoundError', 'microphone-missing'],
      ['OverconstrainedError', 'microphone-missing'],
      ['NotReadableError', 'microphone-busy'],
      ['UnheardOfError', 'microphone-busy'],
      ['AbortError', 'microphone-busy'],
      ['SecurityError', 'blocked-by-policy'],
    ] as const) {
      it(`that fails with ${name} is ${code}, and starts again`, async () => {
        const cause = new DOMException('no', name);
        replaceMicrophone(() => Promise.reject(cause));
        const error = await failure(begin());
        restoreMicrophone();
        expect(error.code).to.equal(code);
        expect(error.cause).to.equal(cause);
        expect(names()).to.deep.equal(['error', 'close']);
        await begin();
        expect(interaction.state.status).to.equal('open');
      });
    }

    it('that fails with something else is microphone-busy, and keeps it', async () => {
      const cause = new TypeError('of the browser');
      replaceMicrophone(() => Promise.reject(cause));
      const error = await failure(begin());
      expect([error.code, error.cause]).to.deep.equal(['microphone-busy', cause]);
    });

    it('is not asked for where the browser makes no connections', async () => {
      const {RTCPeerConnection} = globalThis;
      const microphone = replaceMicrophone(openFakeMicrophone);
      Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
      const error = await failure(begin());
      globalThis.RTCPeerConnection = RTCPeerConnection;
      expect(error.code).to.equal('unsupported');
      expect(names()).to.deep.equal(['error', 'close']);
      expect(microphone.prompts).to.equal(0);
    });

    it('is waited for with nothing told of what the engine says meanwhile', async () => {
      let grant: () => void = () => {};
      const granted = new Promise<void>(resolve => (grant = resolve));
      replaceMicrophone(() => granted.then(openFakeMicrophone), 'granted');
      const start = begin();
      await waitUntil(() => engine.channel?.readyState === 'open', 'the engine is there');
      engine.send('too-early');
      engine.send('ping');
      await engine.hears('pong');
      grant();
      await start;
      expect(names()).to.deep.equal(['open']);
    });

    it('that is refused sends no request', async () => {
      replaceMicrophone(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
      await failure(begin());
      expect(engine.requests).to.deep.equal([]);
    });

    describe('that is pulled out', () => {
      let elsewhere: RTCPeerConnection;
      let line: RTCRtpTransceiver;

      beforeEach(() => {
        elsewhere = new RTCPeerConnection();
        line = elsewhere.addTransceiver('audio');
      });
      afterEach(() => elsewhere.close());

      it('is replaced by the one that is left, without a word', async () => {
        const spare = await openFakeMicrophone();
        const streams = [new MediaStream([line.receiver.track]), spare];
        replaceMicrophone(async () => streams.shift() as MediaStream);
        await begin();
        line.stop();
        const heard = async () => (await engine.voice()).energy > 1e-3;
        await waitUntil(heard, 'the spare one is heard');
        expect(names()).to.deep.equal(['open']);
        await interaction.disconnect();
        expect(spare.getAudioTracks()[0]?.readyState).to.equal('ended');
      });

      it('ends the conversation with microphone-lost where there is no other', async () => {
        const streams = [new MediaStream([line.receiver.track])];
        const cause = new DOMException('none', 'NotFoundError');
        replaceMicrophone(async () => streams.shift() ?? Promise.reject(cause));
        await begin();
        line.stop();
        await waitUntil(() => interaction.state.status === 'closed');
        expect(names()).to.deep.equal(['open', 'error', 'close']);
        expect((events[1]?.[1] as InteractionError).code).to.equal('microphone-lost');
      });

      it('ends it, too, where it was the caller’s', async () => {
        const microphone = replaceMicrophone(openFakeMicrophone);
        await begin({stream: new MediaStream([line.receiver.track])});
        line.stop();
        await waitUntil(() => interaction.state.status === 'closed');
        expect((events[1]?.[1] as InteractionError).code).to.equal('microphone-lost');
        expect(microphone.prompts).to.equal(0);
      });
    });
  });

  describe('refused by the engine', () => {
    const body = JSON.stringify({error: {code: 'whatever', message: 'Not now.'}});
    for (const [status, code] of [
      [400, 'bad-answer'],
      [401, 'unauthorized'],
      [403, 'unauthorized'],
      [404, 'session-not-found'],
      [409, 'session-busy'],
      [410, 'session-ended'],
      [429, 'engine-busy'],
      [500, 'engine-error'],
      [502, 'engine-error'],
      [503, 'engine-busy'],
    ] as const) {
      it(`with ${status} fails with ${code}, and keeps what was said of it`, async () => {
        engine.script = () => new Response(body, {status});
        const error = await failure(begin());
        expect(error).to.be.instanceOf(InteractionError);
        expect(error.code).to.equal(code);
        expect((error.cause as Error).message).to.equal('Not now.');
        expect(names()).to.deep.equal(['error', 'close']);
        expect(interaction.state).to.include({status: 'closed', error});
      });
    }

    for (const [what, answer] of [
      ['a page', '<!doctype html><title>Login</title>'],
      ['nothing', ''],
      ['more than an answer', 'v=0\r\n'.repeat(100_000)],
      ['a broken description', 'v=0\r\no=nothing'],
    ] as const) {
      it(`with ${what} in place of an answer fails with bad-answer`, async () => {
        engine.script = () => new Response(answer, {status: 201});
        expect((await failure(begin())).code).to.equal('bad-answer');
      });
    }

    it('by not being there fails with engine-unreachable', async () => {
      engine.script = () => Promise.reject(new TypeError('Failed to fetch'));
      expect((await failure(begin())).code).to.equal('engine-unreachable');
    });

    it('when it has no session fails with session-not-found', async () => {
      const cause = new Error('the shop is closed');
      const error = await failure(begin({}, () => Promise.reject(cause)));
      expect(error.code).to.equal('session-not-found');
      expect(error.cause).to.equal(cause);
    });
  });

  describe('ended while it begins', () => {
    it('says goodbye to an answer that comes too late', async () => {
      let letThrough: () => void = () => {};
      const held = new Promise<void>(resolve => (letThrough = resolve));
      engine.script = async ({method}) => {
        if (method === 'POST') await held;
        return undefined;
      };
      const start = begin();
      await engine.sees('POST');
      const left = interaction.disconnect();
      expect((await failure(start)).name).to.equal('AbortError');
      letThrough();
      await left;
      expect((await engine.sees('DELETE')).path).to.equal('/connection/1');
      expect(names()).to.deep.equal(['close']);
    });

    it('by a listener during open, the listener wins', async () => {
      const seen: string[] = [];
      interaction = new Interaction(
        'session-1',
        {player, engineUrl: engine.url},
        {
          next: (...[event]) => {
            seen.push(event);
            if (event === 'open') void interaction.disconnect();
          },
        },
      );
      await interaction.connect();
      expect(interaction.state.status).to.equal('closed');
      expect(seen).to.deep.equal(['open', 'close']);
    });
  });

  it('goes on when a listener throws', async () => {
    const reported: unknown[] = [];
    const original = globalThis.reportError;
    globalThis.reportError = error => void reported.push(error);
    interaction = new Interaction(
      'session-1',
      {player, engineUrl: engine.url},
      {
        next: () => {
          throw new Error('of the page');
        },
      },
    );
    await interaction.connect();
    expect(interaction.state.status).to.equal('open');
    await interaction.disconnect();
    globalThis.reportError = original;
    expect(reported.map(String)).to.deep.equal(['Error: of the page', 'Error: of the page']);
  });

  it('goes on when a listener makes a promise that it breaks, which is the page’s', async () => {
    const uncaught: string[] = [];
    const stop = watchUncaught(what => uncaught.push(what));
    const next = (async (event: string) => {
      throw new Error(`of the page, at ${event}`);
    }) as unknown as Next;
    interaction = new Interaction('session-1', {player, engineUrl: engine.url}, {next});
    await interaction.connect();
    expect(interaction.state.status).to.equal('open');
    await waitUntil(() => uncaught.length > 0, 'the browser tells of it');
    expect(uncaught).to.deep.equal(['not handled: Error: of the page, at open']);
    await interaction.disconnect();
    await waitUntil(() => uncaught.length > 1, 'and again');
    stop();
  });

  it('ends when the browser freezes the page, and tells the engine', async () => {
    await begin();
    document.dispatchEvent(new Event('freeze'));
    await engine.sees('DELETE');
    expect(names()).to.deep.equal(['open', 'close']);
    expect(player.srcObject).to.equal(null);
  });

  it('is not waited for longer than the patience it was given', async () => {
    engine.script = () => new Promise<Response>(() => {});
    const error = await failure(begin({patience: {connectMs: 300}}));
    expect(error.code).to.equal('connect-timeout');
    expect(names()).to.deep.equal(['error', 'close']);
  });

  it('ends when the page goes, and tells the engine before anything else can happen', async () => {
    await begin();
    const {fetch} = globalThis;
    const asked: RequestInit[] = [];
    globalThis.fetch = (input, init = {}) => {
      asked.push(init);
      return fetch(input, init);
    };
    dispatchEvent(new PageTransitionEvent('pagehide'));
    globalThis.fetch = fetch;
    expect(interaction.state).to.include({status: 'closed', by: 'visitor'});
    expect(asked.map(({method, keepalive}) => [method, keepalive])).to.deep.equal([
      ['DELETE', true],
    ]);
    await engine.sees('DELETE');
  });

  it('goes on in silence where the browser holds the sound back, until it is asked for', async () => {
    const cause = new DOMException('not yet', 'NotAllowedError');
    player.play = () => Promise.reject(cause);
    await begin();
    await waitUntil(() => interaction.state.playbackBlocked);
    const refused = events.find(([event]) => event === 'error')?.[1] as InteractionError;
    expect([refused.code, refused.cause]).to.deep.equal(['playback-blocked', cause]);
    expect(interaction.state.status).to.equal('open');
    expect(names()).not.to.include('close');

    Reflect.deleteProperty(player, 'play');
    interaction.resumePlayback();
    await waitUntil(() => !player.paused && player.videoWidth > 0, 'it plays');
    expect(interaction.state.playbackBlocked).to.equal(false);
  });

  it('is heard on where the page takes its player out, and where it puts it back', async () => {
    await begin();
    await waitUntil(() => !player.paused && player.currentTime > 0, 'it plays');
    const paused = new Promise(resolve => player.addEventListener('pause', resolve));
    player.remove();
    await paused;
    const at = player.currentTime;
    await waitUntil(() => !player.paused && player.currentTime > at, 'it plays on');
    document.body.append(player);
    await waitUntil(() => player.currentTime > at + 0.2, 'it still does');
    player.pause();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(player.paused, 'a visitor who stops it is obeyed').to.equal(true);
  });

  it('takes no player from another conversation', async () => {
    await begin();
    const other = new MediaStream();
    player.srcObject = other;
    await interaction.disconnect();
    expect(player.srcObject).to.equal(other);
  });
});
