import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {TOPICS} from './questions.js';
import {topicsOf} from './understanding.js';

/** Texts, as people type them, and the first wordings of what they ask. */
const TYPED: readonly (readonly [text: string, ...asked: string[]])[] = [
  ['WHAT CAN YOU DO', 'What can you do?'],
  ['  what can you do ?!  ', 'What can you do?'],
  ['What’s hands-on mode?', 'What is hands-on mode?'],
  ["what's hands free mode", 'What is hands-free mode?'],
  ['whats handson mode', 'What is hands-on mode?'],
  ['how do i put you on my web site', 'How do I put you on my website?'],
  ['Helo', 'Hello.'],
  ['Thnaks!!', 'Thank you.'],
  ['tel me a joek', 'Tell me a joke.'],
  ['is my microfone on', 'Is my microphone on?'],
  ['can i tpye instead', 'Can I type instead?'],
  ['hello, who are you', 'Hello.', 'Who are you?'],
  ['hi\ntell me a joke; thanks...', 'Hello.', 'Tell me a joke.', 'Thank you.'],
  ['Hello! Hi! Good morning.', 'Hello.'],
  ['Hello. Please order me a pizza.', 'Hello.'],
];

const UNKNOWN = [
  '',
  '?!',
  'Please order me a pizza.',
  'how old are you',
  'where are you',
  'how do i start',
  'can you smell me',
  'by',
  // `who` and `how` are as near.
  'hwo are you',
  '日本語',
];

describe('what a text asks', () => {
  it('is known whatever its capitals, punctuation and spaces, and with a typo or two', () => {
    for (const [text, ...asked] of TYPED) assert.deepEqual(firstWordings(text), asked, text);
  });

  it('is not guessed at', () => {
    for (const text of UNKNOWN) assert.deepEqual(firstWordings(text), [], text);
  });

  it('is never taken for another question because of one letter', () => {
    for (const {wordings} of TOPICS) {
      for (const typo of wordings.flatMap(oneLetterOff)) {
        const asked = firstWordings(typo);
        assert.ok(asked.length === 0 || asked[0] === wordings[0], typo);
      }
    }
  });

  it('is found out quickly, however long it is', () => {
    const longest = 'what can you d '.repeat(4_096 / 15);
    assert.deepEqual(firstWordings(longest), []);
    assert.deepEqual(firstWordings(longest.replaceAll('d ', 'd.')), ['What can you do?']);
  });
});

function firstWordings(text: string): string[] {
  return topicsOf(text).map(({wordings}) => wordings[0]);
}

/** A text with each of its letters left out, doubled, mistaken, or swapped with the next. */
function oneLetterOff(text: string): string[] {
  return [...text].flatMap((letter, i) => {
    const [before, after] = [text.slice(0, i), text.slice(i + 1)];
    const swapped = after.slice(0, 1) + letter + after.slice(1);
    return ['', letter + letter, 'x']
      .map(mistake => before + mistake + after)
      .concat(before + swapped);
  });
}
