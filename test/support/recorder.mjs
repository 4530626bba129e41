import {once} from 'node:events';
import {createServer, request as pass} from 'node:http';
import {buffer} from 'node:stream/consumers';

/**
 * What an engine is sent over HTTP: stands in front of it, at `url`, and keeps the `requests`.
 * `answer` may answer one in the engine's stead, with `{status, headers, body}`, or cut it off with
 * `null`. Every response tries to leave a cookie behind.
 */
export class Recorder {
  requests = [];
  answer = () => undefined;
  #server = createServer((...exchange) => void this.#serve(...exchange));

  static async start(engineUrl) {
    const recorder = new Recorder();
    recorder.engineUrl = engineUrl;
    recorder.#server.listen(0, '127.0.0.1');
    await once(recorder.#server, 'listening');
    recorder.url = `http://127.0.0.1:${recorder.#server.address().port}`;
    return recorder;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request, response) {
    const {method, url, headers} = request;
    const body = await buffer(request);
    this.requests.push({method, url, headers, body: body.toString()});
    response.setHeader('Set-Cookie', 'engine=was-here');
    const instead = method === 'OPTIONS' ? undefined : this.answer(this.requests.at(-1));
    if (instead === null) return response.destroy();
    if (instead) {
      response.setHeader('Access-Control-Allow-Origin', '*');
      return response.writeHead(instead.status, instead.headers).end(instead.body);
    }
    const passed = pass(this.engineUrl + url, {method, headers}, reply => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    passed.end(body);
  }
}
