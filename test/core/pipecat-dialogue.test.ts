import {expect} from '@open-wc/testing';
import {Dialogue} from '../../src/core/engines/pipecat/dialogue.js';
import type {EngineMessage} from '../../src/core/messages.js';
import {restoreClock, setClock} from '../support/clock.js';

const NEVER = new AbortController().signal;

/** What is told of a conversation with a bot, and what the bot is told. */
class Held {
  readonly messages: EngineMessage[] = [];
  readonly sent: {type: string; data: {d?: {state: string}}}[] = [];
  readonly dialogue = new Dialogue(message => this.messages.push(message));

  constructor() {
    const send = (message: string) => this.sent.push(JSON.parse(message));
    this.dialogue.begin(send, false, NEVER);
  }

  hear(type: string, data: object | null = null): void {
    this.dialogue.hear({type, data});
  }

  /** The lines as they are told: `user tell me…` for one that is not whole. */
  get lines(): string[] {
    return this.messages.flatMap(message =>
      message.event === 'transcript'
        ? [`${message.data.role} ${message.data.content}${message.data.complete ? '' : '…'}`]
        : [],
    );
  }

  get timestamps(): string[] {
    return this.messages.flatMap(message =>
      message.event === 'transcript' ? message.data.timestamp : [],
    );
  }

  get pushes(): (string | undefined)[] {
    return this.sent.map(({data}) => data.d?.state);
  }

  get names(): string[] {
    return this.messages.map(message => message.event).filter(event => event.startsWith('user-'));
  }
}

const input = (text: string, final = true) => ({text, final, input_type: 'transcription'});
const output = (segment_id: number, text: string, spoken_status: string, accumulated = '') => ({
  segment_id,
  text,
  spoken_status,
  will_be_spoken: true,
  spoken_progress: {accumulated_text: accumulated},
});

describe('what a Pipecat bot tells', () => {
  let held: Held;
  beforeEach(() => (held = new Held()));

  it('is one line for a turn that is understood in pieces', () => {
    held.hear('user-started-speaking');
    held.hear('user-input', input('tell', false));
    held.hear('user-input', input('tell me'));
    held.hear('user-input', input('a story'));
    held.hear('user-stopped-speaking');
    expect(held.lines).to.deep.equal([
      'user tell…',
      'user tell me…',
      'user tell me a story…',
      'user tell me a story',
    ]);
    expect(new Set(held.timestamps).size).to.equal(1);
  });

  it('is in the order in which it was said, also where the clock is set back', async () => {
    try {
      held.hear('user-input', input('tell me'));
      setClock(-3_600_000);
      held.hear('bot-started-speaking');
      held.hear('bot-output', output(1, 'Once', 'completed'));
      held.hear('bot-stopped-speaking');
      held.hear('user-input', input('go on'));
      held.dialogue.command({event: 'user-text', data: {text: 'please', id: 1}});
      await Promise.resolve();
    } finally {
      restoreClock();
    }
    const times = held.timestamps;
    expect(new Set(times).size).to.equal(4);
    expect(times).to.deep.equal([...times].sort());
  });

  it('is whole when its last word comes after the turn', () => {
    held.hear('user-started-speaking');
    held.hear('user-input', input('tell me', false));
    held.hear('user-stopped-speaking');
    held.hear('user-input', input('tell me more'));
    expect(held.lines.at(-1)).to.equal('user tell me more');
  });

  it('has the word in it that the turn was begun by', () => {
    held.hear('user-input', input('wait', false));
    held.hear('user-started-speaking');
    held.hear('user-stopped-speaking');
    held.hear('bot-llm-started');
    expect(held.lines).to.deep.equal(['user wait…', 'user wait']);
  });

  it('is told once by bots that tell it twice, and by old ones that tell it the old way', () => {
    held.hear('user-transcription', {text: 'hello', final: true});
    expect(held.lines).to.deep.equal(['user hello']);
    held.hear('bot-llm-started');
    held.hear('user-input', input('bye'));
    held.hear('user-transcription', {text: 'bye', final: true});
    expect(held.lines).to.deep.equal(['user hello', 'user bye']);
    const others = held.messages.filter(({event}) => event === 'other');
    expect(others).to.have.length(1);
  });

  it('is no line where nothing was understood', () => {
    held.hear('user-started-speaking');
    held.hear('user-stopped-speaking');
    expect(held.lines).to.deep.equal([]);
  });

  it('is said by sentences where words are not told', () => {
    held.hear('bot-llm-started');
    held.hear('bot-started-speaking');
    held.hear('bot-output', output(1, 'One.', 'new'));
    held.hear('bot-llm-stopped');
    held.hear('bot-output', output(1, 'One.', 'completed', 'One.'));
    held.hear('bot-output', output(2, 'Two.', 'new'));
    held.hear('bot-output', output(2, 'Two.', 'completed', 'Two.'));
    held.hear('bot-stopped-speaking');
    expect(held.lines).to.deep.equal([
      'assistant One.…',
      'assistant One. Two.…',
      'assistant One. Two.',
    ]);
  });

  it('is one answer where its voice makes a pause for what comes next', () => {
    held.hear('bot-llm-started');
    held.hear('bot-started-speaking');
    held.hear('bot-output', output(1, 'One.', 'completed'));
    held.hear('bot-stopped-speaking');
    held.hear('bot-started-speaking');
    held.hear('bot-output', output(2, 'Two.', 'completed'));
    held.hear('bot-llm-stopped');
    held.hear('bot-stopped-speaking');
    expect(held.lines.at(-1)).to.equal('assistant One. Two.');
    expect(new Set(held.timestamps).size).to.equal(1);
  });

  it('is cut where it was interrupted, whatever else is told of it', () => {
    held.hear('bot-started-speaking');
    held.hear('bot-output', output(1, 'One two.', 'in-progress', 'One'));
    held.hear('bot-output', output(1, 'One two.', 'new'));
    held.hear('bot-output', output(2, 'Three.', 'new'));
    held.hear('bot-interrupted');
    held.hear('bot-output', output(1, 'One two.', 'in-progress', 'One two.'));
    held.hear('bot-output', output(2, 'Three.', 'completed'));
    expect(held.lines).to.deep.equal(['assistant One…', 'assistant One']);
  });

  it('is whole with the last of it where it is not spoken', () => {
    held.hear('bot-llm-started');
    held.hear('bot-output', {
      segment_id: 1,
      text: 'Read me.',
      spoken_status: 'new',
      will_be_spoken: false,
    });
    held.hear('bot-llm-stopped');
    expect(held.lines).to.deep.equal(['assistant Read me.…', 'assistant Read me.']);
  });

  it('is what was spoken, from bots of RTVI 1', () => {
    held.hear('bot-started-speaking');
    held.hear('bot-output', {text: 'One.', spoken: false, aggregated_by: 'sentence'});
    held.hear('bot-output', {text: 'One.', spoken: true, aggregated_by: 'sentence'});
    held.hear('bot-stopped-speaking');
    expect(held.lines).to.deep.equal(['assistant One.…', 'assistant One.']);
  });

  it('is never taken for an event of ours', () => {
    for (const type of ['open', 'close', 'transcript', 'user-started-talking']) held.hear(type, {});
    expect(held.messages).to.deep.equal([]);
  });

  it('ends the conversation where it is fatal, and is told where it is not', () => {
    held.hear('error', {error: 'A hiccup.', fatal: false});
    held.hear('error', {message: 'The end.', fatal: true});
    expect(held.messages).to.deep.equal([
      {event: 'other', name: 'bot-error', data: {message: 'A hiccup.'}},
      {event: 'error', data: {code: 'engine-error', message: 'The end.'}},
    ]);
  });
});

