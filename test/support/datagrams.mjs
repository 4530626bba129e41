import {createSocket} from 'node:dgram';
import {EventEmitter, once} from 'node:events';

/** A datagram that is held back for so long is overtaken by those after it. */
const REORDER_MS = 60;

/**
 * What the network between a browser and an engine does to their datagrams: nothing, until it is
 * given conditions.
 *
 * - `loss`, `duplicate`, `reorder`: shares of the datagrams, from 0 to 1;
 * - `delayMs`, `jitterMs`: each datagram takes the first, and up to the second more;
 * - `blackHole`: `up`, `down` or `both` are swallowed;
 * - `http`: what becomes of requests, `hang` or `refuse`;
 * - `forMs`: all of it passes after so long;
 * - `seed`: the same one makes the same choices again, in each direction.
 */
export class Network {
  /** Datagrams carried and swallowed, and ports that the engine has seen clients at. */
  counts = {up: 0, down: 0, lost: 0, ports: 0};
  #conditions = {};
  #random = {up: mulberry32(0), down: mulberry32(0)};
  #healing;
  #changes = new EventEmitter();

  get http() {
    return this.#conditions.http;
  }

  /** Replaces the conditions that there were. */
  impair(conditions) {
    const {seed = 0, forMs} = conditions;
    clearTimeout(this.#healing);
    this.#conditions = conditions;
    this.#random = {up: mulberry32(seed), down: mulberry32(seed + 1)};
    if (forMs !== undefined) this.#healing = setTimeout(() => this.impair({}), forMs);
    this.#changes.emit('change');
  }

  /** Settles when requests no longer hang. */
  async untilHeard() {
    while (this.http === 'hang') await once(this.#changes, 'change');
  }

  /** Has a datagram on its way `up` or `down` delivered as often and as late as the conditions say. */
  carry(direction, deliver) {
    const {loss = 0, duplicate = 0, reorder = 0, delayMs = 0, jitterMs = 0} = this.#conditions;
    // Always as many, so that one condition does not change the choices of another.
    const [lost, twice, late, jitter] = Array.from({length: 4}, this.#random[direction]);
    if ([direction, 'both'].includes(this.#conditions.blackHole) || lost < loss) {
      this.counts.lost += 1;
      return;
    }
    this.counts[direction] += 1;
    const ms = delayMs + jitter * jitterMs + (late < reorder ? REORDER_MS : 0);
    for (let copies = twice < duplicate ? 2 : 1; copies > 0; copies -= 1) {
      if (ms > 0) setTimeout(deliver, ms);
      else deliver();
    }
  }
}

/**
 * A port of ours that stands for the engine's at `target`, on the same address. The engine sees
 * each client at a port of its own.
 */
export class Path {
  #front = createSocket('udp4');
  #network;
  #target;
  /** The sockets that stand for clients, by where those are. */
  #backs = new Map();
  #isClosed = false;

  static async open(target, network) {
    const path = new Path(target, network);
    path.#front.bind(0, target.address);
    await once(path.#front, 'listening');
    return path;
  }

  constructor(target, network) {
    this.#target = target;
    this.#network = network;
    this.#front.on('message', (datagram, client) => {
      network.carry('up', () => this.#sendUp(datagram, client));
    });
  }

  get port() {
    return this.#front.address().port;
  }

  /** From now on the engine sees the clients elsewhere, and reaches nobody where they were. */
  rebind() {
    for (const back of this.#backs.values()) back.close();
    this.#backs.clear();
  }

  close() {
    this.#isClosed = true;
    this.rebind();
    this.#front.close();
  }

  #sendUp(datagram, client) {
    if (this.#isClosed) return;
    const back = this.#backs.get(keyOf(client)) ?? this.#openBack(client);
    back.send(datagram, this.#target.port, this.#target.address);
  }

  #openBack(client) {
    const back = createSocket('udp4');
    this.#network.counts.ports += 1;
    this.#backs.set(keyOf(client), back);
    back.on('message', datagram => {
      this.#network.carry('down', () => {
        if (!this.#isClosed) this.#front.send(datagram, client.port, client.address);
      });
    });
    return back;
  }
}

function keyOf({address, port}) {
  return `${address}:${port}`;
}

/** Numbers from 0 to 1, the same ones for the same seed. */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
