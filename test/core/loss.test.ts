import {expect} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import type {InteractionEventArguments} from '../../src/core/events.js';
import {Interaction} from '../../src/core/interaction.js';
import type {Patience} from '../../src/core/patience.js';
import {watchPeers} from '../support/local-engine.js';
import {restoreClock, setClock} from '../support/clock.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

/** An engine that takes its visitor for lost says so, which saves the test the three seconds. */
describe('a connection that the engine takes for lost', () => {
  let engine: PeerEngine;
  let watched: ReturnType<typeof watchPeers>;
  let player: HTMLVideoElement;
  let microphone: MediaStreamTrack | undefined;
  let prompts: {prompts: number};
  let interaction: Interaction;
  let events: InteractionEventArguments[];
  let statuses: string[];

  const names = () => events.map(([name]) => name);
  const ours = () => watched.peers.filter(peer => !engine.peers.includes(peer));
  const alive = () => ours().filter(({signalingState}) => signalingState !== 'closed');
  const reached = (status: string) =>
    waitUntil(() => interaction.state.status === status, `it is ${status}`);

  /** How offers are answered after the first. */
  function answerNext(answer: () => Promise<Response> | Response | undefined): void {
    engine.script = ({method}) =>
      method === 'POST' && engine.answered.length > 0 ? answer() : undefined;
  }

  async function lose(patience: Partial<Patience> = {}): Promise<void> {
    interaction = new Interaction(
      'session-1',
      {player, engineUrl: engine.url, patience},
      {
        next: (...event) => events.push(event),
        onChange: ({status}) => status !== statuses.at(-1) && statuses.push(status),
      },
    );
    await interaction.connect();
    await engine.hears('configure');
    engine.send('close', 'connection lost');
    await waitUntil(() => statuses.includes('reconnecting'), 'it is noticed');
  }

  /** With one error and one close, and nothing that is still running. */
  async function expectGivenUp(code: string): Promise<InteractionError> {
    await reached('closed');
    expect(names()).to.deep.equal(['open', 'error', 'close']);
    const error = events[1]?.[1] as InteractionError;
    expect(error.code).to.equal(code);
    expect(microphone?.readyState).to.equal('ended');
    expect(alive()).to.deep.equal([]);
    expect(player.srcObject).to.equal(null);
    return error;
  }

  beforeEach(() => {
    watched = watchPeers();
    engine = new PeerEngine();
    player = document.createElement('video');
    prompts = replaceMicrophone(async () => {
      const stream = await openFakeMicrophone();
      [microphone] = stream.getAudioTracks();
      return stream;
    });
    events = [];
    statuses = [];
  });

  afterEach(async () => {
    restoreClock();
    restoreMicrophone();
    await interaction.disconnect();
    engine.close();
    watched.restore();
  });

  it('is made again, with the microphone that there is, and neither error nor close', async () => {
    await lose();
    await reached('open');
    const isHeard = async () => (await engine.voice()).energy > 1e-3;
    await waitUntil(isHeard, 'the new connection has the voice');
    expect(statuses).to.deep.equal(['connecting', 'open', 'reconnecting', 'open']);
    expect(names()).to.deep.equal(['open']);
    expect(prompts.prompts).to.equal(1);
    expect(microphone?.readyState).to.equal('live');
    expect(alive()).to.have.length(1);
    const sent = engine.received.map(({event}) => event).filter(event => event !== 'pong');
    expect(sent).to.deep.equal(['configure', 'resume', 'configure']);
  });

  for (const [direction, ms] of Object.entries({forward: 3_600_000, back: -3_600_000})) {
    it(`is made again in its time where the clock is set ${direction} by an hour`, async () => {
      const line = (content: string) =>
        engine.send('transcript', {role: 'assistant', content, complete: true});
      const contents = () => interaction.state.transcript.map(({content}) => content);
      await lose();
      await reached('open');
      line('Before');
      await waitUntil(() => contents().length === 1, 'a line is told');
      setClock(ms);
      engine.send('close', 'connection lost');
      await waitUntil(() => statuses.length === 6, 'it is lost and made again');
      line('After');
      await waitUntil(() => contents().length === 2, 'another one is told');
      expect(contents()).to.deep.equal(['Before', 'After']);
      expect(statuses.slice(-2)).to.deep.equal(['reconnecting', 'open']);
      expect(names()).not.to.include('error');
    });
  }

  it('is made through the relays that the engine names now', async () => {
    answerNext(() => {
      engine.link = '<turn:127.0.0.1:3478>; rel="ice-server"; username="u"; credential="later"';
      return undefined;
    });
    await lose();
    await reached('open');
    const [server] = ours().at(-1)?.getConfiguration().iceServers ?? [];
    expect(server?.credential).to.equal('later');
  });

  it('is given up when the time is used up, one attempt after the other', async () => {
    const living: number[] = [];
    answerNext(() => {
      living.push(alive().length);
      return new Response(null, {status: 503});
    });
    await lose({reconnectMs: 1000});
    const error = await expectGivenUp('connection-lost');
    expect((error.cause as InteractionError).code).to.equal('engine-busy');
    expect(living).to.deep.equal([1, 1]);
  });

  it('is given up in time where an attempt comes to no end', async () => {
    let end: (response: Response) => void = () => {};
    answerNext(() => new Promise(resolve => (end = resolve)));
    await lose({reconnectMs: 1000, connectMs: 60_000});
    await expectGivenUp('connection-lost');
    end(new Response(null, {status: 503}));
  });

  it('is given up at once where the engine has ended the session', async () => {
    answerNext(() => new Response(null, {status: 410}));
    await lose();
    await expectGivenUp('session-ended');
  });

  it('is given up where the browser makes no more of them', async () => {
    const {RTCPeerConnection: Original} = globalThis;
    answerNext(() => {
      globalThis.RTCPeerConnection = class extends Original {
        constructor() {
          super();
          this.close();
          throw new DOMException('Too many.', 'UnknownError');
        }
      };
      return new Response(null, {status: 503});
    });
    await lose();
    await expectGivenUp('unsupported');
  });
});
