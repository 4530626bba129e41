import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

/** A module is strict, a script is not: what cannot be set throws in one, and is passed over in the other. */
const FILES = {
  script: '<script src="/dist/diarupt-interaction.js"></script>',
  module: '<script type="module" src="/dist/diarupt-interaction.js"></script>',
};
const ELEMENT =
  '<diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>';

/** What old libraries, polyfills, monitors and site builders do to a page before we are loaded. */
const PATCHES = {
  'methods of its own on all objects, arrays and strings': `
    Object.prototype.extend = function () {};
    Array.prototype.toJSON = Array.prototype.each = Array.prototype.last = function () {};
    String.prototype.toJSON = function () { return String(this); };
  `,
  'a fetch, a JSON and a Promise of its own, and timers and listeners that are wrapped': `
    const {fetch, Promise, JSON: {parse, stringify}} = window;
    window.fetch = (...given) => fetch(...given).then(response => response);
    window.JSON = {parse: text => parse(text), stringify: value => stringify(value)};
    window.Promise = class extends Promise {
      then(...given) { return super.then(...given); }
    };
    for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'queueMicrotask']) {
      const original = window[name];
      window[name] = (act, ...given) => original(() => act.apply(window), ...given);
    }
    const {addEventListener} = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, ...given) {
      const isFunction = typeof listener === 'function';
      const wrapped = isFunction ? function (event) { listener.call(this, event); } : listener;
      addEventListener.call(this, type, wrapped, ...given);
    };
  `,
  'everything frozen': `
    const built = [Object, Array, Function, Promise, Map, Set, Error, String, RegExp];
    for (const one of [...built, JSON, Reflect]) Object.freeze(one);
    for (const one of built) Object.freeze(one.prototype);
  `,
};

/** In the page: a start that the engine refuses. */
async function fail() {
  const element = document.querySelector('diarupt-interaction');
  await element.disconnect();
  element.sessionId = 'no-such-session';
  return element.connect().catch(({name, code}) => [name, code, element.status]);
}

for (const [what, script] of Object.entries(PATCHES)) {
  for (const [kind, file] of Object.entries(FILES)) {
    inEachBrowser(
      `a page with ${what} holds a conversation, and tells a failure, by a ${kind}`,
      async visit => {
        const visited = await visit({html: `<script>{${script}}</script>${file}${ELEMENT}`});
        await visited.converse();
        const failure = await visited.page.evaluate(fail);
        assert.deepEqual(failure, ['InteractionError', 'session-not-found', 'closed']);
        assert.deepEqual(await visited.seen(), {violations: [], logged: [], uncaught: []});
      },
    );
  }
}
