import {readFile} from 'node:fs/promises';

/** A word and how it sounds, in the phones of the CMU dictionary; `read(2)` is its second way. */
export type Pronunciation = readonly [word: string, phones: string];

/**
 * The recogniser's pronunciations of these words alone. A decoder that is given the dictionary whole
 * takes twice the memory and five times as long to make.
 */
export async function readPronunciations(
  file: URL,
  words: ReadonlySet<string>,
): Promise<Pronunciation[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap(line => {
    const [word = '', ...phones] = line.trim().split(/\s+/);
    return words.has(word.replace(/\(\d+\)$/, '')) ? [[word, phones.join(' ')] as const] : [];
  });
}
