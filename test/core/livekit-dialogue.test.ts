import {expect} from '@open-wc/testing';
import {Dialogue} from '../../src/core/engines/livekit/dialogue.js';
import type {EngineMessage} from '../../src/core/messages.js';
import type {Mode} from '../../src/core/state.js';

const STATE = 'lk.agent.state';

/** What is told of a conversation with an agent, and what the agent is told. */
class Held {
  readonly messages: EngineMessage[] = [];
  readonly calls: string[] = [];
  readonly written: string[] = [];
  readonly dialogue = new Dialogue(message => this.messages.push(message));
  readonly ending = new AbortController();
  /** When the next calls are answered. */
  answering = Promise.resolve();
  /** What the next calls fail with. */
  refusal: object | undefined;

  constructor(mode: Mode = 'hands-free', handsOnTimeout: number | null = null) {
    const call = async (method: string) => {
      this.calls.push(method);
      await this.answering;
      if (this.refusal) throw this.refusal;
    };
    const write = async (text: string) => void this.written.push(text);
    this.dialogue.begin({call, write}, this.ending.signal);
    this.dialogue.beHeard(true);
    this.dialogue.follow(STATE, 'listening');
    this.configure(mode, handsOnTimeout);
  }

  configure(mode: Mode, handsOnTimeout: number | null = null): void {
    this.dialogue.command({event: 'configure', data: {mode, handsOnTimeout}});
  }

  command(event: 'send-user-response' | 'discard-user-response'): void {
    this.dialogue.command({event, data: null});
  }

  /** The agent answers. */
  answer(segment: string, content: string): void {
    for (const state of ['thinking', 'speaking']) this.dialogue.follow(STATE, state);
    this.dialogue.speak(segment, content, true);
    this.dialogue.follow(STATE, 'listening');
  }

  /** The lines as they are told: `user tell me…` for one that is not whole. */
  get lines(): string[] {
    return this.messages.flatMap(message =>
      message.event === 'transcript'
        ? [`${message.data.role} ${message.data.content}${message.data.complete ? '' : '…'}`]
        : [],
    );
  }

  /** When each line began, in the order in which they are told. */
  get begun(): string[] {
    const told = this.messages.flatMap(message =>
      message.event === 'transcript' ? message.data.timestamp : [],
    );
    return [...new Set(told)];
  }

  get names(): string[] {
    return this.messages.map(message => message.event).filter(event => event.startsWith('user-'));
  }
}

/** What is done later is done by then. */
const later = () => new Promise(resolve => setTimeout(resolve));

describe('what a room of LiveKit’s tells', () => {
  it('is one line for a turn that is understood in segments', () => {
    const held = new Held();
    held.dialogue.notice(true);
    held.dialogue.hear('s1', 'tell', false);
    held.dialogue.hear('s1', 'Tell me', true);
    held.dialogue.notice(false);
    held.dialogue.notice(true);
    held.dialogue.hear('s2', 'a story.', true);
    held.answer('a1', 'Once.');
    expect(held.lines).to.deep.equal([
      'user tell…',
      'user Tell me…',
      'user Tell me a story.…',
      'user Tell me a story.',
      'assistant Once.',
    ]);
    expect(held.begun.length).to.equal(2);
  });

  it('is the same turn where the room notices it after its first word', () => {
    const held = new Held();
    held.dialogue.hear('s1', 'tell', false);
    held.dialogue.notice(true);
    held.dialogue.hear('s1', 'Tell me a story.', true);
    held.dialogue.notice(false);
    held.answer('a1', 'Once.');
    expect(held.lines).to.deep.equal([
      'user tell…',
      'user Tell me a story.…',
      'user Tell me a story.',
      'assistant Once.',
    ]);
  });

  it('has a turn before its answer that is understood after it', () => {
    const held = new Held();
    held.dialogue.notice(true);
    held.dialogue.notice(false);
    held.answer('a1', 'Once.');
    held.dialogue.hear('s1', 'Tell me a story.', true);
    expect(held.lines).to.deep.equal(['assistant Once.', 'user Tell me a story.']);
    const [answer = '', turn = ''] = held.begun;
    expect(turn < answer).to.equal(true);
  });

  it('ends a line that was cut off when the next begins', () => {
    const held = new Held();
    held.dialogue.speak('a1', 'Once upon', false);
    held.dialogue.speak('a2', 'Sorry.', false);
    held.dialogue.speak('a1', ' a time', false);
    expect(held.lines).to.deep.equal([
      'assistant Once upon…',
      'assistant Once upon',
      'assistant Sorry.…',
    ]);
  });

  it('ends a turn that was never understood to its end when the next begins', () => {
    const held = new Held();
    held.dialogue.notice(true);
    held.dialogue.hear('s1', 'tell', false);
    held.dialogue.notice(false);
    held.answer('a1', 'Pardon?');
    held.dialogue.notice(true);
    held.dialogue.hear('s2', 'A story.', true);
    held.dialogue.follow(STATE, 'thinking');
    expect(held.lines.filter(line => line.startsWith('user'))).to.deep.equal([
      'user tell…',
      'user tell',
      'user A story.…',
      'user A story.',
    ]);
  });

  it('keeps what is told before it is configured, and tells it after', async () => {
    const messages: EngineMessage[] = [];
    const dialogue = new Dialogue(message => messages.push(message));
    const signal = new AbortController().signal;
    dialogue.begin({call: async () => {}, write: async () => {}}, signal);
    dialogue.speak('a1', 'Hello!', true);
    expect(messages).to.deep.equal([]);
    dialogue.command({event: 'configure', data: {mode: 'hands-free', handsOnTimeout: null}});
    expect(messages).to.deep.equal([]);
    await later();
    expect(messages.map(({event}) => event)).to.deep.equal(['transcript']);
  });

  it('never takes a name of ours', () => {
    const held = new Held();
    held.dialogue.handOn('close', 'now');
    const last = held.messages.at(-1);
    expect(last?.event === 'other' && last.name).to.equal('livekit-close');
  });
});

