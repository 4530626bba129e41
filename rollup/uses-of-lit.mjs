import {nodesIn} from './nodes.mjs';

/** What the single file has of Lit for its elements, and for those in files of their own. */
const NAMES = ['LitElement', 'css', 'html', 'noChange', 'nothing'];
const OPTIONS = ['attribute', 'converter', 'reflect', 'type', 'useDefault'];
const NOT_CALLED = ['addInitializer', 'removeController', 'shouldUpdate'];

/** Expressions that are left out, by the text of a template in which each expression is a NUL. */
const NOT_EXPRESSED = {
  'sets a property': /\s\.[\w-]+=["']?\0/,
  'has an expression in a tag': /<[a-z][^<>"']*("[^"]*"[^<>"']*)*\s\0/i,
  'has an expression in a comment': /<!--[^>]*\0/,
  'has an expression in raw text': /<(script|style|textarea|title)\b[^>]*>[^<]*\0/i,
};

/** Stops the build where an element would use what `lit-leftovers.mjs` leaves out of Lit. */
export const withinWhatIsLeft = {
  name: 'within-what-is-left',
  transform(code, id) {
    if (id.includes('/node_modules/')) return;
    const [use] = usesOfLeftovers(this.parse(code));
    if (use) this.error(`${id} ${use}, which is left out of Lit: see rollup/lit-leftovers.mjs.`);
  },
};

export function* usesOfLeftovers(program) {
  const nodes = [...nodesIn(program)];
  const accessors = nodes.filter(({kind}) => /^[gs]et$/.test(kind)).map(({key}) => key.name);
  for (const node of nodes) {
    if (/^(lit|@lit\/reactive-element)\b/.test(node.source?.value)) yield* usesByName(node);
    if (node.type === 'Identifier' && NOT_CALLED.includes(node.name)) yield `has ${node.name}`;
    if (node.type === 'TaggedTemplateExpression') yield* usesInTemplate(node.tag.name, node.quasi);
    if (node.type === 'AssignmentExpression' && node.left.property?.name === 'properties') {
      yield* usesInTable(node.right.properties, accessors);
    }
  }
}

function* usesByName({source: {value: from}, specifiers}) {
  const names = from === 'lit' && specifiers?.map(({imported, local}) => (imported ?? local).name);
  const other = names ? names.find(name => !NAMES.includes(name)) : from;
  if (other) yield `imports ${other}`;
}

function* usesInTemplate(tag, {quasis, expressions}) {
  if (tag === 'css' && expressions.length > 0) yield 'has a style in a style';
  if (tag !== 'html') return;
  const texts = quasis.map(({value}) => value.raw);
  for (const [what, where] of Object.entries(NOT_EXPRESSED)) {
    if (where.test(texts.join('\0'))) yield what;
  }
  for (const [at, expression] of expressions.entries()) {
    const isListener = /\s@[\w-]+=["']?$/.test(texts[at]);
    if (isListener && [...nodesIn(expression)].some(({name}) => name === 'nothing')) {
      yield 'takes a listener away';
    }
  }
}

function* usesInTable(properties = [], accessors) {
  for (const {key, value} of properties) {
    if (accessors.includes(key.name)) yield `has accessors of its own for ${key.name}`;
    for (const {key: option, value: set} of value.properties) {
      if (!OPTIONS.includes(option.name)) yield `has ${option.name} for ${key.name}`;
      if (option.name === 'converter' && set.type === 'ObjectExpression') {
        yield `converts ${key.name} both ways`;
      }
    }
  }
}
