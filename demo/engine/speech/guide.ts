import type {Mind} from './types.js';
import {topicsOf} from './understanding.js';

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

/** A mind that needs no network: it knows a few answers, and says so when asked for another. */
export function createGuide(profile: string): Mind {
  return {
    greeting: () => (profile === 'quiet-guide' ? undefined : GREETING),
    async *answer(history, understood, signal) {
      const topics = understood ? topicsOf(history.at(-1)?.content ?? '') : [];
      const sentences = topics.length > 0 ? topics.flatMap(topic => topic.answer) : NOT_UNDERSTOOD;
      for (const sentence of sentences) {
        signal.throwIfAborted();
        yield sentence;
      }
    },
  };
}
