import type {Pronunciation} from './dictionary.js';
import {spoken, TOPICS} from './questions.js';

const WRITTEN = new Map(
  TOPICS.flatMap(topic => topic.wordings.map(wording => [spoken(wording), wording] as const)),
);

/** A recognised sentence as people write it: `who are you` becomes `Who are you?`. */
export function written(sentence: string): string {
  return WRITTEN.get(sentence) ?? sentence;
}

/** The words of the guide's questions. */
export const WORDS: ReadonlySet<string> = new Set(
  [...WRITTEN.keys()].flatMap(sentence => sentence.split(' ')),
);

/** Those of them that the recogniser's own dictionary lacks. */
export const NEW_WORDS: readonly Pronunciation[] = [['diarupt', 'D AY ER AH P T']];

/** The grammar of one of the guide's questions. */
export const SENTENCES = grammar([...WRITTEN.keys()].join(' | '));

const PHONES =
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH';

/** Each phone as a word of its own. */
export const SOUND_WORDS: readonly Pronunciation[] = PHONES.split(' ').map(
  phone => [`sound${phone.toLowerCase()}`, phone] as const,
);

/** The grammar of any sequence of sounds: what speech is measured against that is no question. */
export const SOUNDS = grammar(`(${SOUND_WORDS.map(([word]) => word).join(' | ')})+`);

function grammar(expansion: string): string {
  return `#JSGF V1.0; grammar speech; public <speech> = ${expansion};`;
}
