import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const SCRIPT = '<script src="/dist/diarupt-interaction.js"></script>';
const ELEMENT =
  '<diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>';
/** As modules: the page's own script comes first. */
const MODULES = `<script type="module" src="/own.js"></script>
  <script type="module" src="/dist/diarupt-interaction.js"></script>`;
/** The page's own Lit, which is the first to have the policy `lit-html`. */
const OWN_LIT = `
  import {html, render} from '/node_modules/lit-html/lit-html.js';
  render(html\`<h1>Our \${'own'}</h1>\`, document.body);
`;

/** Nothing at all, but for what is named. */
const csp = (...directives) => ({
  'Content-Security-Policy': ["default-src 'none'", ...directives].join('; '),
});
const OURS = ['script-src {site}/dist/diarupt-interaction.js', 'connect-src {engine}'];
const TYPED = "require-trusted-types-for 'script'";

const NOTHING = {violations: [], logged: [], uncaught: []};

/** Whether markup in a plain string is refused; where the browser knows no such thing, it is not. */
const refusesStrings = () => {
  if (!('trustedTypes' in globalThis)) return 'unknown';
  try {
    document.createElement('p').innerHTML = '<b>';
    return false;
  } catch {
    return true;
  }
};

for (const [what, headers] of [
  ['nothing but the file and the engine', csp(...OURS)],
  [
    'the file by its nonce, as strict policies do',
    csp("script-src 'nonce-1' 'strict-dynamic'", OURS[1]),
  ],
  ['strings as markup to nobody but Lit', csp(...OURS, TYPED, 'trusted-types lit-html')],
]) {
  inEachBrowser(`a page that allows ${what} holds a conversation`, async visit => {
    const html = SCRIPT.replace(' ', ' nonce="1" ') + ELEMENT;
    const page = await visit({headers, html});
    const transcript = await page.converse();
    assert.deepEqual([...new Set(transcript.map(({role}) => role))].sort(), ['assistant', 'user']);
    assert.deepEqual(await page.seen(), NOTHING);
    const isTyped = headers['Content-Security-Policy'].includes(TYPED);
    assert.notEqual(await page.page.evaluate(refusesStrings), !isTyped);
  });
}

inEachBrowser(
  'a page that does not allow the engine is told that it cannot be reached',
  async visit => {
    const page = await visit({headers: csp(OURS[0]), html: SCRIPT + ELEMENT});
    await assert.rejects(page.converse(), /engine could not be reached/);
    const {violations} = await page.seen();
    assert.match(violations.join(), /^connect-src http:\/\/localhost:\d+/);
  },
);

inEachBrowser('a page that allows markup to two Lits has both', async visit => {
  const scripts = 'script-src {site}';
  const types = "trusted-types lit-html 'allow-duplicates'";
  const page = await visit({
    headers: csp(scripts, OURS[1], TYPED, types),
    files: {'/own.js': OWN_LIT},
    html: MODULES + ELEMENT,
  });
  await page.converse();
  assert.deepEqual(await page.seen(), NOTHING);
  assert.equal(await page.page.$eval('h1', heading => heading.textContent), 'Our own');
});

for (const [what, types, files] of [
  ['a Lit of its own alone', 'trusted-types lit-html', {'/own.js': OWN_LIT}],
  ['no Lit', "trusted-types 'none'", {'/own.js': 'document.body.append("Our own");'}],
]) {
  inEachBrowser(`a page that allows markup to ${what} is told of it, and goes on`, async visit => {
    const headers = csp('script-src {site}', OURS[1], TYPED, types);
    const page = await visit({headers, files, html: MODULES + ELEMENT});
    if ((await page.page.evaluate(refusesStrings)) === 'unknown') return;
    const {uncaught, violations} = await page.seen();
    assert.match(uncaught.join(), /^TypeError: .*lit-html/);
    assert.match(violations.join(), /^trusted-types /);
    const [text, defined] = await page.page.evaluate(() => [
      document.body.textContent.trim(),
      customElements.get('diarupt-interaction') !== undefined,
    ]);
    assert.deepEqual([text, defined], ['Our own', false]);
  });
}
