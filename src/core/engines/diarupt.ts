import {untilAborted} from '../abort.js';
import {InteractionError} from '../errors.js';
import {watchHeartbeat} from '../heartbeat.js';
import type {Engine} from '../link.js';
import {createPeer} from '../peer.js';
import {encode, parse} from '../protocol.js';
import {deleteResource, patchCandidates, postOffer, type Answer} from '../signaling.js';
import {trickle} from '../trickle.js';

/** From the offer's way out to the open channel; asking for the microphone is not in it. */
const CONNECT_TIMEOUT_MS = 15_000;

/** The Diarupt engine: `docs/protocol.md`. */
export const diarupt: Engine = options => {
  const {signal, onMessage, onClosed} = options;
  const peer = createPeer({
    audioOnly: options.audioOnly,
    signal,
    onFrame: frame => {
      const message = parse(frame);
      if (message) onMessage(message);
    },
    onClosed,
  });
  const sendCandidates = trickle(peer.connection, signal);
  let answered: Promise<Answer> | undefined;

  return {
    remote: peer.remote,

    async open(sessionId) {
      const offer = await untilAborted(peer.offer, signal);
      const deadline = AbortSignal.timeout(CONNECT_TIMEOUT_MS);
      // The visitor who leaves now has still knocked: the answer is awaited, to say goodbye to it.
      answered = postOffer(endpointOf(options.engineUrl, sessionId), offer, deadline);
      const waiting = AbortSignal.any([signal, deadline]);
      const answer = await untilAborted(answered, waiting);
      await untilAborted(accept(peer.connection, answer.sdp), waiting);
      void sendCandidates(fragment => patchCandidates(answer, fragment, signal));
      await untilAborted(peer.opened, waiting);
      watchHeartbeat(peer.connection, signal, () => {
        onClosed(new InteractionError('connection-lost'));
      });
    },

    sendAudio: track => peer.sender.replaceTrack(track),

    send(message) {
      if (peer.channel.readyState === 'open') peer.channel.send(encode(message));
    },

    async leave() {
      const answer = await answered?.catch(() => null);
      if (answer?.resource) await deleteResource(answer.resource);
    },
  };
};

function endpointOf(engineUrl: URL, sessionId: string): URL {
  const base = engineUrl.origin + engineUrl.pathname.replace(/\/$/, '');
  return new URL(`${base}/session/${encodeURIComponent(sessionId)}/connection`);
}

async function accept(connection: RTCPeerConnection, sdp: string): Promise<void> {
  try {
    await connection.setRemoteDescription({type: 'answer', sdp});
  } catch (cause) {
    throw new InteractionError('bad-answer', {cause});
  }
}
