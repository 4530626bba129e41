import {once} from 'node:events';
import {createServer} from 'node:http';
import {text} from 'node:stream/consumers';
import {Network, Path} from '../../support/datagrams.mjs';

const HOST = '127.0.0.1';
const CANDIDATE = /^a=candidate:.*\r\n/gm;
const HOST_CANDIDATE = /^(a=candidate:\S+ 1 udp \d+ ([\d.]+)) (\d+) typ host/;

/** A bad network in front of a bot: its HTTP at another address, and its media through ports of ours. */
export class BadNetwork {
  network = new Network();
  /** Whether the server no longer knows of any connection. */
  forgets = false;
  #botUrl;
  #paths = [];
  #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });

  static async before(botUrl) {
    const one = new BadNetwork();
    one.#botUrl = botUrl;
    one.#server.listen(0, HOST);
    await once(one.#server, 'listening');
    return one;
  }

  get url() {
    return `http://${HOST}:${this.#server.address().port}`;
  }

  close() {
    this.network.impair({});
    this.#paths.forEach(path => path.close());
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request, response) {
    const sent = await text(request);
    await this.network.untilHeard();
    if (response.destroyed) return;
    const {method, headers, url} = request;
    const names = Object.keys(headers).filter(name => /^(access-|content-type|origin)/.test(name));
    const reply = await fetch(this.#botUrl + url, {
      method,
      headers: names.map(name => [name, headers[name]]),
      body: sent ? JSON.stringify(this.#toBot(JSON.parse(sent))) : undefined,
    });
    const told = await reply.text();
    await this.network.untilHeard();
    for (const [name, value] of reply.headers) {
      if (/^(access-|content-type|vary)/.test(name)) response.setHeader(name, value);
    }
    response.writeHead(reply.status).end(told.includes('"sdp"') ? await this.#fromBot(told) : told);
  }

  /** Without a way around us. */
  #toBot({sdp, candidates, pc_id, ...rest}) {
    return {
      ...rest,
      ...(sdp && {sdp: sdp.replace(CANDIDATE, '')}),
      ...(candidates && {candidates: []}),
      pc_id: this.forgets && pc_id ? 'none' : pc_id,
    };
  }

  async #fromBot(told) {
    const answer = JSON.parse(told);
    const ours = new Map();
    for (const line of new Set(answer.sdp.match(CANDIDATE))) {
      ours.set(line, await this.#throughUs(line));
    }
    const sdp = answer.sdp.replace(CANDIDATE, line => ours.get(line));
    return JSON.stringify({...answer, sdp});
  }

  async #throughUs(candidate) {
    const [, whose, address, port] = HOST_CANDIDATE.exec(candidate) ?? [];
    if (!port) return ''; // IPv6.
    const path = await Path.open({address, port: Number(port)}, this.network);
    this.#paths.push(path);
    return `${whose} ${path.port} typ host\r\n`;
  }
}
