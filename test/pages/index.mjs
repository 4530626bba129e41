import {readdirSync} from 'node:fs';

// In one process, for whose pages browsers and engine are started once.
for (const name of readdirSync(new URL('.', import.meta.url))) {
  if (name.endsWith('.test.mjs')) await import(`./${name}`);
}
