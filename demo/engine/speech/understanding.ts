import {spoken, TOPICS, type Topic} from './questions.js';
import {typosBetween} from './typos.js';

const CLAUSE_END = /[.,;:!?…\n]+/;

/** As people type them; the wordings have none. */
const CONTRACTIONS = /\b(what|who|where|how)'?s\b/gi;

/** So many letters for each typo: shorter wordings are too easily taken for another. */
const LETTERS_PER_TYPO = 5;
const MAX_TYPOS = 2;

const TOPIC_OF = new Map(
  TOPICS.flatMap(topic => topic.wordings.map(wording => [letters(wording), topic] as const)),
);

/**
 * The topics that are asked about in a text, spoken or typed, each once. Capitals, punctuation and
 * spaces do not matter, nor does a typo or two where nothing else can be meant.
 */
export function topicsOf(text: string): Topic[] {
  const topics = text.split(CLAUSE_END).map(clause => topicOf(letters(clause)));
  return [...new Set(topics.filter(topic => topic !== undefined))];
}

function topicOf(clause: string): Topic | undefined {
  const exact = TOPIC_OF.get(clause);
  if (exact) return exact;
  let least = MAX_TYPOS;
  let nearest = new Set<Topic>();
  for (const [wording, topic] of TOPIC_OF) {
    const most = Math.min(least, Math.floor(wording.length / LETTERS_PER_TYPO));
    const typos = typosBetween(clause, wording, most);
    if (typos > most) continue;
    if (typos < least) nearest = new Set();
    least = typos;
    nearest.add(topic);
  }
  return nearest.size === 1 ? [...nearest][0] : undefined;
}

/** What a clause is known by: `What’s hands-on mode` and `what is handson mode` are the same. */
function letters(clause: string): string {
  const plain = clause.replace(/[‘’]/g, "'").replace(CONTRACTIONS, '$1 is');
  return spoken(plain).replace(/[' ]/g, '');
}
