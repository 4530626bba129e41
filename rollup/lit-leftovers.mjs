/**
 * What the single file leaves out of Lit, since the elements have no use for it, in the names of Lit's
 * development builds (`node_modules/{lit-html,lit-element,@lit/reactive-element}/development`), which
 * the single file is made of. The minifier takes away what then leads nowhere.
 *
 * - `uncalled`: methods, accessors and constructors that can go, of every class or of one;
 * - `unset`: properties that stay unset: nothing is written to them, and `undefined` is read;
 * - `cut`: statements, by how they begin;
 * - `instead`: code, and what it comes to.
 *
 * Where a new Lit has no such thing, the build stops and names it: say here what it has instead, or
 * delete the line if there is room. `uses-of-lit.mjs` sees to it that no element needs any of this.
 */
export const LEFTOVERS = {
  'its help for developers': {
    cut: ['(global.'], // Where it lists its versions.
    instead: {
      'const DEV_MODE = true': 'const DEV_MODE = false',
      'const ENABLE_EXTRA_SECURITY_HOOKS = true': 'const ENABLE_EXTRA_SECURITY_HOOKS = false',
    },
  },
  'what the elements have of their own': {
    uncalled: ['createRenderRoot', 'LitElement.render'],
  },
  'what is for polyfills, for servers and for browsers that our styles are beyond': {
    unset: ['ShadyDOM', 'renderBefore', 'shadowRootOptions'],
    cut: ['polyfillSupport?.', 'global.litElementHydrateSupport'],
    instead: {
      'const supportsAdoptingStyleSheets =': 'const supportsAdoptingStyleSheets = true ||',
      'trustedTypes.emptyScript': "''", // For attributes such as `onclick`.
    },
  },
  directives: {
    instead: {'resolveDirective(this,': '(value => value)('},
  },
  'what tells directives where they are, and whether that is in the page': {
    uncalled: [
      '_$isConnected',
      'parentNode',
      'startNode',
      'endNode',
      'tagName',
      'setConnected',
      'LitElement.connectedCallback',
      'LitElement.disconnectedCallback',
      'BooleanAttributePart.constructor',
      'EventPart.constructor',
    ],
    unset: [
      '_$parent',
      '_$disconnectableChildren',
      '_$notifyConnectionChanged',
      '__isConnected',
      '__childPart',
    ],
    cut: ['this.type =', 'this.renderOptions.isConnected ='],
  },
  'expressions that set a property, or are in a tag, a comment or raw text': {
    cut: ['if (rawTextElement.test(', 'while ((i = node.data'],
    instead: {
      "m[1] === '.'": 'false',
      'name.startsWith(marker)': 'false',
      'templatePart.type === ELEMENT_PART': 'false',
    },
  },
  'pieces of pictures and of formulas': {
    instead: {'type === SVG_RESULT': 'false', 'type === MATHML_RESULT': 'false'},
  },
  'templates that are compiled, or for another document': {
    unset: ['creationScope'],
    instead: {"typeof type === 'number'": 'true'},
  },
  'values that are nodes, or lists but no arrays': {
    instead: {
      'value.nodeType !== undefined': 'false',
      "typeof value?.[Symbol.iterator] === 'function'": 'false',
    },
  },
  'listeners that go, or have options': {
    cut: ['const shouldRemoveListener', 'if (shouldRemoveListener'],
    instead: {' || shouldRemoveListener)': ')'},
  },
  'styles in styles': {
    unset: ['_strings', '_$cssResult$'],
    cut: ['if (safeToken !=='],
    instead: {
      '(strings, ...values) => { const cssText = strings.length === 1':
        'strings => { const cssText = true',
      'new CSSResult(cssText, strings, constructionToken)': 'new CSSResult(cssText)',
      'static finalizeStyles(styles) {':
        'static finalizeStyles(styles) { return styles?.flat(Infinity);',
    },
  },
  'properties that are declared otherwise than in the table of their class': {
    uncalled: ['addInitializer'],
    unset: ['_initializers', 'metadata', 'litPropertyMetadata'],
    cut: ['if (elementProperties.size'],
    instead: {
      'metadata !== null': 'false',
      'this.prototype.hasOwnProperty(name)': 'false',
      'wrapped !== true': 'true',
      'getOwnPropertyDescriptor(this.prototype, name) ??': '',
      '...getOwnPropertySymbols(props),': '',
      ": typeof name === 'string' ? name.toLowerCase() : undefined": ': name.toLowerCase()',
      '= defaultPropertyDeclaration)': ')',
      ' ?? defaultPropertyDeclaration': '',
    },
  },
  "properties' options that the tables do not have": {
    unset: ['state', 'noAccessor', 'hasChanged'],
    cut: ['case Array:'],
    instead: {'options.converter?.': 'undefined?.'}, // Converters are functions.
  },
  'controllers that come late or go, and updates that are not done': {
    uncalled: ['removeController', 'shouldUpdate'],
    cut: ['controller.hostConnected', 'shouldUpdate ='],
    instead: {'let shouldUpdate = false': 'const shouldUpdate = true'},
  },
};
