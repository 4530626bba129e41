/** Text as WebVTT has it: no tag and no arrow comes of what somebody has said. */
export function toCueText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
