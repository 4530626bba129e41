import {after} from './abort.js';

/** Most connections stand before: candidates are for those that do not. */
const PATIENCE_MS = 100;

/** Sends a fragment (RFC 8840 §9); settles with whether the engine takes more of them. */
type SendFragment = (fragment: string) => Promise<boolean>;

/**
 * Collects a connection's candidates from the first one on, and sends them once it is known
 * where to, while they are of use. One request is under way at a time, with all that was found
 * meanwhile in the next. Ends with the signal.
 */
export function trickle(
  connection: RTCPeerConnection,
  signal: AbortSignal,
): (send: SendFragment, isNeeded: () => boolean) => Promise<void> {
  const found: string[] = [];
  let wake = () => {};

  connection.addEventListener(
    'icecandidate',
    ({candidate}) => {
      found.push(candidate?.candidate ? `a=${candidate.candidate}` : 'a=end-of-candidates');
      wake();
    },
    {signal},
  );

  return async (send, isNeeded) => {
    let wanted = true;
    await new Promise<void>(resolve => after(PATIENCE_MS, signal, resolve));
    // A frame that goes closes it, too, of which Firefox tells by throwing at what is asked of it.
    while (wanted && connection.connectionState !== 'closed' && isNeeded()) {
      if (found.length > 0) wanted = await send(toFragment(connection, found.splice(0)));
      else await new Promise<void>(resolve => (wake = resolve));
    }
  };
}

/** Credentials and candidates as `application/trickle-ice-sdpfrag`: all lines are bundled on the first. */
export function toFragment(
  connection: RTCPeerConnection,
  candidates: readonly string[] = [],
): string {
  const sdp = connection.localDescription?.sdp ?? '';
  const first = (pattern: RegExp) => pattern.exec(sdp)?.[0] ?? [];
  return [
    first(/^a=ice-ufrag:.*/m),
    first(/^a=ice-pwd:.*/m),
    first(/^m=.*/m),
    first(/^a=mid:.*/m),
    candidates,
    '',
  ]
    .flat()
    .join('\r\n');
}
