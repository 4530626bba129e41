import {executeServerCommand} from '@web/test-runner-commands';
import {engineUrl} from './local-engine.js';

/** What the network does from now on, in place of what it did before: see `datagrams.mjs`. */
interface Conditions {
  /** The same one makes the same choices again. */
  readonly seed?: number;
  /** Shares of the datagrams, from 0 to 1. */
  readonly loss?: number;
  readonly duplicate?: number;
  readonly reorder?: number;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly blackHole?: 'up' | 'down' | 'both';
  readonly http?: 'hang' | 'refuse';
  /** All of it passes after so long. */
  readonly forMs?: number;
}

interface Counts {
  /** Requests for a connection, preflights included. */
  readonly offers: number;
  /** Datagrams carried, to the engine and from it. */
  readonly up: number;
  readonly down: number;
  readonly lost: number;
  /** Ports at which the engine has seen clients. */
  readonly ports: number;
}

/** A network between this page and the local engine, which it is reached through at `url`. */
export class Network {
  static async start(): Promise<Network> {
    const {url} = await executeServerCommand<{url: string}, object>('start-relay', {engineUrl});
    return new Network(url);
  }

  constructor(readonly url: string) {}

  async impair(conditions: Conditions): Promise<void> {
    await executeServerCommand('impair-relay', {url: this.url, conditions});
  }

  /** The engine sees the visitor at another port from now on, as after a change of networks. */
  async rebind(): Promise<void> {
    await executeServerCommand('rebind-relay', {url: this.url});
  }

  read(): Promise<Counts> {
    return executeServerCommand<Counts, object>('read-relay', {url: this.url});
  }

  async stop(): Promise<void> {
    await executeServerCommand('stop-relay', {url: this.url});
  }
}
