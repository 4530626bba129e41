import {once} from 'node:events';
import {createReadStream, existsSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname} from 'node:path';

const ROOT = new URL('../../', import.meta.url);
/** What pages may load of the project itself. */
const PUBLIC = /^\/(dist|node_modules\/lit-html)\/[\w./-]+\.js$/;

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * A web site at two origins, with the pages and files that a test gives it, and the project's
 * `/dist/`. A path without an extension is a page.
 */
export class Site {
  /** What there is, by path: `{body, headers}`, or a listener as `http.createServer` takes it. */
  files = {};
  #servers = [];

  static async start() {
    const site = new Site();
    for (const at of [0, 1]) {
      const server = createServer((request, response) => site.#serve(request, response));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      site.#servers[at] = server;
    }
    return site;
  }

  get origin() {
    return this.#originOf(0);
  }

  /** Another origin, where everything is as well. */
  get elsewhere() {
    return this.#originOf(1);
  }

  close() {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  #originOf(at) {
    return `http://127.0.0.1:${this.#servers[at].address().port}`;
  }

  #serve(request, response) {
    const {pathname} = new URL(request.url, ROOT);
    const type = TYPES[extname(pathname) || '.html'];
    const file = this.files[pathname];
    if (typeof file === 'function') return file(request, response);
    const built = new URL(`.${pathname}`, ROOT);
    if (type) response.setHeader('Content-Type', type);
    response.setHeader('Cache-Control', 'no-store');
    if (file) response.writeHead(200, file.headers).end(file.body);
    else if (PUBLIC.test(pathname) && existsSync(built)) createReadStream(built).pipe(response);
    else response.writeHead(404).end();
  }
}