describe('a turn in a room of LiveKit’s that is the visitor’s to end', () => {
  it('is opened while the agent listens, and again when it has answered', async () => {
    const held = new Held('hands-on');
    expect(held.calls).to.deep.equal(['start_turn']);
    held.dialogue.notice(true);
    held.command('send-user-response');
    await later();
    expect(held.calls).to.deep.equal(['start_turn', 'end_turn']);
    held.answer('a1', 'Yes.');
    expect(held.calls).to.deep.equal(['start_turn', 'end_turn', 'start_turn']);
    expect(held.names).to.deep.equal(['user-started-talking', 'user-stopped-talking']);
  });

  it('interrupts when the visitor talks, or turns their microphone on, and not before', () => {
    for (const begin of [
      (held: Held) => held.dialogue.notice(true),
      (held: Held) => {
        held.dialogue.beHeard(false);
        held.dialogue.beHeard(true);
      },
    ]) {
      const held = new Held('hands-on');
      held.dialogue.notice(true);
      held.command('send-user-response');
      held.dialogue.notice(false);
      held.dialogue.follow(STATE, 'speaking');
      expect(held.calls).to.deep.equal(['start_turn', 'end_turn']);
      begin(held);
      expect(held.calls.at(-1)).to.equal('start_turn');
    }
  });

  it('is not begun by what the room notices of who is muted', () => {
    const held = new Held('hands-on');
    held.dialogue.beHeard(false);
    held.dialogue.notice(true);
    expect(held.names).to.deep.equal([]);
  });

  it('is begun by a voice that the room passes over', () => {
    const held = new Held('hands-on');
    held.dialogue.hear('s1', 'tell', false);
    held.dialogue.hear('s1', 'Tell me.', true);
    expect(held.names).to.deep.equal(['user-started-talking', 'user-paused']);
  });

  it('is withdrawn where it is dropped, with what comes of it later, and opened anew', async () => {
    const held = new Held('hands-on');
    held.dialogue.notice(true);
    held.dialogue.hear('s1', 'tell', false);
    held.command('discard-user-response');
    await later();
    held.dialogue.hear('s1', 'Tell me.', true);
    expect(held.lines).to.deep.equal(['user tell…', 'user ']);
    expect(held.calls).to.deep.equal(['start_turn', 'cancel_turn', 'start_turn']);
  });

  it('is sent when the visitor has been silent for so long', async () => {
    const held = new Held('hands-on', 1);
    held.dialogue.notice(true);
    held.dialogue.notice(false);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(held.calls).to.deep.equal(['start_turn', 'end_turn']);
    expect(held.names).to.deep.equal([
      'user-started-talking',
      'user-paused',
      'user-stopped-talking',
    ]);
  });

  it('is over when an agent says so that knows nothing of turns', async () => {
    const held = new Held();
    held.refusal = {code: 1400, message: 'Method not supported at destination'};
    held.configure('hands-on');
    await later();
    const failed = held.messages.at(-1);
    expect(failed?.event === 'other' && failed.name).to.equal('rpc-failed');
    held.dialogue.notice(true);
    held.dialogue.follow(STATE, 'thinking');
    expect(held.names).to.deep.equal(['user-started-talking', 'user-stopped-talking']);
  });

  it('gives way to a text, which is told when it is sent', async () => {
    const held = new Held('hands-on');
    held.dialogue.notice(true);
    held.dialogue.command({event: 'user-text', data: {text: 'Hello.', id: 1}});
    expect(held.lines).to.deep.equal([]);
    await later();
    expect(held.written).to.deep.equal(['Hello.']);
    expect(held.lines).to.deep.equal(['user Hello.']);
    expect(held.calls).to.deep.equal(['start_turn', 'cancel_turn']);
  });

  it('ends with its connection, of which nothing is told', async () => {
    const held = new Held('hands-on', 1);
    held.dialogue.notice(true);
    held.dialogue.notice(false);
    held.ending.abort();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(held.names).to.deep.equal(['user-started-talking', 'user-paused']);
  });

  it('is given a text when it has taken the turn that was begun before', async () => {
    const held = new Held();
    let answer = () => {};
    held.answering = new Promise(resolve => (answer = resolve));
    held.configure('hands-on');
    held.dialogue.command({event: 'user-text', data: {text: 'Hello.', id: 1}});
    await later();
    expect(held.calls).to.deep.equal(['start_turn']);
    expect(held.written).to.deep.equal([]);
    answer();
    await later();
    expect(held.written).to.deep.equal(['Hello.']);
  });
});
