const PING_MS = 1_000;
const LOST_MS = 10_000;

/** A client that rebuilds after three silent seconds must not find itself still connected. */
const ALIVE_MS = 2_500;

/** The pings of one connection, and what their answers tell of its client. */
export class Heartbeat {
  #pongAt = Number.NEGATIVE_INFINITY;

  /** The client has answered lately. */
  get alive(): boolean {
    return performance.now() - this.#pongAt < ALIVE_MS;
  }

  /** Calls `ping` once a second, or `lost` where the client has stopped to answer. */
  start(ping: () => void, lost: () => void, signal: AbortSignal): void {
    this.answered();
    const timer = setInterval(() => {
      if (performance.now() - this.#pongAt > LOST_MS) lost();
      else ping();
    }, PING_MS);
    signal.addEventListener('abort', () => clearInterval(timer), {once: true});
  }

  answered(): void {
    this.#pongAt = performance.now();
  }
}
