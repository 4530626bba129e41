import {once} from 'node:events';
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import {rollup} from 'rollup';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** An empty page with the package as it was built, `exports` of its insides in reach by name. */
export async function serveInsides(exports) {
  const script = await bundle(exports);
  const page = '<!doctype html><html lang="en"><script src="/page.js" defer></script></html>';
  const server = createServer(({url}, response) => {
    const isScript = url === '/page.js';
    const type = isScript ? 'text/javascript' : 'text/html';
    response.writeHead(200, {'Content-Type': `${type}; charset=utf-8`});
    response.end(isScript ? script : page);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundle(exports) {
  const input = `${ROOT}page.js`;
  const page = {
    name: 'page',
    resolveId: id => (id === input ? id : null),
    load: id => (id === input ? exports : null),
  };
  const build = await rollup({input, context: 'globalThis', plugins: [page, nodeResolve()]});
  const {output} = await build.generate({format: 'iife', name: 'globalThis', extend: true});
  await build.close();
  return output[0].code;
}
