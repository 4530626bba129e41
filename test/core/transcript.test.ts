import {expect} from '@open-wc/testing';
import type {Transcript} from '../../src/core/events.js';
import {settled, withTranscript, type TranscriptLine} from '../../src/core/transcript.js';

type Said = [role: Transcript['role'], content: string, complete: boolean, timestamp?: string];

const NONE: readonly TranscriptLine[] = [];

function told(...said: Said[]): readonly TranscriptLine[] {
  return said.reduce(
    (lines, [role, content, complete, timestamp = '2026-01-01T00:00:00.000Z']) =>
      withTranscript(lines, {role, content, complete, timestamp}),
    NONE,
  );
}

const contents = (lines: readonly TranscriptLine[]) => lines.map(line => line.content);

describe('the transcript', () => {
  it('makes interim states into one whole line with a stable id', () => {
    const interim = told(['user', 'what', false], ['user', 'what can', false]);
    const whole = withTranscript(interim, {
      timestamp: '2026-01-01T00:00:00.000Z',
      role: 'user',
      content: 'What can you do?',
      complete: true,
    });
    expect(contents(whole)).to.deep.equal(['What can you do?']);
    expect(whole[0]?.complete).to.equal(true);
    expect(whole[0]?.id).to.equal(interim[0]?.id);
  });

  it('keeps the two parties apart, in the order in which they began', () => {
    const lines = told(
      ['user', 'hel', false],
      ['assistant', 'Good', false],
      ['user', 'Hello', true],
      ['assistant', 'Good day', true],
    );
    expect(contents(lines)).to.deep.equal(['Hello', 'Good day']);
    expect(new Set(lines.map(line => line.id)).size).to.equal(2);
  });

  it('begins a new line after a whole one', () => {
    const lines = told(
      ['user', 'One', true, '2026-01-01T00:00:01.000Z'],
      ['user', 'Two', true, '2026-01-01T00:00:02.000Z'],
    );
    expect(contents(lines)).to.deep.equal(['One', 'Two']);
  });

  it('keeps a whole line that is told twice as one', () => {
    expect(contents(told(['user', 'One', true], ['user', 'One', true]))).to.deep.equal(['One']);
  });

  it('puts a line that is told late where it began', () => {
    const at = (seconds: number) => `2026-01-01T00:00:0${seconds}.000Z`;
    const lines = told(
      ['assistant', 'Hello', true, at(0)],
      ['assistant', 'Fine', false, at(3)],
      ['user', 'And', false, at(5)],
      ['user', 'How are you?', true, at(2)],
      ['assistant', 'Fine, thanks', true, at(3)],
      ['user', 'And now?', true, at(5)],
    );
    expect(contents(lines)).to.deep.equal(['Hello', 'How are you?', 'Fine, thanks', 'And now?']);
    expect(new Set(lines.map(line => line.id)).size).to.equal(4);
  });

  it('withdraws an interim line that ended in nothing', () => {
    const lines = told(['assistant', 'Yes?', true], ['user', 'uh', false], ['user', '', true]);
    expect(contents(lines)).to.deep.equal(['Yes?']);
  });

  it('has no line without content', () => {
    const lines = told(['assistant', 'Yes?', true], ['user', '', false], ['user', ' ', false]);
    expect(contents(lines)).to.deep.equal(['Yes?']);
  });

  it('keeps a line whole when what was told before arrives after', () => {
    const lines = told(['user', 'What can you do?', true], ['user', 'What can', false]);
    expect(lines.map(({content, complete}) => [content, complete])).to.deep.equal([
      ['What can you do?', true],
    ]);
  });

  it('withdraws nothing where no line was open', () => {
    expect(contents(told(['user', 'One', true], ['user', '', true]))).to.deep.equal(['One']);
  });

  it('keeps what was said of a line when the conversation ends within it', () => {
    const ended = settled(told(['user', 'One', true], ['assistant', 'I was', false]));
    expect(ended.map(({complete}) => complete)).to.deep.equal([true, true]);
    const next = {timestamp: '2026-01-02T00:00:00.000Z', role: 'assistant', content: 'So'} as const;
    const later = withTranscript(ended, {...next, complete: false});
    expect(contents(later)).to.deep.equal(['One', 'I was', 'So']);
  });

  it('is frozen, and leaves the earlier one as it was', () => {
    const before = told(['user', 'a', false]);
    const after = withTranscript(before, {
      timestamp: '2026-01-01T00:00:00.000Z',
      role: 'user',
      content: 'b',
      complete: true,
    });
    expect(before[0]?.content).to.equal('a');
    expect(Object.isFrozen(after)).to.equal(true);
    expect(Object.isFrozen(after[0])).to.equal(true);
  });
});
