import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {rollup} from 'rollup';
import {build as bundleForPage} from 'vite';
import configurations from '../rollup.config.mjs';

const [{context, plugins}] = configurations;

/** The least that shows an element made with Lit. */
const LIT_ALONE = `
  import {css, html, LitElement} from 'lit';
  class LitAlone extends LitElement {
    static styles = css\`:host { display: block; }\`;
    static properties = {name: {}};
    constructor() {
      super();
      this.name = 'Lit';
    }
    render() {
      return html\`<p>Hello \${this.name}</p>\`;
    }
  }
  customElements.define('lit-alone', LitAlone);
`;

const LIT_AND_CONTEXT = `
  export {css, html, LitElement} from 'lit';
  export {ContextConsumer, ContextProvider, createContext} from '@lit/context';
`;

/** The scripts that are measured: as they have been built, or built here in the same way. */
export async function buildScripts() {
  const [element, openai, pipecat, sdk, litAlone, litAndContext] = await Promise.all([
    read('dist/diarupt-interaction.js'),
    read('dist/diarupt-openai.js'),
    read('dist/diarupt-pipecat.js'),
    read('build/sdk.js'),
    bundle(LIT_ALONE, 'iife'),
    bundle(LIT_AND_CONTEXT, 'es'),
  ]);
  return {element, openai, pipecat, sdk, litAlone, litAndContext};
}

/** Ours and those of the engines' makers, each with what it needs, all of them by the same bundler. */
const CLIENTS = ['diarupt-openai', 'agents-realtime', 'diarupt-pipecat', 'small-webrtc-transport'];

/** A module of each, `{open, leave}`, as its page has it: `clients/`. */
export async function buildClients() {
  const built = await Promise.all(CLIENTS.map(async name => [name, await bundleClient(name)]));
  return Object.fromEntries(built);
}

async function bundleClient(name) {
  const {output} = await bundleForPage({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`clients/${name}.js`, import.meta.url)),
        preserveEntrySignatures: 'strict',
        output: {codeSplitting: false},
      },
    },
  });
  return output[0].code;
}

/** The size in bytes of what a server sends, compressed by Brotli at its best. */
export function compressedSize(text) {
  return brotliCompressSync(text).length;
}

function read(path) {
  return readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
}

async function bundle(source, format) {
  const id = fileURLToPath(new URL('entry.js', import.meta.url));
  const entry = {
    name: 'entry',
    resolveId: name => (name === id ? id : null),
    load: name => (name === id ? source : null),
  };
  const build = await rollup({input: id, context, plugins: [entry, ...plugins]});
  const {output} = await build.generate({format});
  await build.close();
  return output[0].code;
}
