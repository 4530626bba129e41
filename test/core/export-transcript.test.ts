import {expect} from '@open-wc/testing';
import {
  exportTranscript,
  type ExportedLine,
  type TranscriptFormat,
} from '../../src/core/export-transcript.js';

const LINES: readonly ExportedLine[] = [
  line('2026-01-01T10:00:00.000Z', 'assistant', 'Hello.'),
  line('2026-01-01T10:00:02.500Z', 'user', 'Is 1 < 2 & 3 --> 4?\n\n \nSay <b>yes</b>.\r\n'),
  line('2026-01-01T10:00:02.600Z', 'assistant', '是的。\nYes.'),
  line('2026-01-02T11:00:00.000Z', 'user', 'Hello again, on another day.'),
];

/** What the browser's own parser makes of a WebVTT file. */
async function parseVtt(vtt: string): Promise<VTTCue[]> {
  const track = document.createElement('track');
  const video = document.createElement('video');
  video.append(track);
  const parsed = new Promise((resolve, reject) => {
    track.addEventListener('load', resolve);
    track.addEventListener('error', () => reject(new Error('This is no WebVTT.')));
  });
  track.track.mode = 'hidden';
  track.src = URL.createObjectURL(new Blob([vtt], {type: 'text/vtt'}));
  await parsed;
  return [...(track.track.cues ?? [])] as VTTCue[];
}

/** Cues as SubRip has them; whatever else is in the file is an error. */
function parseSrt(srt: string): string[][] {
  const cue = /(\d+)\n(\d{2,}:\d\d:\d\d,\d{3}) --> (\d{2,}:\d\d:\d\d,\d{3})\n((?:.+\n)+)\n/g;
  expect(srt.replace(cue, '')).to.equal('');
  return [...srt.matchAll(cue)].map(match => match.slice(1));
}

describe('a transcript to be kept', () => {
  it('is plain text with who has said what', () => {
    expect(exportTranscript(LINES.slice(0, 3), 'txt')).to.equal(
      'AI: Hello.\nYou: Is 1 < 2 & 3 --> 4?\nSay <b>yes</b>.\nAI: 是的。\nYes.\n',
    );
  });

  it('is the engine’s history as JSON, and comes back as it was', () => {
    const json = exportTranscript([{...LINES[0], id: 7} as ExportedLine], 'json');
    expect(JSON.parse(json)).to.deep.equal([
      {timestamp: '2026-01-01T10:00:00.000Z', role: 'assistant', content: 'Hello.'},
    ]);
    const history = JSON.parse(exportTranscript(LINES, 'json')) as ExportedLine[];
    expect(exportTranscript(history, 'srt')).to.equal(exportTranscript(LINES, 'srt'));
  });

  it('is WebVTT that a browser reads', async () => {
    const cues = await parseVtt(exportTranscript(LINES, 'vtt'));
    const read = cues.map(({startTime, endTime, text}) => [startTime, endTime, text]);
    expect(read).to.deep.equal([
      [0, 1.45, '<v AI>Hello.'],
      [2.5, 3.5, '<v You>Is 1 &lt; 2 &amp; 3 --&gt; 4?\nSay &lt;b&gt;yes&lt;/b&gt;.'],
      [2.6, 4.2, '<v AI>是的。\nYes.'],
      [90_000, 90_003.1, '<v You>Hello again, on another day.'],
    ]);
    expect(cues[1]?.getCueAsHTML().textContent).to.equal('Is 1 < 2 & 3 --> 4?\nSay <b>yes</b>.');
  });

  it('is SubRip', () => {
    expect(parseSrt(exportTranscript(LINES, 'srt'))).to.deep.equal([
      ['1', '00:00:00,000', '00:00:01,450', 'AI: Hello.\n'],
      ['2', '00:00:02,500', '00:00:03,500', 'You: Is 1 ‹ 2 & 3 → 4?\nSay ‹b›yes‹/b›.\n'],
      ['3', '00:00:02,600', '00:00:04,200', 'AI: 是的。\nYes.\n'],
      ['4', '25:00:00,000', '25:00:03,100', 'You: Hello again, on another day.\n'],
    ]);
  });

  it('names who has spoken as it is asked to', async () => {
    const speakers = {user: 'Vous', assistant: 'R & D > B'};
    expect(exportTranscript(LINES.slice(0, 1), 'txt', speakers)).to.equal('R & D > B: Hello.\n');
    const [cue] = await parseVtt(exportTranscript(LINES, 'vtt', speakers));
    expect(cue?.getCueAsHTML().querySelector('[title]')?.getAttribute('title')).to.equal(
      'R & D › B',
    );
  });

  for (const [format, empty] of [
    ['txt', ''],
    ['json', '[]'],
    ['vtt', 'WEBVTT\n\n'],
    ['srt', ''],
  ] as const satisfies [TranscriptFormat, string][]) {
    it(`holds nothing that was not said whole, as ${format}`, async () => {
      expect(exportTranscript([], format)).to.equal(empty);
      const interim = {...line('2026-01-01T10:00:00.000Z', 'user', 'I'), complete: false};
      expect(exportTranscript([interim], format)).to.equal(empty);
      if (format === 'vtt') expect(await parseVtt(empty)).to.deep.equal([]);
    });

    it(`is in the order in which lines began, as ${format}`, () => {
      const [first, ...rest] = LINES as [ExportedLine, ...ExportedLine[]];
      const mixed = Object.freeze([...rest, first]);
      expect(exportTranscript(mixed, format)).to.equal(exportTranscript(LINES, format));
    });
  }
});

function line(timestamp: string, role: ExportedLine['role'], content: string): ExportedLine {
  return {timestamp, role, content, complete: true};
}
