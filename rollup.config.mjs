import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyTemplateLiterals} from 'rollup-plugin-minify-template-literals';
import {withinWhatIsLeft} from './rollup/uses-of-lit.mjs';
import {withoutLeftovers} from './rollup/without-leftovers.mjs';

const MINIFIED = {
  ecma: 2022,
  compress: {passes: 3, pure_getters: true, keep_fargs: false},
  format: {ascii_only: true, comments: false},
};
const minify = terser({...MINIFIED, module: true});
/** Lit's inner names are shortened too, as in its own builds. */
const minifyWithLit = terser({...MINIFIED, module: true, mangle: {properties: {regex: /^_/}}});

const COMPONENTS = 'src/components/';
const PRIVATE_NAME = /--_[\w-]+/g;
const PRIVATE_NAMES = readdirSync(COMPONENTS)
  .flatMap(name => readFileSync(COMPONENTS + name, 'utf8').match(PRIVATE_NAME) ?? [])
  .filter((name, at, all) => all.indexOf(name) === at);

/** Custom properties of our own, which no page can name, are called as shortly as can be. */
const withShortNames = {
  name: 'with-short-names',
  renderChunk: code => ({
    code: code.replace(PRIVATE_NAME, name => `--_${PRIVATE_NAMES.indexOf(name).toString(36)}`),
    map: null,
  }),
};

/**
 * A file of its own for what few pages use, `dist/diarupt-<name>.js`: a classic script or a module,
 * loaded before the single file or after it. It waits for the element, and is built on what that was
 * defined with, which it finds where the element is, in the registry (`components/kit.ts`, and the
 * engines of `core/registry.ts`): no global name is needed, no second Lit is loaded, and of two single
 * files it is the first, whose elements are the page's.
 */
function extension(
  name,
  plugins = [withinWhatIsLeft, minifyTemplateLiterals(), withShortNames, minify],
) {
  return {
    input: `dist/diarupt-${name}.js`,
    external: /\/(kit|element|registry)\.js$/,
    // Such as for an import of Lit itself, which would be another one.
    onwarn: warning => {
      throw new Error(warning.message);
    },
    output: {
      file: `dist/diarupt-${name}.js`,
      format: 'iife',
      globals: id => (id.endsWith('/kit.js') ? 'element.kit' : 'element'),
      banner: "customElements.whenDefined('diarupt-interaction').then(element=>{",
      footer: '})',
      inlineDynamicImports: true,
      sourcemap: true,
    },
    plugins,
  };
}

const WEIGHED = {
  sdk: 'dist/index.js',
  element: 'dist/element.js',
  transcript: 'dist/transcript.js',
  server: 'dist/server/index.js',
  testing: 'dist/testing/index.js',
  embed: 'dist/embed.js',
};

const {version} = JSON.parse(readFileSync('package.json', 'utf8'));
const preambleOf = (what, notices) => `/*! diarupt ${version}, MIT; has ${what}: see ${notices} */`;

/** As small as without, but for what it says of what is in it. */
const withPreamble = (...told) =>
  terser({...MINIFIED, format: {...MINIFIED.format, preamble: preambleOf(...told)}, module: true});

const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const LIVEKIT_NOTICES = 'THIRD-PARTY-NOTICES-livekit.txt';

const IN_PACKAGE = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/;

/** What the licences of the packages in a file ask for is beside it. */
function withNotices(fileName) {
  return {
    name: 'with-notices',
    generateBundle() {
      const folders = [...this.getModuleIds()].flatMap(path => [
        ...(IN_PACKAGE.exec(path)?.slice(0, 1) ?? []),
        ...bundledIn(path),
      ]);
      const notices = [...new Set(folders)].sort().map(folder => {
        const {name, version} = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
        return `${name} ${version}\n\n${licenceIn(folder)}`;
      });
      const source = notices.join(`\n\n${'-'.repeat(80)}\n\n`);
      this.emitFile({type: 'asset', fileName, source});
    },
  };
}

