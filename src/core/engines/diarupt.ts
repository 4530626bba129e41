import {untilAborted} from '../abort.js';
import {InteractionError, invalid} from '../errors.js';
import {watchHeartbeat} from '../heartbeat.js';
import type {Engine, Link, LinkOptions} from '../link.js';
import {createPeer} from '../peer.js';
import {encode, parse, type ClientMessage} from '../protocol.js';
import {Received} from '../received.js';
import {Route} from '../route.js';
import {isSessionId} from '../session-id.js';
import {deleteResource, postOffer, type Answer} from '../signaling.js';

const DEFAULT_ENGINE_URL = 'https://engine.diarupt.ai';
/** The engine has not heard from us for too long: a dialog stops a page, but not its visitor. */
const LOST = 'connection lost';

/** The Diarupt engine: `docs/protocol.md`. It repeats over a new connection what was missed. */
export const diarupt: Engine = given => {
  if (given && !isSessionId(given.sessionId)) throw unusable();
  const received = new Received();
  return options => connect(options, received);
};

function connect(options: LinkOptions, received: Received): Link {
  const {signal, patience, onMessage, onSilent, onClosed} = options;
  const receive = (frame: unknown) => {
    const message = parse(frame);
    if (!message || received.isRepeated(message.seq)) return;
    if (message.event === 'ping') return send({event: 'pong', data: null});
    if (message.event !== 'close' || message.data !== LOST) return onMessage(message);
    onClosed(new InteractionError('connection-lost'));
  };
  const send = (message: ClientMessage) => {
    if (peer.channel.readyState === 'open') peer.channel.send(encode(message));
  };
  const peer = createPeer({...options, onFrame: receive}, 'interaction', {
    negotiated: true,
    id: 0,
  });
  const route = new Route(peer.connection, signal);
  let answered: Promise<Answer> | undefined;
  let answer: Answer | undefined;
  let onHeard = () => {};

  return {
    remote: peer.remote,

    async open({sessionId}) {
      if (!isSessionId(sessionId)) {
        throw new InteractionError('session-not-found', {cause: unusable()});
      }
      const offer = await untilAborted(peer.offer, signal);
      signal.throwIfAborted();
      // The visitor who leaves now has still knocked: the answer is awaited, to say goodbye to it.
      const deadline = AbortSignal.timeout(patience.connectMs);
      answered = postOffer(endpointOf(options.engineUrl, sessionId), offer, deadline);
      answer = await untilAborted(answered, signal);
      await untilAborted(route.accept(answer), signal);
      await untilAborted(peer.opened, signal);
      const data = received.renew();
      if (data) send({event: 'resume', data});
      watchHeartbeat(peer.connection, signal, {onHeard: () => onHeard(), onSilent});
    },

    async restore() {
      const waiting = AbortSignal.any([signal, AbortSignal.timeout(patience.restoreMs)]);
      const heard = new Promise<void>(resolve => (onHeard = resolve));
      // It may be heard again without: an engine that was only slow answers nothing before.
      const restarted = route.restart(waiting).then(() => heard);
      await untilAborted(Promise.race([heard, restarted]), waiting);
    },

    // Where the connection is closed meanwhile, it never settles; the next link begins with the track.
    sendAudio: track => untilAborted(peer.sender.replaceTrack(track), signal).catch(() => {}),

    send,

    async leave() {
      // Without waiting where it can be: in a frame that is taken out of its page, nothing runs later.
      const {resource} = answer ?? (await answered?.catch(() => null)) ?? {};
      if (resource) await deleteResource(resource);
    },
  };
}

function unusable(): InteractionError {
  return invalid('There is no usable session. Give its id, or an https: session-url.');
}

function endpointOf(engineUrl: URL | null, sessionId: string): URL {
  const {origin, pathname} = engineUrl ?? new URL(DEFAULT_ENGINE_URL);
  const base = origin + pathname.replace(/\/$/, '');
  return new URL(`${base}/session/${sessionId}/connection`);
}
