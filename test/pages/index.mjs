import {readdirSync} from 'node:fs';
import {test} from 'node:test';

/** In one process, for whose pages browsers and engine are started once. */
async function load() {
  for (const name of readdirSync(new URL('.', import.meta.url))) {
    if (name.endsWith('.test.mjs')) await import(`./${name}`);
  }
}

// Some build what they show, and while they do, no other can be about its business; without one at
// hand, it would be over.
const loading = load();
test('every page has been made', () => loading);
