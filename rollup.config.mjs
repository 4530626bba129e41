import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {nodeResolve} from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import {minifyTemplateLiterals} from 'rollup-plugin-minify-template-literals';
import {withinWhatIsLeft} from './rollup/uses-of-lit.mjs';

const MINIFIED = {
  ecma: 2022,
  compress: {passes: 3, pure_getters: true, keep_fargs: false},
  format: {ascii_only: true, comments: false},
};
const minify = terser({...MINIFIED, module: true});
/** Lit's own inner names are as short as the elements' are. */
const minifyWithLit = terser({
  ...MINIFIED,
  module: true,
  mangle: {properties: {regex: /^_\$/}},
});

/** What Lit does that the elements have no use for: [what, what is in its place]. */
const LIT_LEFTOVERS = [
  // For polyfills, for its own developers, and for browsers that the elements' styles are beyond.
  [/\w+\.\w+(Polyfill|Hydrate)Support/g, 'undefined'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, 'undefined'],
  [/\w+\.ShadowRoot&&.+?"replace"in CSSStyleSheet\.prototype/g, 'true'],
  [/Symbol\.metadata\?\?=.+?new WeakMap;/g, ''],
  [/const \w=this\[Symbol\.metadata\];if.+?(?=this\._\$Eh)/g, ''],
  [/Error\("(CSSResult is|Value passed|invalid template)[^)]+\)/g, 'Error()'],
  // Directives: what they resolve to, and what tells them whether they are in the page.
  [/get (_\$AU|parentNode|startNode|endNode|tagName)\(\)\{[^}]+\}/g, ''],
  [/setConnected\(t\)\{[^}]+\}/, ''],
  [/(dis)?connectedCallback\(\)\{super[^}]+setConnected\(!\d\)\}/g, ''],
  [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
  [/,this\._\$Cv=\w\?\.isConnected\?\?!0/, ''],
  [/this\._\$AP\?\.\(!1,!0,\w\)/, ''],
  // Expressions that set a property, or are in a tag, a comment or raw text; pieces of pictures and formulas.
  [/"\."===\w\[1\]\?\w:/, ''],
  [/6===\w\.type&&\(\w=new \w\(\w,this,\w\)\)/, '0'],
  [/else \w\.startsWith\(\w\)&&.+?removeAttribute\(\w\)\);/, ''],
  [/else\{let t=-1;for.+?length-1\}/, ''],
  [/if\(\w\.test\(\w\.tagName\)\)\{.+?\}\}(?=\}else if\(8===)/, ''],
  [/\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),/, ''],
  [/2===\w\?"<\/?svg>":3===\w\?"<\/?math>":""/g, '""'],
  [/if\((this\.el=.+?el\.content),2===\w\|\|3===\w\)\{.+?\}(?=for)/, '$1;'],
  // Templates that are compiled, or for another document.
  [/"number"==typeof \w\?(this\._\$AC\(t\)):\(void 0===.+?,\w\)(?=;)/, '$1'],
  [/\(t\?\.creationScope\?\?(\w)\)/, '$1'],
  // Styles and properties that the elements do not have.
  [/=\(t,\.\.\.e\)=>\{const o=1===.+?return new/, '=t=>{const o=t[0];return new'],
  [/const e=void 0!==s&&1===s\.length;e&&\(t=o\.get\(s\)\),/, ''],
  [/,e&&o\.set\(s,t\)/, ''],
  [/toString\(\)\{return this\.cssText\}/, ''],
  [/case Object:case Array:(t=.+?(?=\})|try\{.+?\}catch\(t\)\{.+?\})/g, ''],
  [/static addInitializer.+?(?=static)/, ''],
  [/void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\),/, ''],
  [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, ''],
  [/s\.state&&\(s\.attribute=!1\),/, ''],
  [/this\.prototype\.hasOwnProperty\(t\)&&\(\(s=Object\.create\(s\)\)\.wrapped=!0\),/, ''],
  [/const t=this\.constructor\.elementProperties;if\(t\.size>0\)for.+?\}(?=\}let)/, ''],
  [/removeController\(t\)\{[^}]+\}/, ''],
  [/\w\?\w\.emptyScript:/g, ''],
  [/\(void 0!==\w\.converter\?\.toAttribute\?\w\.converter:(\w)\)/, '$1'],
  [/void 0!==\w\.converter\?\.fromAttribute\?\w\.converter:/, ''],
  [/,!0!==\w\|\|void 0!==r\)\|\|/, ')||'],
  [/\|\|"function"==typeof t\?\.\[Symbol\.iterator\]/, ''],
  // A listener is there for good, and without options.
  [
    /_\$AI\(t,i=this\)\{if\(\(t=M.+?this\._\$AH=t\}/,
    '_$AI(t){this._$AH===A&&this.element.addEventListener(this.name,this),this._$AH=t}',
  ],
  [/this\.options\?\.host\?\?this\.element/, 'this.options.host'],
  // Directives, again: the values are what they are, and no part asks which it is, and of whom.
  [/t=M\(this,t,i\),a/, 'a'],
  [/t=M\(this,t,i,0\),/, ''],
  [/=M\(this,e\[s\+n\],i,n\)/, '=e[s+n]'],
  [/this\.type=\d,/g, ''],
  [/this\._\$AN=void 0,/g, ''],
  [/,?this\._\$AM=\w/g, ''],
  [/constructor\(\)\{super\(\.\.\.arguments\),this\.type=4\}/, ''],
  [/constructor\(t,i,s,e,h\)\{super\(t,i,s,e,h\),this\.type=5\}/, ''],
  [
    /(new k\(h,h\.nextSibling|r\.name,r\.strings|new k\(this\.O\(c\(\)\),this\.O\(c\(\)\)),this/g,
    '$1',
  ],
  [/(class H\{.*?constructor\(t,i,s),e,h\)/, '$1,h)'],
  [/constructor\(t,i,s,e\)\{this\._\$AH=A/, 'constructor(t,i,e){this._$AH=A'],
  [/new R\(e,this\)/, 'new R(e)'],
  [/2===(\w)\.type\?(i=new k.+?):1===r\.type\?(i=new r\.ctor.+?):0/, 'r.ctor?$3:$2'],
  [/type:[12],/, ''],
  [/_\$AI\(t,i=this\)/g, '_$AI(t)'],
  [/,i=this,s,e\)\{const h=this\.strings/, ',i,s){const h=this.strings'],
  [/o&&!e&&this/, 'o&&this'],
  [/i\._\$litElement\$=!0,/, ''],
  // An attribute is of values that are simple, and of several without `nothing` and `noChange`.
  [/!a\(t\)\|\|t!==this\._\$AH&&t!==E/, 't!==this._$AH'],
  [/!a\(r\)\|\|r!==this/, 'r!==this'],
  [/r===E&&\(r=this\._\$AH\[n\]\),/, ''],
  [/r===A\?t=A:t!==A&&\((.+?)\),this/, '$1,this'],
  [/if\(r\.hasAttributes\(\)\)for/, 'for'],
  // No node is a value, and none is rendered before: what is rendered is all that there is.
  [/void 0!==t\.nodeType\?this\.T\(t\):/, ''],
  [/T\(t\)\{this\._\$AH!==t&&\((.+?)\)\}/, 'T(t){$1}'],
  [/void 0!==s&&\((void 0!==s\.strings\?.+?)\),i\+\+/, '$1,i++'],
  [/this\._\$AH!==A&&this\._\$AR\(\),/, 'this._$AR(),'],
  [/,e\),i\.length=e\)/, '),i.length=e)'],
  [/i\(t\)\.(nextSibling|remove)/g, 't.$1'],
  [/this\._\$Do=e\(/, 'e('],
  [/,this\._\$Do=void 0/, ''],
  [/createRenderRoot\(\)\{const t=(super|this\.shadowRoot).+?,t\}/, ''],
  [
    /const e=s\?\.renderBefore\?\?i;let h=e\._\$litPart\$;.+?,h\}/,
    '(i._$litPart$??=new k(i.appendChild(c()),null,s))._$AI(t)}',
  ],
  // Styles are lists of texts.
  [
    /constructor\(t,e,o\)\{if\(this\._\$cssResult\$=!0,.+?this\.t=e\}/,
    'constructor(t){this.cssText=t}',
  ],
  [/=t=>\{const o=t\[0\];return new n\(o,t,s\)\}/, '=t=>new n(t[0])'],
  [
    /const s=this\.t;if\(.+?void 0===t\)\{void 0===t&&\((.+?)\)\}return t/,
    'return void 0===t&&($1),t',
  ],
  [/static finalizeStyles\(s\)\{.+?return i\}/, 'static finalizeStyles(t){return t?.flat(1/0)}'],
  // Properties are in the elements' tables alone, with a function where they are converted.
  [/\[\.\.\.r\(t\),\.\.\.o\(t\)\]/, 'r(t)'],
  [
    /if\(this\._\$Ei\(\),(this\.elementProperties\.set\(t,s\)),!s\.noAccessor\)\{const i=Symbol\(\),h=(this.+?\(t,)i(,s\));void 0!==h&&(e\(this\.prototype,t,)h\)\}/,
    '$1,$4$2Symbol()$3)',
  ],
  [
    /const\{get:e,set:r\}=.+?;return\{get:e,set\(s\)\{const h=e.+?this,s\),this/,
    'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this',
  ],
  [/:"string"==typeof i\?i:"string"==typeof t\?t\.toLowerCase\(\):void 0/, ':i??t.toLowerCase()'],
  [/(createProperty\(t,s)=b/, '$1'],
  [/\?\?b\}/, '}'],
  [
    /"function"==typeof t\.converter\?\{fromAttribute:t\.converter\}:(u);(.+?)h\.fromAttribute/,
    't.converter??$1.fromAttribute;$2h',
  ],
  [
    /requestUpdate\(t,s,i,e=!1,h\)\{if\(void 0!==t\)\{const r=this\.constructor;if\(!1===e&&\(h=this\[t\]\),i\?\?=r\.getPropertyOptions\(t\),!\(\(i\.hasChanged\?\?f\)/,
    'requestUpdate(t,s,i){if(void 0!==t){const r=this.constructor,h=this[t];if(!(f',
  ],
  [/(C\(t,s,\{useDefault:i,reflect:e),wrapped:h\},r\)\{(.+?)r\?\?s/, '$1}){$2s'],
  [/,!0===e&&this/, ',e&&this'],
  [/if\(void 0!==e&&!0===i\.reflect\)/, ''],
  [/,y\[d\("finalized"\)\]=new Map/, ''],
  [/y\.shadowRootOptions=\{mode:"open"\},/, ''],
  // Every update is done, and every controller there before its element is in the page.
  [/,void 0!==this\.renderRoot&&this\.isConnected&&t\.hostConnected\?\.\(\)/, ''],
  [/this\._\$EO\?\.forEach\(t=>t\.hostUpdate\?\.\(\)\),/, ''],
  [
    /const t=this\.scheduleUpdate\(\);return null!=t&&await t,!this/,
    'return await this.scheduleUpdate(),!this',
  ],
  [/this\._\$Ep=void 0,(this.+?),this\._\$Em=null,/, '$1,'],
  [
    /let t=!1;(const s=this\._\$AL;try\{)t=this\.shouldUpdate\(s\),t\?\((.+?)\):this\._\$EM\(\)\}catch\(s\)\{throw t=!1,(.+?)\}t&&this/,
    '$1$2}catch(s){throw $3}this',
  ],
  [/shouldUpdate\(t\)\{return!0\}/, ''],
  [/this\.getUpdateComplete\(\)\}getUpdateComplete\(\)\{return /, ''],
];

/** Takes that out, and stops where a new Lit has it otherwise. */
function withoutLeftovers() {
  const missed = new Set(LIT_LEFTOVERS);
  return {
    name: 'without-leftovers',
    transform(before, id) {
      if (!/\/node_modules\/(@lit|lit-\w+)\//.test(id)) return null;
      let code = before;
      for (const leftover of LIT_LEFTOVERS) {
        const rest = code.replace(...leftover);
        if (rest !== code) missed.delete(leftover);
        code = rest;
      }
      return {code, map: null};
    },
    buildEnd() {
      for (const [pattern] of missed) this.error(`Lit has nothing like ${pattern} any more.`);
    },
  };
}

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
      nodeResolve(),
      withinWhatIsLeft,
      withoutLeftovers(),
      minifyTemplateLiterals(),
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
