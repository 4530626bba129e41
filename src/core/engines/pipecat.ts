import {onAbort, untilAborted} from '../abort.js';
import {InteractionError, invalid} from '../errors.js';
import {watchHeartbeat} from '../heartbeat.js';
import type {Engine, Link, LinkOptions} from '../link.js';
import {createPeer} from '../peer.js';
import {trickle} from '../trickle.js';
import {Dialogue} from './pipecat/dialogue.js';
import {clientReady, parseFrame, ping, trackStatus} from './pipecat/rtvi.js';
import {authorizationOf, Bot, type Answer} from './pipecat/signaling.js';

/** The server thinks that we have gone when it has heard none for three seconds. */
const PING_MS = 1000;
/** The lines of an offer, by their place in it. */
const AUDIO = 0;
const VIDEO = 1;

/** A bot of Pipecat's, over its small WebRTC transport and RTVI: `docs/pipecat.md`. */
export const pipecat: Engine = given => {
  if (given) authorizationOf(given);
  const conversation: Conversation = {pcId: null, dialogue: undefined};
  return options => connect(options, conversation);
};

/** What outlasts a connection. */
interface Conversation {
  /** The server's name for the last connection, which the next one takes the place of. */
  pcId: string | null;
  dialogue: Dialogue | undefined;
}

function connect(options: LinkOptions, conversation: Conversation): Link {
  const {signal, engineUrl, audioOnly, onMessage, onSilent, onClosed} = options;
  if (!engineUrl) throw invalid('There is no engine-url. Give the address of your Pipecat server.');
  let onReady = () => {};
  const ready = new Promise<void>(resolve => (onReady = resolve));
  const dialogue = (conversation.dialogue ??= new Dialogue(onMessage));
  const send = (message: string) => {
    if (peer.channel.readyState === 'open') peer.channel.send(message);
  };
  const receive = (frame: unknown) => {
    const message = parseFrame(frame);
    if (message?.type === 'bot-ready') onReady();
    else if (message?.type === 'renegotiate') void renegotiate().catch(() => {});
    else if (message?.type === 'peerLeft') onClosed();
    else if (message) dialogue.hear(message);
  };
  const peer = createPeer({audioOnly, signal, onFrame: receive, onClosed}, 'chat');
  const {connection} = peer;
  const remote = new MediaStream(peer.remote.getAudioTracks());
  // Most bots have no face, and without a picture Chromium plays no sound of a stream that has a place for one.
  for (const face of peer.remote.getVideoTracks()) {
    face.addEventListener('unmute', () => remote.addTrack(face), {signal});
  }
  const sendCandidates = trickle(connection, signal);
  let bot: Bot | undefined;
  let isHeard = false;

  const sendTrackStatus = () => {
    send(trackStatus(AUDIO, isHeard));
    send(trackStatus(VIDEO, false));
  };

  /** Where it fails, the connection stays what it is. */
  const renegotiate = async () => {
    const {pcId} = conversation;
    await connection.setLocalDescription();
    const answer = await bot?.postOffer(sdpOf(connection), {pcId, restarts: false}, signal);
    if (answer) await accept(connection, answer);
  };

  return {
    remote,

    async open(credentials) {
      bot = new Bot(engineUrl, credentials);
      const {pcId} = conversation;
      const restarts = pcId !== null && (await bot.knows(pcId, signal));
      if (pcId !== null && !restarts) {
        bot = new Bot(engineUrl, await untilAborted(options.renewCredentials(), signal));
      }
      await untilAborted(peer.offer, signal);
      await useIceServers(connection, bot.iceServers);
      const known = {pcId: restarts ? pcId : null, restarts};
      const answer = await bot.postOffer(sdpOf(connection), known, signal);
      conversation.pcId = answer.pcId;
      await untilAborted(accept(connection, answer), signal);
      void sendCandidates(
        async fragment => bot?.patchCandidates(answer.pcId, fragment, signal) ?? false,
        () => connection.connectionState !== 'connected',
      );
      await untilAborted(peer.opened, signal);

      const pinging = setInterval(() => send(ping()), PING_MS);
      onAbort(signal, () => clearInterval(pinging));
      send(ping());
      sendTrackStatus();
      dialogue.begin(send, restarts, signal);
      // A bot that has been kept was told before, and would greet its visitor again.
      if (!restarts) {
        send(clientReady());
        await untilAborted(ready, signal);
      }
      watchHeartbeat(connection, signal, {onHeard: () => {}, onSilent});
    },

    // It has no way but a new connection, on which the bot is kept.
    restore: () => Promise.reject(new InteractionError('connection-lost')),

    async sendAudio(track) {
      isHeard = track.enabled;
      sendTrackStatus();
      // Where the connection is closed meanwhile, it never settles.
      await untilAborted(peer.sender.replaceTrack(track), signal).catch(() => {});
    },

    send: command => dialogue.command(command),

    // The connection has been closed, which the server is told by itself.
    leave: async () => {},
  };
}

/** They come with the session: the offer that was made before has no candidates of theirs. */
async function useIceServers(
  connection: RTCPeerConnection,
  iceServers: readonly RTCIceServer[],
): Promise<void> {
  if (iceServers.length === 0) return;
  try {
    connection.setConfiguration({...connection.getConfiguration(), iceServers: [...iceServers]});
    connection.restartIce();
    await connection.setLocalDescription();
  } catch (cause) {
    console.warn(cause); // The direct way may do.
  }
}

async function accept(connection: RTCPeerConnection, {sdp}: Answer): Promise<void> {
  try {
    await connection.setRemoteDescription({type: 'answer', sdp});
  } catch (cause) {
    throw new InteractionError('bad-answer', {cause});
  }
}

function sdpOf({localDescription}: RTCPeerConnection): string {
  return localDescription?.sdp ?? '';
}
