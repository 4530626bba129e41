import {onAbort} from './abort.js';

const TICK_MS = 500;
/** So many ticks in a row without a byte, and nobody is there: noticed within three seconds. */
const SILENT_TICKS = 5;

interface HeartbeatListener {
  /** Called at each tick that something has come before. */
  readonly onHeard: () => void;
  /** Called when nothing has come for so long, and at each tick from then on. */
  readonly onSilent: () => void;
}

/**
 * Listens for the engine until the signal ends it. A browser tells of a lost engine by itself after
 * seven seconds at the earliest, and keeps the data channel open beyond that. Ticks are counted, not
 * time: after a sleep, a connection that heals is given as long as any other.
 */
export function watchHeartbeat(
  connection: RTCPeerConnection,
  signal: AbortSignal,
  {onHeard, onSilent}: HeartbeatListener,
): void {
  let received = 0;
  let silentTicks = 0;
  const tick = async () => {
    const before = received;
    received = await bytesReceived(connection);
    if (signal.aborted) return;
    silentTicks = received === before ? silentTicks + 1 : 0;
    if (silentTicks === 0) onHeard();
    else if (silentTicks >= SILENT_TICKS) onSilent();
  };
  const timer = setInterval(() => tick().catch(() => {}), TICK_MS); // Closed while it was asked.
  onAbort(signal, () => clearInterval(timer));
}

/** Audio comes all the time, and a ping once a second. */
async function bytesReceived(connection: RTCPeerConnection): Promise<number> {
  let bytes = 0;
  const stats = (await connection.getStats()) as ReadonlyMap<string, RTCInboundRtpStreamStats>;
  stats.forEach(({type, bytesReceived = 0}) => {
    if (type === 'inbound-rtp' || (type as string) === 'data-channel') bytes += bytesReceived;
  });
  return bytes;
}
