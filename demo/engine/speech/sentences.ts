/** The end of a sentence: its punctuation, perhaps a closing quote, and a space after it. */
const SENTENCE_END = /[.!?…]+["'”’)]*\s+/;

/** Whole sentences of a text that arrives in pieces, each as soon as it is certain to be whole. */
export async function* sentencesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    for (let end = endOfSentence(text); end > 0; end = endOfSentence(text)) {
      yield text.slice(0, end).trim();
      text = text.slice(end);
    }
  }
  if (text.trim() !== '') yield text.trim();
}

function endOfSentence(text: string): number {
  const found = SENTENCE_END.exec(text);
  return found ? found.index + found[0].length : 0;
}