/** The packages that a package's own file is made of, by its map. */
function bundledIn(path) {
  if (!IN_PACKAGE.test(path) || !existsSync(`${path}.map`)) return [];
  const {sources} = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
  return sources.flatMap(source => {
    const name = IN_PACKAGE.exec(source)?.[1];
    return name ? [`node_modules/${name}`] : [];
  });
}

/** Where there is no file of it, what its sources say. */
function licenceIn(folder) {
  const name = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
  if (name) return readFileSync(`${folder}/${name}`, 'utf8');
  const heads = readdirSync(folder, {recursive: true})
    .filter(path => path.endsWith('.js'))
    .map(path => /^(\/\/.*\n)*/.exec(readFileSync(`${folder}/${path}`, 'utf8'))[0])
    .filter(head => /copyright/i.test(head));
  return [...new Set(heads)].join('\n');
}

/** Tells how a page has this very file from a CDN, and no other. */
const pinned = {
  name: 'pinned',
  writeBundle({file}) {
    const hash = createHash('sha384').update(readFileSync(file)).digest('base64');
    const url = `https://cdn.jsdelivr.net/npm/diarupt@${version}/${file}`;
    const tag = `<script async src="${url}" integrity="sha384-${hash}" crossorigin="anonymous"></script>`;
    writeFileSync('dist/snippet.html', `${tag}\n`);
    console.log(tag);
  },
};

const withEmbedPage = {
  name: 'with-embed-page',
  generateBundle() {
    const source = readFileSync('src/embed/embed.html', 'utf8');
    this.emitFile({type: 'asset', fileName: 'embed.html', source});
  },
};

const locales = readdirSync('src/locales').map(name => name.replace(/ts$/, 'js'));

export default [
  /**
   * The single file, in the place of what the compiler made: a classic script and a module alike, with
   * all that it needs in it, and no global.
   */
  {
    input: 'dist/diarupt-interaction.js',
    context: 'globalThis',
    output: {
      file: 'dist/diarupt-interaction.js',
      format: 'iife',
      sourcemap: true,
      freeze: false,
    },
    plugins: [
      nodeResolve({exportConditions: ['development']}),
      withinWhatIsLeft,
      withoutLeftovers(),
      minifyTemplateLiterals({exclude: 'node_modules/**'}),
      withShortNames,
      minifyWithLit,
      withPreamble('Lit, BSD-3-Clause', NOTICES),
      withNotices(NOTICES),
      pinned,
    ],
  },
  extension('devices'),
  extension('livekit', [
    nodeResolve({browser: true}),
    withPreamble('livekit-client, Apache-2.0', LIVEKIT_NOTICES),
    withNotices(LIVEKIT_NOTICES),
  ]),
  extension('openai'),
  extension('pipecat'),
  {
    input: 'dist/diarupt-export.js',
    output: {file: 'dist/diarupt-export.js', format: 'iife', sourcemap: true},
    plugins: [minify],
  },
  /** What a page in a frame has beside it, in the same way, and that page. */
  {
    input: 'dist/diarupt-embed.js',
    output: {file: 'dist/diarupt-embed.js', format: 'iife', sourcemap: true},
    plugins: [minify, withEmbedPage],
  },
  /** The entries as a bundler leaves them in an embedder's page: weighed, not published. */
  ...Object.entries(WEIGHED).map(([name, input]) => ({
    input,
    external: /^(lit|@lit)\b/,
    output: {file: `build/${name}.js`, format: 'es'},
    plugins: [minify],
  })),
  /**
   * A language each, in the place of what the compiler made: without imports and exports, and so a
   * classic script and a module alike. Minified as a script, whose names would be the page's.
   */
  ...locales.map(name => ({
    input: `dist/locales/${name}`,
    output: {file: `dist/locales/${name}`, format: 'iife', sourcemap: true},
    plugins: [terser(MINIFIED)],
  })),
];
