import type {Room} from 'livekit-client';
import {onAbort, untilAborted} from '../abort.js';
import {InteractionError, asInteractionError, type ErrorCode} from '../errors.js';
import type {Credentials, Engine, Link, LinkOptions} from '../link.js';
import {accessToken, admissionOf} from './livekit/admission.js';
import {AGENT_MS, untilAgent, watchAgent} from './livekit/agent.js';
import {loadClient, type LiveKit} from './livekit/client.js';
import {Dialogue} from './livekit/dialogue.js';
import {follow, partnerIn} from './livekit/hearsay.js';
import {enter, isElsewhere, isEnd, listen, receive} from './livekit/room.js';
import {hearTranscriptions} from './livekit/transcriptions.js';
import {PublishedVoice} from './livekit/voice.js';

/** To enter a room, and for its agent to come: one that was not running takes its time. */
const CONNECT_MS = 15_000 + AGENT_MS;
/** How long LiveKit's client may look for a way back: for so long a server keeps an empty room. */
const RESTORE_MS = 20_000;

/** An agent of LiveKit's: `docs/livekit.md`. */
export const livekit: Engine = given => {
  if (given) accessToken(given);
  const client = loadClient();
  client.catch(() => {}); // `open` is told.
  const conversation: Conversation = {credentials: undefined, dialogue: undefined};
  return options => connect(options, client, conversation);
};

/** What outlasts a connection. */
interface Conversation {
  /** What a room was entered with, unless nobody came there. */
  credentials: Credentials | undefined;
  dialogue: Dialogue | undefined;
}

function connect(options: LinkOptions, client: Promise<LiveKit>, conversation: Conversation): Link {
  const {signal, engineUrl, audioOnly, onMessage, onSilent, onClosed, renewCredentials} = options;
  const isFirst = conversation.dialogue === undefined;
  const dialogue = (conversation.dialogue ??= new Dialogue(onMessage));
  const remote = new MediaStream();
  const voice = new PublishedVoice(signal);
  let room: Room | undefined;
  let left: Promise<void> | undefined;

  const fail = (code: ErrorCode) => onMessage({event: 'error', data: {code, message: ''}});

  /** Settles when there is an agent that listens. */
  const meetAgent = async (credentials: Credentials) => {
    const admission = admissionOf(credentials, engineUrl);
    const livekit = await client;
    signal.throwIfAborted();
    // A page that asks whether it is to be left may be stayed on.
    const entered = new livekit.Room({
      disconnectOnPageLeave: false,
      stopLocalTrackOnUnpublish: false,
    });
    room = entered;
    onAbort(signal, () => {
      // What it has made before the server has answered, it leaves open.
      const {pcManager} = entered.engine ?? {};
      left = entered
        .disconnect(false)
        .finally(() => pcManager?.close())
        .catch(() => {});
    });
    receive(entered, remote, audioOnly, signal);
    dialogue.begin(partnerIn(entered), signal);
    hearTranscriptions(entered, signal, dialogue);
    follow(entered, signal, dialogue);
    await enter(entered, admission, signal);

    conversation.credentials = credentials;
    listen(entered, 'disconnected', signal, reason => {
      if (isElsewhere(reason)) fail('session-busy');
      else onClosed(isEnd(reason) ? undefined : new InteractionError('connection-lost'));
    });
    const published = voice.publishIn(entered, livekit);
    const come = untilAgent(entered, signal).catch((cause: unknown) => {
      conversation.credentials = undefined; // The next room is another one.
      throw cause;
    });
    await untilAborted(Promise.all([come, published]), signal);
    listen(entered, 'signalReconnecting', signal, onSilent);
    listen(entered, 'reconnecting', signal, () => {
      dialogue.begin(partnerIn(entered), signal);
      onSilent();
    });
    watchAgent(entered, signal, {
      onLeft: () => onClosed(),
      onFailed: () => fail('engine-error'),
    });
  };

  return {
    remote,
    connectMs: Math.max(options.patience.connectMs, CONNECT_MS),

    async open(given) {
      const known = conversation.credentials ?? (isFirst ? given : await renewCredentials());
      try {
        await meetAgent(known);
      } catch (cause) {
        // A token lets its visitor in for some time only.
        if (isFirst || asInteractionError(cause).code !== 'unauthorized') throw cause;
        await meetAgent(await renewCredentials());
      }
    },

    /** LiveKit's client does that by itself. */
    async restore() {
      if (!room) throw new InteractionError('connection-lost');
      const lost = room;
      const waiting = AbortSignal.any([signal, AbortSignal.timeout(RESTORE_MS)]);
      const back = new Promise<void>(resolve => listen(lost, 'reconnected', waiting, resolve));
      await untilAborted(back, waiting);
      await untilAborted(untilAgent(lost, waiting), waiting);
    },

    async sendAudio(track) {
      dialogue.beHeard(track.enabled);
      await voice.send(track);
    },

    send: command => dialogue.command(command),

    leave: async () => left,
  };
}
