import {table} from './table.mjs';

const AGENTS = '@openai/agents-realtime';
const SMALL_WEBRTC = '@pipecat-ai/small-webrtc-transport';

const HEADING = ['', 'ours', 'beside', 'ratio', 'aim', ''];

/** What has been measured, part by part, as a table, each row with its aim and whether it is met. */
export function report({opening, clients, 'start-up': startUp, transcript, weight}) {
  const rows = [
    ...(opening ? openingRows(opening) : []),
    ...(clients ? clientRows(clients) : []),
    ...(startUp ? [startUpRow(startUp)] : []),
    ...(transcript ? transcriptRows('10,000 lines, 1,000 a second', transcript.quick, 0.3) : []),
    ...(transcript ? transcriptRows('8,000 held, 100 more a second', transcript.long, 1.5) : []),
    ...(weight ? weightRows(weight) : []),
  ];
  return table([HEADING, ...rows.map(row => HEADING.map((_, column) => row[column] ?? ''))]);
}

export const NOTES = `Medians. ¹ Cut short at 5 s. ² Each until its own connect() has settled; the microphone of
Pipecat's client is opened by the bench, in the place of code that it would fetch from elsewhere first.
³ By the same bundler, with nothing of a page's own. A line is one transcript event: every other one
interim, 63 characters when whole. Its cost is processor time of the main thread, idle time taken off; it
is in view when the frame that has it has been painted. Start-up is the work from the script's text to
the painted element; the network is no part of it.`;

function openingRows({element, bare, elementStun, bareStun, gatheringStun}) {
  return [
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
  ];
}

function clientRows({openai, pipecat}) {
  const row = (name, {ours, theirs}) => [
    `Click to open, beside ${name}²`,
    ...compared(ours, theirs, 'ms'),
    '< 1',
    mark(ours < theirs),
  ];
  return [row(AGENTS, openai), ...(pipecat ? [row(SMALL_WEBRTC, pipecat)] : [])];
}

function startUpRow({element, litAlone}) {
  const met = mark(element <= 2 * litAlone);
  return ['Start-up, beside Lit alone', ...compared(element, litAlone, 'ms'), '≤ 2', met];
}

function weightRows({element, sdk, openai, pipecat, litAndContext: lit, ...clients}) {
  const beside = (name, ours, file) => {
    const theirs = clients[name.split('/').at(-1)];
    return [
      [
        `Ours, Brotli, beside ${name}³`,
        ...compared(ours, theirs, 'B'),
        '≤ 0.1',
        mark(ours <= theirs / 10),
      ],
      ['  with the element, by script tags', ...compared(element + file, theirs, 'B')],
    ];
  };
  return [
    ['The single file, Brotli, beside Lit and its context', ...compared(element, lit, 'B')],
    ['The SDK, Brotli, beside Lit and its context', ...compared(sdk, lit, 'B')],
    ...beside(AGENTS, clients['diarupt-openai'], openai),
    ...beside(SMALL_WEBRTC, clients['diarupt-pipecat'], pipecat),
  ];
}

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
