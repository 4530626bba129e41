import {expect} from '@open-wc/testing';
import type {InteractionEventArguments} from '../../src/core/events.js';
import {Interaction} from '../../src/core/interaction.js';
import type {Session} from '../../src/core/session.js';
import {watchPeers} from '../support/local-engine.js';
import {PeerEngine} from '../support/peer-engine.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

type SetDescription = (
  this: RTCPeerConnection,
  description?: RTCSessionDescriptionInit,
) => Promise<void>;

/** A gate that what is under way waits at. */
interface Gate {
  /** Settles when somebody waits. */
  readonly reached: Promise<void>;
  readonly open: () => void;
  /** Waits. */
  readonly pass: () => Promise<void>;
}

function gate(): Gate {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>(resolve => (reach = resolve));
  const opened = new Promise<void>(resolve => (open = resolve));
  const pass = () => {
    reach();
    return opened;
  };
  return {reached, open: () => open(), pass};
}

/** A start waits for one thing after the other: at each of them it is ended. */
describe('a start that is ended while it waits', () => {
  let engine: PeerEngine;
  let watched: ReturnType<typeof watchPeers>;
  let player: HTMLVideoElement;
  let microphones: MediaStreamTrack[];
  let events: InteractionEventArguments[];
  const restores: (() => void)[] = [];

  const make = (session: Session = 'session-1') =>
    new Interaction(
      session,
      {player, engineUrl: engine.url},
      {next: (...event) => events.push(event)},
    );
  const ours = () => watched.peers.filter(peer => !engine.peers.includes(peer));

  /** The microphone prompt as it is, behind a gate; `granted` where nobody is asked. */
  function useMicrophone(state: PermissionState, {pass}: Pick<Gate, 'pass'>): void {
    replaceMicrophone(async () => {
      await pass();
      const stream = await openFakeMicrophone();
      microphones.push(...stream.getAudioTracks());
      return stream;
    }, state);
  }

  /** Puts a gate before the real method, for calls with such an argument. */
  function holdPeers(
    method: 'setLocalDescription' | 'setRemoteDescription',
    type: RTCSdpType | undefined,
    {pass}: Gate,
  ): void {
    const prototype = RTCPeerConnection.prototype as Record<typeof method, SetDescription>;
    const original = prototype[method];
    prototype[method] = async function (description) {
      if (description?.type === type) await pass();
      return original.call(this, description);
    };
    restores.push(() => (prototype[method] = original));
  }

  const WAITS: Record<string, (gate: Gate) => Session | void> = {
    'for the visitor to allow the microphone': gate => useMicrophone('prompt', gate),
    'for the microphone that is allowed, with the engine there already': ({pass}) => {
      const untilConnected = () => waitUntil(() => engine.channel?.readyState === 'open');
      useMicrophone('granted', {pass: () => untilConnected().then(pass)});
    },
    'for the session': gate => () => gate.pass().then(() => 'late'),
    'for its own offer': gate => holdPeers('setLocalDescription', undefined, gate),
    'for the answer': ({pass}) => {
      engine.script = ({method}) => (method === 'POST' ? pass().then(() => undefined) : undefined);
    },
    'for the rest of the answer': ({pass}) => {
      const body = new ReadableStream({pull: controller => pass().then(() => controller.close())});
      engine.script = ({method}) =>
        method === 'POST' ? new Response(body, {status: 201}) : undefined;
    },
    'for the answer to be taken': gate => holdPeers('setRemoteDescription', 'answer', gate),
    'for a way to the engine': ({pass}) => {
      engine.tellsCandidates = false;
      engine.script = ({method}) => {
        if (method !== 'PATCH') return undefined;
        void pass();
        return new Response(null, {status: 405});
      };
    },
  };

  beforeEach(() => {
    watched = watchPeers();
    engine = new PeerEngine();
    player = document.createElement('video');
    microphones = [];
    events = [];
    useMicrophone('granted', {pass: () => Promise.resolve()});
  });

  afterEach(() => {
    restoreMicrophone();
    for (const restore of restores.splice(0)) restore();
    engine.close();
    watched.restore();
  });

  for (const [what, wait] of Object.entries(WAITS)) {
    it(`${what} leaves nothing behind, and can be made again`, async () => {
      const held = gate();
      const interaction = make(wait(held) ?? undefined);
      const start = interaction.connect().catch((reason: Error) => reason);
      await held.reached;

      const left = interaction.disconnect();
      expect(((await start) as Error).name).to.equal('AbortError');
      expect(events).to.deep.equal([['close', 'data channel closed']]);
      expect(player.srcObject).to.equal(null);
      expect(ours().map(peer => peer.signalingState)).to.deep.equal(['closed']);

      held.open();
      await left;
      await waitUntil(() => microphones.every(({readyState}) => readyState === 'ended'));
      expect(goodbyes(engine)).to.deep.equal(engine.answered);

      for (const restore of restores.splice(0)) restore();
      engine.script = () => undefined;
      engine.tellsCandidates = true;
      const again = make();
      await again.connect();
      await again.disconnect();
      expect(events.map(([name]) => name)).to.deep.equal(['close', 'open', 'close']);
      expect(goodbyes(engine)).to.deep.equal(engine.answered);
      expect(ours().every(peer => peer.signalingState === 'closed')).to.equal(true);
      expect(microphones.at(-1)?.readyState).to.equal('ended');
    });
  }
});

/** The connections that have been told that the visitor has left. */
function goodbyes({requests}: PeerEngine): string[] {
  return requests.filter(({method}) => method === 'DELETE').map(({path}) => path);
}
