import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

const MAX_LENGTH = 64 * 1024;

/** Markup that runs something where it is taken for markup. */
const MARKUP: readonly string[] = [
  '<script>pwned()</script>',
  '<img src=x onerror=pwned()>',
  '<svg onload=pwned()><animate onbegin=pwned() attributeName=x>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<a href="javascript:pwned()">Click here</a>',
  '<details open ontoggle=pwned()>',
  '<style>*{display:none!important}</style><link rel=stylesheet href=//evil.example>',
  '<form action=//evil.example><input name=card autofocus onfocus=pwned()></form>',
  '</p></div><diarupt-call-button></diarupt-call-button>',
  '--><img src=x onerror=pwned()><!--',
  '"><img src=x onerror=pwned()>',
  '<!--?lit$123456789$--><!--?--><template><img src=x onerror=pwned()></template>',
  '${pwned()} {{pwned()}} javascript:pwned()',
  '&lt;img src=x onerror=pwned()&gt; &#60;script&#62;',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>',
];

describe('what an engine says to the whole element', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;
  let pwned = 0;
  const stop = (event: Event) => event.stopPropagation();

  beforeEach(async () => {
    document.addEventListener('error', stop);
    pwned = 0;
    Object.assign(globalThis, {pwned: () => (pwned += 1)});
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url} muted>
      </diarupt-interaction>
    `);
    await element.connect();
    await engine.hears('configure');
  });

  afterEach(async () => {
    await element.disconnect();
    engine.close();
    document.removeEventListener('error', stop);
    Reflect.deleteProperty(globalThis, 'pwned');
  });

  /** The elements of a tree, shadows included. */
  function allOf(root: ParentNode): Element[] {
    return [...root.querySelectorAll('*')].flatMap(one => [
      one,
      ...(one.shadowRoot ? allOf(one.shadowRoot) : []),
    ]);
  }

  const partOf = (name: string) =>
    element.shadowRoot?.querySelector(name)?.shadowRoot as ShadowRoot;
  const kinds = () =>
    new Set(allOf(element.shadowRoot as ShadowRoot).map(({localName}) => localName));

  it('is shown as the text it is, be it markup', async () => {
    const before = kinds();
    MARKUP.forEach((content, timestamp) => {
      engine.send('transcript', {timestamp, role: 'assistant', content, complete: true});
    });
    const shown = () =>
      [...partOf('diarupt-transcript').querySelectorAll('.content')].map(line => line.textContent);
    await waitUntil(() => shown().length === MARKUP.length, 'all of it is shown');
    expect(shown()).to.deep.equal(MARKUP);
    // What the lines themselves are made of.
    const added = [...kinds()].filter(kind => !before.has(kind));
    expect(added.filter(kind => kind !== 'p' && kind !== 'span')).to.deep.equal([]);
    expect(pwned).to.equal(0);
  });

  it('is shown as the text it is, where it tells of an error', async () => {
    const before = kinds();
    const message = MARKUP.join(' \u202e');
    engine.send('error', {code: 'playback-blocked<b>', message});
    await waitUntil(() => element.status === 'closed');
    await element.updateComplete;
    const status = () => partOf('diarupt-status').textContent?.trim();
    await waitUntil(() => status() === MARKUP.join(' '), 'it is shown');
    expect([...kinds()].filter(kind => !before.has(kind))).to.deep.equal([]);
    expect(element.error?.code).to.equal('engine-error');
    expect(pwned).to.equal(0);
  });

  it('is dispatched under no name of the browser’s', async () => {
    const names = [
      'click',
      'submit',
      'statechange',
      'beforeconnect',
      'beforesend',
      'open',
      '__proto__',
    ];
    const heard: string[] = [];
    for (const name of names) element.addEventListener(name, () => void heard.push(name));
    const told: unknown[] = [];
    element.addEventListener('interaction-event', ({detail}) => void told.push(detail.event));
    for (const name of [...names, 'toString', 'cl\0ick', 'last']) engine.send(name);
    await waitUntil(() => told.includes('last'));
    expect(heard).to.deep.equal([]);
    expect(told).to.deep.equal([
      ...names.filter(name => name !== 'open'),
      'toString',
      'click',
      'last',
    ]);
  });

  it('is taken up to 64 Ki characters, and passed over beyond', async () => {
    const told: number[] = [];
    element.addEventListener('interaction-event', ({detail: {data}}) => {
      told.push((data as string).length);
    });
    const [head, tail] = ['{"event":"big","data":"', '"}'];
    const frame = (length: number) => head + 'x'.repeat(length - head.length - tail.length) + tail;
    for (const length of [MAX_LENGTH, MAX_LENGTH + 1, 256 * 1024, 64]) {
      engine.sendFrame(frame(length));
    }
    const lengths = [MAX_LENGTH, 64].map(length => length - head.length - tail.length);
    await waitUntil(() => told.length === 2, 'two of them are told');
    expect(told).to.deep.equal(lengths);
    expect(element.status).to.equal('open');
  });
});
