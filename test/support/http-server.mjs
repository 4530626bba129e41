import {once} from 'node:events';
import {createServer} from 'node:http';

/** A server on a port of its own; its address, and the requests that it has had. */
export async function serve(listener) {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
