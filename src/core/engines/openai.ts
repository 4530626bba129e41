import {untilAborted} from '../abort.js';
import {InteractionError, asInteractionError, invalid} from '../errors.js';
import type {Credentials, Engine, Link, LinkOptions} from '../link.js';
import {createPeer} from '../peer.js';
import {secureUrl} from '../secure-url.js';
import {readGranted, request} from '../signaling.js';
import {Dialogue} from './openai/dialogue.js';
import {checkToken} from './secret-key.js';

const DEFAULT_ENGINE_URL = 'https://api.openai.com';

/**
 * OpenAI Realtime, and who speaks its dialect: `docs/openai.md`. It has no way back into a
 * call: where one is lost another begins, and is told what has been said.
 */
export const openai: Engine = given => {
  if (given) checkToken(given.token);
  let renewed: Credentials | undefined;
  let calls = 0;

  /** A token lets the visitor in for some minutes: a later call may need another one. */
  const answerTo = async (offer: string, credentials: Credentials, options: LinkOptions) => {
    const isFirst = calls++ === 0;
    try {
      return await call(offer, renewed ?? credentials, options);
    } catch (cause) {
      if (isFirst || asInteractionError(cause).code !== 'unauthorized') throw cause;
    }
    renewed = await options.renewCredentials();
    return call(offer, renewed, options);
  };

  return options => connect(options, answerTo);
};

function connect(
  options: LinkOptions,
  answerTo: (offer: string, credentials: Credentials, options: LinkOptions) => Promise<string>,
): Link {
  const {signal, patience, onSilent, onClosed, transcript} = options;
  const peer = createPeer(
    {audioOnly: true, signal, onFrame: frame => dialogue.receive(frame), onClosed},
    'oai-events',
  );
  const dialogue = new Dialogue(options, event => {
    if (peer.channel.readyState === 'open') peer.channel.send(JSON.stringify(event));
  });
  const {connection} = peer;
  const state = (wanted: RTCPeerConnectionState, then: () => void) =>
    connection.addEventListener(
      'connectionstatechange',
      () => void (connection.connectionState === wanted && then()),
      {signal},
    );
  // Whether silence is sent while nobody speaks is the server's affair: only the browser can tell.
  state('disconnected', onSilent);

  return {
    remote: peer.remote,

    async open(credentials) {
      const offer = await untilAborted(peer.offer, signal);
      signal.throwIfAborted();
      const sdp = await untilAborted(answerTo(offer, credentials, options), signal);
      try {
        await untilAborted(connection.setRemoteDescription({type: 'answer', sdp}), signal);
      } catch (cause) {
        signal.throwIfAborted();
        throw new InteractionError('bad-answer', {cause});
      }
      await untilAborted(Promise.all([peer.opened, dialogue.created]), signal);
      if (transcript().length > 0) dialogue.remember(transcript());
    },

    /** By itself, or not at all. */
    async restore() {
      const waiting = AbortSignal.any([signal, AbortSignal.timeout(patience.restoreMs)]);
      await untilAborted(new Promise<void>(resolve => state('connected', resolve)), waiting);
    },

    // Where the connection is closed meanwhile, it never settles; the next link begins with the track.
    sendAudio: track => untilAborted(peer.sender.replaceTrack(track), signal).catch(() => {}),

    send: command => dialogue.do(command),

    // Who is gone is noticed: the connection has been closed.
    leave: () => Promise.resolve(),
  };
}

async function call(
  offer: string,
  {token, url}: Credentials,
  {engineUrl, signal}: LinkOptions,
): Promise<string> {
  const base = engineUrl ?? secureUrl(url ?? DEFAULT_ENGINE_URL);
  if (!base) throw invalid('The url that came with the token is not secure. Use an https: one.');
  const endpoint = `${base.origin}${base.pathname.replace(/\/$/, '')}/v1/realtime/calls`;
  const response = await request(new URL(endpoint), {
    method: 'POST',
    headers: {'Content-Type': 'application/sdp', Authorization: `Bearer ${checkToken(token)}`},
    body: offer,
    signal,
  });
  const answer = await readGranted(response, signal);
  if (answer.startsWith('v=0')) return answer;
  throw new InteractionError('bad-answer');
}