describe('the visitor’s turn with a Pipecat bot', () => {
  let held: Held;
  const configure = (handsOnTimeout: number | null) =>
    held.dialogue.command({event: 'configure', data: {mode: 'hands-on', handsOnTimeout}});
  beforeEach(() => (held = new Held()));

  it('is opened before they talk, and again when the bot has taken the last', async () => {
    configure(null);
    held.hear('user-started-speaking');
    held.dialogue.command({event: 'send-user-response', data: null});
    await Promise.resolve();
    expect(held.pushes).to.deep.equal(['start', 'stop']);
    held.hear('user-stopped-speaking');
    expect(held.pushes).to.deep.equal(['start', 'stop', 'start']);
    expect(held.names).to.deep.equal(['user-started-talking', 'user-stopped-talking']);
  });

  it('is sent after a silence of so long, once', async () => {
    configure(10);
    held.hear('user-started-speaking');
    held.hear('vad-user-stopped-speaking');
    held.hear('vad-user-stopped-speaking');
    while (!held.names.includes('user-stopped-talking')) {
      await new Promise(resolve => setTimeout(resolve));
    }
    expect(held.pushes).to.deep.equal(['start', 'stop']);
    expect(held.names).to.deep.equal([
      'user-started-talking',
      'user-paused',
      'user-stopped-talking',
    ]);
  });

  it('goes on where they talk again', () => {
    configure(60_000);
    held.hear('user-started-speaking');
    held.hear('vad-user-stopped-speaking');
    held.hear('vad-user-started-speaking');
    held.dialogue.command({event: 'keep-user-turn', data: null});
    expect(held.names).to.deep.equal(['user-started-talking', 'user-paused', 'user-resumed']);
  });

  it('is theirs no longer when they have taken their hands off', () => {
    configure(null);
    held.dialogue.command({event: 'configure', data: {mode: 'hands-free', handsOnTimeout: null}});
    held.hear('user-started-speaking');
    held.hear('user-stopped-speaking');
    expect(held.pushes).to.deep.equal(['start', 'stop']);
    expect(held.names).to.deep.equal([]);
  });
});
