import {table} from './table.mjs';

const HEADING = ['', 'ours', 'beside', 'ratio', 'aim', ''];

/** What has been measured as a table, each row with its aim and whether it is met. */
export function report({opening, startUp, quick, long, sizes}) {
  const {element, bare, elementStun, bareStun, gatheringStun} = opening;
  const lit = sizes.litAndContext;
  const rows = [
    [
      'Click to open, beside a bare peer connection',
      ...compared(element, bare, 'ms'),
      '≤ 1.3 or +10 ms',
      mark(isNear(element, bare)),
    ],
    [
      'With a dead STUN server, beside ours without',
      ...compared(elementStun, element, 'ms'),
      '≤ 1.3 or +10 ms',
      mark(isNear(elementStun, element)),
    ],
    ['  beside a bare one with it', ...compared(elementStun, bareStun, 'ms')],
    ['  beside one that gathers first¹', ...compared(elementStun, gatheringStun, 'ms')],
    [
      'Start-up, beside Lit alone',
      ...compared(startUp.element, startUp.litAlone, 'ms'),
      '≤ 2',
      mark(startUp.element <= 2 * startUp.litAlone),
    ],
    ...transcriptRows('10,000 lines, 1,000 a second', quick, 0.3),
    ...transcriptRows('8,000 held, 100 more a second', long, 1.5),
    ['The single file, Brotli, beside Lit and its context', ...compared(sizes.element, lit, 'B')],
    ['The SDK, Brotli, beside Lit and its context', ...compared(sizes.sdk, lit, 'B')],
  ];
  return table([HEADING, ...rows.map(row => HEADING.map((_, column) => row[column] ?? ''))]);
}

export const NOTES = `Medians. ¹ Cut short at 5 s. A line is one transcript event: every other one interim, 63 characters
when whole. Its cost is processor time of the main thread, idle time taken off; it is in view when the
frame that has it has been painted. Start-up is the work from the script's text to the painted
element; the network is no part of it.`;

function transcriptRows(name, {cost, delay, delay95, inView}, aim) {
  return [
    [`${name}: cost of a line`, milliseconds(cost, 2), '', '', `≤ ${aim} ms`, mark(cost <= aim)],
    ['  until it is in view', milliseconds(delay), '', '', '≤ 16.7 ms', mark(delay <= 16.7)],
    ['  for 95 of 100', milliseconds(delay95)],
    ['  the newest is in view in the end', inView ? 'yes' : 'no', '', '', 'yes', mark(inView)],
  ];
}

/** Not longer than another time by more than three tenths, or than what nobody sees. */
function isNear(ours, beside) {
  return ours <= Math.max(beside * 1.3, beside + 10);
}

function compared(ours, beside, unit) {
  const show = value => (unit === 'ms' ? milliseconds(value) : value.toLocaleString('en'));
  return [show(ours), show(beside), `× ${(ours / beside).toFixed(2)}`];
}

function milliseconds(value, digits = 1) {
  return `${value.toFixed(digits)} ms`;
}

function mark(met) {
  return met ? '✓' : '✗';
}
