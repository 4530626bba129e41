import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {createContext, runInContext} from 'node:vm';
import {DEVICE_WORDS} from '../../dist/components/device-words.js';
import {WORDS} from '../../dist/components/words.js';

const FOLDER = new URL('../../dist/locales/', import.meta.url);
const LANGS = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh'];
/** What is the same in English, and why. */
const SAME = {
  assistant: 'These languages write AI in Latin letters, as English does.',
  volume: 'These languages call it as English does.',
};
const ENGLISH = {...WORDS, ...DEVICE_WORDS};
const KEYS = Object.keys(ENGLISH).filter(key => key !== 'lang');

const read = lang => readFileSync(new URL(`${lang}.js`, FOLDER), 'utf8');

/** What a page's classic scripts add to the element, which is defined when all of them have run. */
async function addedBy(...scripts) {
  const added = [];
  let define;
  const element = new Promise(resolve => (define = resolve));
  const page = createContext({customElements: {whenDefined: () => element}});
  const names = Object.keys(page);
  for (const script of scripts) runInContext(script, page);
  assert.deepEqual(Object.keys(page), names, 'nothing is left in the page');
  define({addWords: words => added.push(words)});
  await element;
  return added;
}

/** How a text ends: as a sentence, as a question, or as a label. */
function endOf(text) {
  if (/[.。]$/.test(text)) return 'sentence';
  return /[\p{L}\p{N}\p{M}]$/u.test(text) ? 'label' : text.at(-1);
}

describe('the languages', () => {
  it('are all that are built', () => {
    const built = readdirSync(FOLDER).flatMap(name => /^(.+)\.js$/.exec(name)?.[1] ?? []);
    assert.deepEqual(built.sort(), LANGS);
  });

  it('do not get into each other’s way in a page', async () => {
    const added = await addedBy(...LANGS.map(read));
    assert.deepEqual(
      added.map(({lang}) => lang),
      LANGS,
    );
  });

  it('are imported where there are no elements, and do nothing there', async () => {
    for (const lang of LANGS) {
      assert.deepEqual(Object.keys(await import(`diarupt/locales/${lang}`)), []);
    }
  });

  for (const lang of LANGS) {
    describe(lang, async () => {
      const [words] = await addedBy(read(lang));

      it('has each word, and no other', () => {
        assert.equal(words.lang, lang);
        assert.deepEqual(Object.keys(words).sort(), Object.keys(ENGLISH).sort());
      });

      it('has left none in English', () => {
        const same = KEYS.filter(key => words[key] === ENGLISH[key]);
        assert.deepEqual(
          same.filter(key => !(key in SAME)),
          [],
        );
      });

      it('has neither stray white space nor typewriter marks', () => {
        for (const key of KEYS) {
          assert.doesNotMatch(words[key], /^\s|\s$|\s\s|[^\S \u00a0]/, key);
          assert.doesNotMatch(words[key], /['"]|\.\.\./, key);
          // Before a colon and a question mark, French has a space at which no line breaks.
          const stray = lang === 'fr' ? /(?<!\u00a0)[:?]|\u00a0(?![:?])/ : /\s[:?：？]|\u00a0/;
          assert.doesNotMatch(words[key], stray, key);
        }
      });

      it('ends its sentences where English does, and its labels, too', () => {
        for (const key of KEYS) assert.equal(endOf(words[key]), endOf(ENGLISH[key]), key);
      });

      it('says of an error what failed and what to do, in as many sentences', () => {
        const count = text => text.match(/\.(?= |$)|。/g).length;
        for (const key of KEYS.filter(key => endOf(ENGLISH[key]) === 'sentence')) {
          assert.equal(count(words[key]), count(ENGLISH[key]), key);
        }
      });
    });
  }
});
