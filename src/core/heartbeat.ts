import {onAbort} from './abort.js';

const TICK_MS = 500;
/** So many ticks in a row without a byte, and nobody is there: noticed within three seconds. */
const SILENT_TICKS = 5;

/**
 * Calls `onLost` when nothing has come from the engine for so long, until the signal ends it. A
 * browser tells of a lost engine by itself after seven seconds at the earliest, and keeps the data
 * channel open beyond that. Ticks are counted, not time: after a sleep, a connection that heals is
 * given as long as any other.
 */
export function watchHeartbeat(
  connection: RTCPeerConnection,
  signal: AbortSignal,
  onLost: () => void,
): void {
  let received = 0;
  let silentTicks = 0;
  const tick = async () => {
    const before = received;
    received = await bytesReceived(connection);
    silentTicks = received === before ? silentTicks + 1 : 0;
    if (silentTicks >= SILENT_TICKS && !signal.aborted) onLost();
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
