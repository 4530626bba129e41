import {untilAborted} from '../abort.js';
import {watchHeartbeat} from '../heartbeat.js';
import type {Engine} from '../link.js';
import {createPeer} from '../peer.js';
import {encode, parse} from '../protocol.js';
import {Route} from '../route.js';
import {deleteResource, postOffer, type Answer} from '../signaling.js';

/** The Diarupt engine: `docs/protocol.md`. */
export const diarupt: Engine = options => {
  const {signal, patience, onMessage, onSilent, onClosed} = options;
  const peer = createPeer({
    audioOnly: options.audioOnly,
    signal,
    onFrame: frame => {
      const message = parse(frame);
      if (message) onMessage(message);
    },
    onClosed,
  });
  const route = new Route(peer.connection, signal);
  let answered: Promise<Answer> | undefined;
  let answer: Answer | undefined;
  let onHeard = () => {};

  return {
    remote: peer.remote,

    async open(sessionId) {
      const offer = await untilAborted(peer.offer, signal);
      signal.throwIfAborted();
      const deadline = AbortSignal.timeout(patience.connectMs);
      // The visitor who leaves now has still knocked: the answer is awaited, to say goodbye to it.
      answered = postOffer(endpointOf(options.engineUrl, sessionId), offer, deadline);
      const waiting = AbortSignal.any([signal, deadline]);
      answer = await untilAborted(answered, waiting);
      await untilAborted(route.accept(answer), waiting);
      await untilAborted(peer.opened, waiting);
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

    send(message) {
      if (peer.channel.readyState === 'open') peer.channel.send(encode(message));
    },

    async leave() {
      // Without waiting where it can be: in a frame that is taken out of its page, nothing runs later.
      const {resource} = answer ?? (await answered?.catch(() => null)) ?? {};
      if (resource) await deleteResource(resource);
    },
  };
};

function endpointOf(engineUrl: URL, sessionId: string): URL {
  const base = engineUrl.origin + engineUrl.pathname.replace(/\/$/, '');
  return new URL(`${base}/session/${encodeURIComponent(sessionId)}/connection`);
}
