import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseAst} from 'rollup/parseAst';
import {usesOfLeftovers} from '../../rollup/uses-of-lit.mjs';

const usesIn = code => [...usesOfLeftovers(parseAst(code))];
const table = entries => `class A { static { this.properties = {${entries}}; } get own() {} }`;

const LEFT_OUT = {
  'imports svg': 'import {html, svg} from "lit"',
  'imports lit/directives/when.js': 'import {when} from "lit/directives/when.js"',
  'imports lit': 'export * from "lit"',
  'sets a property': 'html`<a .b=${1}>`',
  'has an expression in a tag': 'html`<a class="x y" ${1}>`',
  'has an expression in a comment': 'html`<!-- ${1} -->`',
  'has an expression in raw text': 'html`<textarea rows="1">${1}</textarea>`',
  'takes a listener away': 'html`<a @b=${c ? d : nothing}>`',
  'has a style in a style': 'css`a { ${b} }`',
  'has state for a': table('a: {state: true}'),
  'converts a both ways': table('a: {converter: {toAttribute, fromAttribute}}'),
  'has accessors of its own for own': table('own: {}'),
  'has removeController': 'host.removeController(this)',
  'has shouldUpdate': 'class A { shouldUpdate() {} }',
};

for (const [use, code] of Object.entries(LEFT_OUT)) {
  test(`the single file is not built of an element that ${use}`, () => {
    assert.deepEqual(usesIn(code), [use]);
  });
}

test('what elements use of Lit otherwise is in the single file', () => {
  const code = `
    import {LitElement, css, html, noChange, nothing} from 'lit';
    css\`a { b: c }\`;
    html\`<a b=\${1} ?c=\${2} @d=\${e} f="g \${h} \${nothing}">\${i} > \${j}</a> \${k}\`;
    html\`<textarea rows=\${1}></textarea>\${noChange}\`;
    ${table('a: {type: Boolean, reflect: true, useDefault: true}, b: {attribute: false, converter}')}
  `;
  assert.deepEqual(usesIn(code), []);
});
