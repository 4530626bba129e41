import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {inEachBrowser} from '../support/pages.mjs';

const FILE = readFileSync(new URL('../../dist/diarupt-interaction.js', import.meta.url), 'utf8');
const PATH = '/dist/diarupt-interaction.js';
const TAG =
  '<diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>';
const script = (attributes = '', path = PATH) => `<script ${attributes} src="${path}"></script>`;

const NOTHING = {violations: [], logged: [], uncaught: []};
const [, version] = /version="([\d.]+)"/.exec(FILE);
const OTHER = FILE.replace(`version="${version}"`, 'version="9.9.9"');

/** What a tag manager does, when the page has been there for a while. */
const INJECTED = `<script>
  addEventListener('load', () => {
    const script = document.createElement('script');
    script.src = '${PATH}';
    document.head.append(script);
  });
</script>`;

/** What an optimiser makes of a script: it is fetched when the visitor moves, and not before. */
const DELAYED = `<script type="text/plain" data-src="${PATH}"></script><script>
  addEventListener('pointermove', () => {
    const delayed = document.querySelector('[data-src]');
    const script = document.createElement('script');
    script.src = delayed.dataset.src;
    delayed.replaceWith(script);
  }, {once: true});
</script>`;

/** Others' scripts around it in one file: strict, with no semicolon at the end, and with none before. */
const CONCATENATED = [
  '"use strict"\nvar before = "run"',
  FILE.trimEnd(),
  '(function () { window.after = before })()',
].join('\n');

/** By what is in the page: its markup, and what else is on its site. */
const PAGES = {
  'before the tag': [script() + TAG],
  'after the tag': [TAG + script()],
  'async, before the tag': [script('async') + TAG],
  'async, after the tag': [TAG + script('async')],
  'defer, before the tag': [script('defer') + TAG],
  'a module before the tag': [script('type="module"') + TAG],
  'a module after the tag': [TAG + script('type="module"')],
  'injected when the page has loaded': [INJECTED + TAG],
  'delayed until the visitor moves': [DELAYED + TAG],
  'written into the page': [`<script>${FILE}</script>${TAG}`],
  'in one file with others': [script('', '/all.js') + TAG, {'/all.js': CONCATENATED}],
  'caught, in one file with others': [
    script('', '/all.js') + TAG,
    {'/all.js': `try{${FILE}}catch(e){}window.after="run"`},
  ],
  twice: [script() + TAG + script()],
  'twice, once as a module': [script('type="module"') + TAG + script()],
  'three times at once': [script('async') + script('async') + TAG + script('defer')],
};

for (const [how, [html, files]] of Object.entries(PAGES)) {
  inEachBrowser(`the single file works ${how}`, async visit => {
    const visited = await visit({html, files});
    await visited.page.mouse.move(10, 10);
    await visited.page.mouse.move(20, 20);
    await visited.open();
    assert.deepEqual(await visited.seen(), NOTHING);
    if (files) assert.equal(await visited.page.evaluate('after'), 'run');
  });
}

for (const [how, first, second] of [
  ['as scripts', script(), script('', '/other.js')],
  ['as a module and a script', script(), script('type="module"', '/other.js')],
]) {
  inEachBrowser(`of two versions ${how} the first wins, and the page is told`, async visit => {
    const visited = await visit({html: first + TAG + second, files: {'/other.js': OTHER}});
    await visited.open();
    const {logged, uncaught} = await visited.seen();
    assert.deepEqual(uncaught, []);
    assert.deepEqual(logged, [`diarupt ${version} is there already: 9.9.9 is not used`]);
    const used = "customElements.get('diarupt-interaction').version";
    assert.equal(await visited.page.evaluate(used), version);
  });
}

const integrity = `sha384-${createHash('sha384').update(FILE).digest('base64')}`;
const wrong = `sha384-${createHash('sha384').update('another').digest('base64')}`;
const pinned = (hash, attributes = 'crossorigin') =>
  script(`integrity="${hash}" ${attributes}`, '{elsewhere}/pinned.js') + TAG;
