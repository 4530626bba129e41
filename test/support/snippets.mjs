import {readdirSync, readFileSync} from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** The documents that are read by people, by their paths. */
export function documents() {
  const guides = readdirSync(new URL('docs/', ROOT)).filter(name => name.endsWith('.md'));
  return ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...guides.map(name => `docs/${name}`)];
}

/**
 * The fenced code of a document: `where` it is (`docs/sessions.md:14`), its `language`, what it is
 * written `for` (the word after the language: `js node`), and the `code`.
 */
export function snippetsOf(path) {
  const text = readFileSync(new URL(path, ROOT), 'utf8');
  return [...text.matchAll(/^```(\S*)(?: +(\S+))?\n([^]*?)^```$/gm)].map(match => {
    const [, language, runtime = '', code] = match;
    const line = text.slice(0, match.index).split('\n').length;
    return {where: `${path}:${line}`, language, for: runtime, code};
  });
}
