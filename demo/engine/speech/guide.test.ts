import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createGuide, PROFILES} from './guide.js';
import {QUESTIONS, spoken, TOPICS} from './questions.js';

const forever = new AbortController().signal;

async function answerTo(content: string, understood = true, signal = forever): Promise<string[]> {
  const line = {role: 'user', content, timestamp: new Date().toISOString()} as const;
  const sentences: string[] = [];
  for await (const sentence of createGuide('guide').answer([line], understood, signal)) {
    sentences.push(sentence);
  }
  return sentences;
}

describe('the guide', () => {
  it('greets, unless it is the quiet one', () => {
    assert.deepEqual(
      PROFILES.map(({id}) => typeof createGuide(id).greeting()),
      ['string', 'undefined'],
    );
  });

  it('answers every wording of every topic', async () => {
    for (const {wordings, answer} of TOPICS) {
      for (const wording of wordings) assert.deepEqual(await answerTo(wording), answer);
    }
  });

  it('answers several questions of one turn, each once', async () => {
    const [hello, joke] = [await answerTo('Hello.'), await answerTo('Tell me a joke.')];
    assert.deepEqual(await answerTo('Hello. Tell me a joke. Hi.'), [...hello, ...joke]);
  });

  it('says so when it has not understood, and names two questions that it knows', async () => {
    const sentences = await answerTo('', false);
    const named = QUESTIONS.filter(question =>
      spoken(sentences.join(' ')).includes(spoken(question)),
    );
    assert.equal(named.length, 2);
    assert.deepEqual(await answerTo('Please order me a pizza.'), sentences);
  });

  it('falls silent when it is interrupted', async () => {
    const aborted = AbortSignal.abort(new Error('interrupted'));
    await assert.rejects(answerTo('Hello.', true, aborted), /interrupted/);
  });

  it('has no wording that means two things', () => {
    const wordings = TOPICS.flatMap(topic => topic.wordings.map(spoken));
    assert.equal(new Set(wordings).size, wordings.length);
  });
});