const ELSEWHERE = {
  '/pinned.js': {body: FILE, headers: {'Access-Control-Allow-Origin': '{site}'}},
};

inEachBrowser('a file of another site is taken that is what its hash says', async visit => {
  const visited = await visit({html: pinned(integrity), files: ELSEWHERE});
  await visited.open();
  assert.deepEqual(await visited.seen(), NOTHING);
});

for (const [what, html] of [
  ['that is not what its hash says', pinned(wrong)],
  ['whose hash may not be looked at, without crossorigin', pinned(integrity, '')],
]) {
  inEachBrowser(`a file of another site ${what} is not run, and the page goes on`, async visit => {
    const visited = await visit({html: `${html}<p>Our own</p>`, files: ELSEWHERE});
    const defined = "customElements.get('diarupt-interaction') !== undefined";
    assert.equal(await visited.page.evaluate(defined), false);
    assert.equal(await visited.page.$eval('p', ({textContent}) => textContent), 'Our own');
    assert.deepEqual(await visited.seen(), NOTHING);
  });
}

/** In the page: every global and what is on its prototype, by name and by identity. */
function builtIns() {
  const found = new Map();
  const note = (owner, path) => {
    for (const key of Reflect.ownKeys(owner)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
      for (const kind of ['value', 'get', 'set']) {
        const one = descriptor[kind];
        if (Object(one) === one) found.set(`${path}.${String(key)} ${kind}`, one);
      }
    }
  };
  note(globalThis, 'globalThis');
  for (const key of Object.getOwnPropertyNames(globalThis)) {
    if (!/^[A-Z]/.test(key)) continue;
    const {value} = Reflect.getOwnPropertyDescriptor(globalThis, key);
    if (typeof value !== 'function') continue;
    note(value, key);
    if (value.prototype) note(value.prototype, `${key}.prototype`);
  }
  return found;
}

inEachBrowser(
  'a page finds after a conversation what is built in as it was, and no new global',
  async visit => {
    const visited = await visit({
      html: `<script>${builtIns}; const before = builtIns();</script>${script()}${TAG}`,
    });
    await visited.converse();
    const [size, changed] = await visited.page.evaluate(`{
      const after = builtIns();
      const names = [...new Set([...before.keys(), ...after.keys()])];
      [before.size, names.filter(name => before.get(name) !== after.get(name))];
    }`);
    assert.ok(size > 5000);
    assert.deepEqual(changed, []);
  },
);

inEachBrowser('nothing is asked for but the file, and the engine', async (visit, {engineUrl}) => {
  const icon = '<link rel="icon" href="data:,">'; // The browser would ask for one.
  const visited = await visit({html: icon + script() + TAG});
  await visited.converse();
  const read = 'performance.getEntriesByType("resource").map(({name}) => name)';
  const [file, ...others] = await visited.page.evaluate(read);
  assert.equal(new URL(file).pathname, PATH);
  assert.ok(others.length > 0);
  const connection = `${engineUrl}/session/${visited.session}/connection`;
  assert.deepEqual(
    others.filter(name => !name.startsWith(connection)),
    [],
  );
});

inEachBrowser('the transcript is shown once a frame, however many lines come', async visit => {
  const visited = await visit({html: `${script()}<diarupt-transcript></diarupt-transcript>`});
  const {frames, before, after} = await visited.page.evaluate(async () => {
    const part = document.querySelector('diarupt-transcript');
    await part.updateComplete;
    const frames = [];
    globalThis.requestAnimationFrame = frame => frames.push(frame);
    let updates = 0;
    part.updated = () => (updates += 1);
    for (let line = 0; line < 3; line++) {
      part.requestUpdate();
      await new Promise(resolve => setTimeout(resolve));
    }
    const before = updates;
    for (const frame of frames) frame();
    await part.updateComplete;
    return {frames: frames.length, before, after: updates};
  });
  assert.deepEqual({frames, before, after}, {frames: 1, before: 0, after: 1});
});

test('the file is of ASCII alone, whatever charset a page has', () => {
  assert.doesNotMatch(FILE, /[^\n\x20-\x7e]/);
});
