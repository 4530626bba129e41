/** From one word to 143 characters: 63 at the mean. */
const SENTENCES = [
  'Yes.',
  'What can I ask you?',
  'I would like to know how long the delivery takes.',
  'It is on its way to you and should arrive on Thursday, before noon.',
  'If nobody is at home then, it is left with a neighbour, and you find a card in your letter box.',
  'You can change the day until the evening before: tell me which one suits you, and I pass it on to the people who drive the parcel to your door.',
];

/**
 * The `index`th line of an endless conversation, as `transcript` tells it. The parties take turns;
 * what one says is told twice, when half of it has been said and then whole. Each line has its
 * number in it.
 */
export function lineOf(index) {
  const turn = Math.floor(index / 2);
  const complete = index % 2 === 1;
  const sentence = SENTENCES[turn % SENTENCES.length];
  return {
    timestamp: new Date(Date.UTC(2025, 0, 1) + turn * 1000).toISOString(),
    role: turn % 2 === 0 ? 'user' : 'assistant',
    content: `#${index} ${complete ? sentence : sentence.slice(0, Math.ceil(sentence.length / 2))}`,
    complete,
  };
}
