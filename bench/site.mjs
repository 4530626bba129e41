import {once} from 'node:events';
import {createServer} from 'node:http';

/** Isolated pages have a clock of 5 microseconds, others of 100. */
const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};

const MEDIA_TYPES = {html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8'};

/** Serves `files`, texts by their path, from memory. */
export async function serve(files) {
  const server = createServer(({url}, response) => {
    const path = url.slice(1);
    const text = files[path];
    const type = MEDIA_TYPES[path.split('.').at(-1)];
    response.writeHead(text === undefined ? 404 : 200, {...HEADERS, 'Content-Type': type ?? ''});
    response.end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A page with a body and the modules that it runs, in order. */
export function page(body, ...modules) {
  const scripts = modules.map(path => `<script type="module" src="/${path}"></script>`);
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><link rel="icon" href="data:," /><title>Bench</title></head>
  <body>${body}${scripts.join('')}</body>
</html>`;
}
