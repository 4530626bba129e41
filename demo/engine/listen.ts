import {once} from 'node:events';
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** `localhost` is either of them, and browsers do not try both as patiently as they should. */
const HOSTS = ['127.0.0.1', '::1'];

/**
 * Has servers listen on this machine alone, at `port`, or at any that is free for 0. Rejects where
 * the port is taken.
 */
export async function listen(port: number, create: () => Server): Promise<Server[]> {
  const servers: Server[] = [];
  for (const host of HOSTS) {
    const server = create();
    server.listen(portOf(servers) ?? port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      // A machine without IPv6 is reached without it.
      if (servers.length > 0 && !isTaken(error)) break;
      servers.forEach(other => other.close());
      // A port that is free on the first may be taken on the second.
      if (servers.length > 0 && port === 0) return listen(port, create);
      throw error;
    }
    servers.push(server);
  }
  return servers;
}

/** The one port of them all. */
export function portOf([server]: readonly Server[]): number | undefined {
  return (server?.address() as AddressInfo | undefined)?.port;
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
