import {LEFTOVERS} from './lit-leftovers.mjs';
import {nodesIn} from './nodes.mjs';

const OF_LIT = /\/node_modules\/(lit-html|lit-element|@lit\/reactive-element)\//;

/** The table as a list. */
const ENTRIES = Object.entries(LEFTOVERS).flatMap(([feature, {instead = {}, ...kinds}]) => [
  ...Object.entries(kinds).flatMap(([kind, all]) => all.map(what => ({feature, kind, what}))),
  ...Object.entries(instead).map(([what, text]) => ({feature, kind: 'instead', what, text})),
]);

const find = (kind, is) => ENTRIES.find(entry => entry.kind === kind && is(entry.what));

/** Takes that out of Lit, and stops where a new Lit has it otherwise. */
export function withoutLeftovers() {
  const missed = new Set(ENTRIES);
  return {
    name: 'without-leftovers',
    transform(code, id) {
      if (!OF_LIT.test(id)) return null;
      const edits = [...editsOfNodes(code, this.parse(code)), ...editsOfText(code)];
      for (const {entry} of edits) missed.delete(entry);
      // What is left stays where it was: the map is right without one for this.
      return {code: edited(code, edits), map: null};
    },
    buildEnd(error) {
      const [entry] = error ? [] : missed;
      if (!entry) return;
      const {what, feature} = entry;
      this.error(`Lit has no "${what}" any more: see "${feature}" in rollup/lit-leftovers.mjs.`);
    },
  };
}

function* editsOfNodes(code, program) {
  const written = new Set();
  for (const node of nodesIn(program)) {
    const {type, start, end} = node;
    if (type === 'ClassDeclaration') {
      for (const {key, start, end} of node.body.body) {
        const names = [key.name, `${node.id.name}.${key.name}`];
        const entry = find('uncalled', what => names.includes(what));
        if (entry) yield {entry, start, end, text: ''};
      }
    } else if (type === 'AssignmentExpression') {
      const entry = find('unset', what => what === propertyOf(node.left));
      if (entry) {
        written.add(node.left);
        yield {entry, start, end: node.right.start, text: ''};
      }
    } else if (type === 'MemberExpression' && !written.has(node)) {
      const entry = find('unset', what => what === propertyOf(node));
      if (entry) yield {entry, start, end, text: 'undefined'};
    } else if (/(Statement|Declaration|SwitchCase)$/.test(type)) {
      const text = code.slice(start, end).replace(/\s+/g, ' ');
      const entry = find('cut', what => text.startsWith(what));
      if (entry) yield {entry, start, end, text: ';'};
    }
  }
}

const propertyOf = ({property, computed}) => (computed ? property.value : property?.name);

function* editsOfText(code) {
  for (const entry of ENTRIES.filter(({kind}) => kind === 'instead')) {
    const words = entry.what.split(' ').map(word => word.replace(/[$()*+.?[\]{|}]/g, '\\$&'));
    for (const {index, 0: found} of code.matchAll(new RegExp(words.join('\\s+'), 'g'))) {
      yield {entry, start: index, end: index + found.length, text: entry.text};
    }
  }
}

/** Of two edits, one in the other, the outer is done. */
function edited(code, edits) {
  let done = '';
  let at = 0;
  for (const {start, end, text} of edits.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    done += code.slice(at, start) + inPlaceOf(code.slice(start, end), text);
    at = end;
  }
  return done + code.slice(at);
}

/** As many lines as before, the last as long as before. */
function inPlaceOf(before, text) {
  const [first, ...lines] = before.split('\n');
  if (lines.length === 0) return text.padEnd(first.length);
  return text + '\n'.repeat(lines.length) + ' '.repeat(lines.at(-1).length);
}
