import {once} from 'node:events';
import {createServer} from 'node:http';
import {text} from 'node:stream/consumers';
import {Network, Path} from './datagrams.mjs';

const HOST = '127.0.0.1';

const PASSED_ON = [
  'access-control-request-headers',
  'access-control-request-method',
  'content-type',
  'if-match',
  'origin',
  'x-api-key',
];
const DESCRIPTION = /^application\/(sdp|trickle-ice-sdpfrag)$/;
const CANDIDATE = /^a=candidate:.*\r\n/gm;
const ENGINE_CANDIDATE = /^(a=candidate:\S+ 1 udp \d+ ([\d.]+)) (\d+) typ host.*\r\n/i;

/**
 * A bad network in front of an engine: its HTTP at another origin, and its media through ports of
 * ours. Neither side is told a port of the other's, so that there is no way around it.
 */
export class Relay {
  network = new Network();
  /** Requests for a connection, preflights included. */
  offers = 0;
  #engine;
  #paths = [];
  #server = createServer((request, response) => {
    if (request.url.endsWith('/connection')) this.offers += 1;
    this.#serve(request, response).catch(() => response.destroy());
  });

  constructor(engineUrl) {
    this.#engine = engineUrl;
  }

  async listen() {
    this.#server.listen(0, HOST);
    await once(this.#server, 'listening');
    return `http://${HOST}:${this.#server.address().port}`;
  }

  rebind() {
    this.#paths.forEach(path => path.rebind());
  }

  close() {
    this.network.impair({});
    this.#paths.forEach(path => path.close());
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request, response) {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const sent = (await text(request)).replace(CANDIDATE, '');
    await this.#pass(response);
    const names = PASSED_ON.filter(name => name in request.headers);
    const reply = await fetch(this.#engine + request.url, {
      method: request.method,
      headers: names.map(name => [name, request.headers[name]]),
      body: sent || undefined,
      redirect: 'manual',
      signal: gone.signal,
    });
    const told = await reply.text();
    const isDescription = reply.ok && DESCRIPTION.test(reply.headers.get('content-type'));
    const body = isDescription ? await this.#withOurPorts(told) : told;
    await this.#pass(response);
    for (const [name, value] of reply.headers) {
      if (!/^(connection|content-length|keep-alive|transfer-encoding)$/.test(name)) {
        response.setHeader(name, value);
      }
    }
    response.writeHead(reply.status).end(body);
  }

  /** Lets a request or a reply pass, or holds it back like the datagrams. */
  async #pass(response) {
    await this.network.untilHeard();
    if (this.network.http === 'refuse') response.destroy();
    if (response.destroyed) throw new Error('The network is down, or the client has gone.');
  }

  /** A description in which the engine is at ports of ours, and nowhere else. */
  async #withOurPorts(description) {
    const lines = description.match(CANDIDATE) ?? [];
    const ours = await Promise.all(lines.map(line => this.#throughUs(line)));
    return description
      .replace(CANDIDATE, () => ours.shift())
      .replace(/^(m=\S+) [1-9]\d*/gm, '$1 9')
      .replace(/^c=.*/gm, 'c=IN IP4 0.0.0.0');
  }

  async #throughUs(candidate) {
    const [, whose, address, port] = ENGINE_CANDIDATE.exec(candidate) ?? [];
    if (!port) return ''; // TCP, or IPv6.
    const path = await Path.open({address, port: Number(port)}, this.network);
    this.#paths.push(path);
    return `${whose} ${path.port} typ host\r\n`;
  }
}

/** Lets a test in a page start relays and worsen the network behind them: `network.ts`. */
export function relayPlugin() {
  const relays = new Map();
  const commands = {
    async 'start-relay'({engineUrl}) {
      const relay = new Relay(engineUrl);
      const url = await relay.listen();
      relays.set(url, relay);
      return {url};
    },
    'impair-relay': ({url, conditions}) => relays.get(url).network.impair(conditions),
    'rebind-relay': ({url}) => relays.get(url).rebind(),
    'read-relay': ({url}) => {
      const {offers, network} = relays.get(url);
      return {offers, ...network.counts};
    },
    'stop-relay': ({url}) => {
      relays.get(url).close();
      relays.delete(url);
    },
  };
  return {
    name: 'relay',
    async executeCommand({command, payload}) {
      // A command without a result would be taken for an unknown one.
      if (command in commands) return (await commands[command](payload)) ?? {};
    },
  };
}
