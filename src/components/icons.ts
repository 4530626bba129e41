import {html} from 'lit';

/**
 * Icons of 24 by 24, drawn with the stroke of `partStyles`. Elements are closed by tags: minified,
 * the slash of an empty one is lost, and the next would be inside it.
 */
function icon(path: string) {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}

const MICROPHONE =
  'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5 11a7 7 0 0 0 14 0M12 18v3';

export const microphoneIcon = icon(MICROPHONE);
export const mutedIcon = icon(`${MICROPHONE}M4 3l16 18`);
export const talkIcon = icon(
  'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-5 4v-4H6a2 2 0 0 1-2-2zM8 10h.01M12 10h.01M16 10h.01',
);
export const endIcon = icon('M6 6l12 12M18 6L6 18');
export const sendIcon = html`<svg viewBox="0 0 24 24" aria-hidden="true">
  <circle r="11" cx="12" cy="12" pathLength="100"></circle>
  <path d="M12 17V7M8 11l4-4 4 4"></path>
</svg>`;
export const playIcon = icon('M5 9v6h4l5 4V5L9 9zM17 9a4 4 0 0 1 0 6');
export const handIcon = icon(
  'M9 13V5a2 2 0 0 1 4 0v6h3a3 3 0 0 1 3 3v2a5 5 0 0 1-5 5h-2a5 5 0 0 1-4-2l-4-5a2 2 0 0 1 3-2z',
);
export const captionsIcon = icon('M4 5h16v14H4zM11 10.5a2 2 0 1 0 0 3M17 10.5a2 2 0 1 0 0 3');
export const downIcon = icon('M12 5v14M6 13l6 6 6-6');
export const upIcon = icon('M12 19V5M6 11l6-6 6 6');
