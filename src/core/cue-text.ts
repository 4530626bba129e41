const REFERENCES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;'};

/** Text as WebVTT has it: no tag and no arrow comes of what somebody has said. */
export function toCueText(text: string): string {
  return text.replace(/[&<>]/g, character => REFERENCES[character] ?? '');
}
