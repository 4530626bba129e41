import {spoken, TOPICS, type Topic} from './questions.js';
import type {HistoryLine, Mind} from './types.js';

/** How the guide can behave, as `GET /profiles` lists it. */
export const PROFILES = [
  {
    id: 'guide',
    short_name: 'Guide',
    description: 'Greets the visitor and answers questions about the element.',
  },
  {
    id: 'quiet-guide',
    short_name: 'Quiet guide',
    description: 'Answers questions about the element and lets the visitor speak first.',
  },
] as const;

const GREETING = 'Hello! Ask me what I can do, or how to put me on your website.';

const NOT_UNDERSTOOD = [
  'I am sorry, I did not understand that.',
  'I only know a few questions, such as what can you do, or what is hands-on mode.',
];

const TOPIC_OF = new Map(
  TOPICS.flatMap(topic => topic.wordings.map(wording => [spoken(wording), topic] as const)),
);

/** A mind that needs no network: it knows the answers to {@link TOPICS} and says so when asked else. */
export function createGuide(profile: string): Mind {
  return {
    greeting: () => (profile === 'quiet-guide' ? undefined : GREETING),
    async *answer(history, understood, signal) {
      const topics = understood ? topicsOf(history.at(-1)) : [];
      const sentences = topics.length > 0 ? topics.flatMap(topic => topic.answer) : NOT_UNDERSTOOD;
      for (const sentence of sentences) {
        signal.throwIfAborted();
        yield sentence;
      }
    },
  };
}

/** The topics of a line in which several things may have been asked, each once. */
function topicsOf(line: HistoryLine | undefined): Topic[] {
  const sentences = line?.content.split(/(?<=[.?!])\s+/) ?? [];
  const topics = sentences.map(sentence => TOPIC_OF.get(spoken(sentence)));
  return [...new Set(topics.filter(topic => topic !== undefined))];
}
