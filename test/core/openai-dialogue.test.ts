import {expect} from '@open-wc/testing';
import {Dialogue} from '../../src/core/engines/openai/dialogue.js';
import type {EngineMessage} from '../../src/core/messages.js';
import {waitUntil} from '../support/wait-until.js';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription';
const SAID = 'response.output_audio_transcript';

describe('the events of OpenAI Realtime', () => {
  let dialogue: Dialogue;
  let told: EngineMessage[];
  let sent: Record<string, unknown>[];
  let ending: AbortController;

  const session = (input: object = {}) =>
    receive('session.created', {session: {type: 'realtime', audio: {input}}});
  const receive = (type: string, more: object = {}) =>
    dialogue.receive(JSON.stringify({type, event_id: 'e', ...more}));
  const configure = (mode: 'hands-on' | 'hands-free', handsOnTimeout: number | null = null) =>
    dialogue.do({event: 'configure', data: {mode, handsOnTimeout}});
  const talk = (item_id: string) => receive('input_audio_buffer.speech_started', {item_id});
  const fallSilent = (item_id: string, previous_item_id: string | null = null) => {
    receive('input_audio_buffer.speech_stopped', {item_id});
    receive('input_audio_buffer.committed', {item_id, previous_item_id});
  };
  const understand = (item_id: string, transcript: string) =>
    receive(`${TRANSCRIPTION}.completed`, {item_id, transcript});
  const lines = () =>
    told.flatMap(message =>
      message.event === 'transcript'
        ? `${message.data.role} ${message.data.content}${message.data.complete ? '.' : '…'}`
        : [],
    );
  const ours = () => told.map(({event}) => event).filter(event => event.startsWith('user-'));
  const types = () => sent.map(({type}) => type);

  beforeEach(() => {
    [told, sent] = [[], []];
    ending = new AbortController();
    dialogue = new Dialogue(
      {signal: ending.signal, onMessage: message => void told.push(message)},
      event => void sent.push(event as Record<string, unknown>),
    );
  });

  afterEach(() => ending.abort());

  it('are in the order of the turns, where the visitor is understood after the answer', () => {
    session();
    talk('u1');
    fallSilent('u1');
    receive('response.created');
    receive(`${SAID}.delta`, {item_id: 'a1', delta: 'It is '});
    understand('u1', 'What time is it?');
    receive(`${SAID}.done`, {item_id: 'a1', transcript: 'It is noon.'});
    const at = (role: string) =>
      told.flatMap(m => (m.event === 'transcript' && m.data.role === role ? m.data.timestamp : []));
    expect(new Set(at('user')).size).to.equal(1);
    expect(new Set(at('assistant')).size).to.equal(1);
    expect((at('user')[0] ?? '') < (at('assistant')[0] ?? '')).to.equal(true);
    expect(lines()).to.deep.equal([
      'assistant It is…',
      'user What time is it?.',
      'assistant It is noon..',
    ]);
  });

  it('are in the order that the server says, where somebody talked before the answer came', () => {
    session();
    talk('u2');
    receive(`${SAID}.done`, {item_id: 'a1', transcript: 'Yes.'});
    fallSilent('u2', 'a1');
    understand('u2', 'And you?');
    const [answer, question] = told.flatMap(m =>
      m.event === 'transcript' ? m.data.timestamp : [],
    );
    expect((answer ?? '') < (question ?? '')).to.equal(true);
  });

  it('grow a line, and never two of one party at once', () => {
    session();
    for (const item of ['u1', 'u2']) {
      talk(item);
      fallSilent(item);
    }
    receive(`${TRANSCRIPTION}.delta`, {item_id: 'u1', delta: 'One'});
    receive(`${TRANSCRIPTION}.delta`, {item_id: 'u2', delta: 'Three'});
    receive(`${TRANSCRIPTION}.delta`, {item_id: 'u1', delta: ', two'});
    understand('u1', 'One, two.');
    understand('u2', 'Three.');
    expect(lines()).to.deep.equal([
      'user One…',
      'user One, two…',
      'user One, two..',
      'user Three…',
      'user Three..',
    ]);
  });

  it('end a line that is cut off with what was said of it', () => {
    session();
    receive('response.created');
    receive(`${SAID}.delta`, {item_id: 'a1', delta: 'As I was say'});
    receive('response.done', {response: {status: 'cancelled'}});
    expect(lines()).to.deep.equal(['assistant As I was say…', 'assistant As I was say.']);
  });

  it('say what the AI does, whatever is understood meanwhile', () => {
    session();
    const activity = () => told.at(-1)?.activity;
    const seen = [
      () => talk('u1'),
      () => fallSilent('u1'),
      () => receive('response.created'),
      () => receive('output_audio_buffer.started'),
      () => understand('u1', 'Hello'),
      () => receive('response.done'),
      () => receive('output_audio_buffer.stopped'),
    ].map(act => {
      act();
      return activity();
    });
    expect(seen).to.deep.equal([
      'listening',
      'thinking',
      'thinking',
      'speaking',
      'speaking',
      'speaking',
      'listening',
    ]);
  });

  it('leave turns to us in hands-on mode, with the rest of the session as it was', () => {
    const detection = {type: 'semantic_vad', eagerness: 'low', create_response: true};
    session({transcription: {model: 'theirs'}, turn_detection: detection});
    configure('hands-free', 5000);
    expect(sent).to.deep.equal([]);
    configure('hands-on');
    configure('hands-free');
    const told = (turn_detection: object) => ({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: {input: {transcription: {model: 'theirs'}, turn_detection}},
      },
    });
    const quiet = {...detection, create_response: false, interrupt_response: false};
    expect(sent).to.deep.equal([told(quiet), told(detection)]);
  });

  it('ask for the visitor to be understood, where the session does not', () => {
    session();
    configure('hands-free');
    const {audio} = sent[0]?.['session'] as {audio: {input: Record<string, unknown>}};
    expect(audio.input['transcription']).to.deep.equal({model: 'gpt-4o-mini-transcribe'});
    configure('hands-free', 7);
    expect(sent).to.have.length(1);
  });

  it('make one line of a hands-on turn, pauses included, and send it when told to', () => {
    session();
    configure('hands-on');
    sent = [];
    talk('u1');
    fallSilent('u1');
    understand('u1', 'What can');
    talk('u2');
    fallSilent('u2', 'u1');
    expect(types()).to.deep.equal([]);
    dialogue.do({event: 'send-user-response', data: null});
    dialogue.do({event: 'send-user-response', data: null});
    understand('u2', 'you do?');
    expect(types()).to.deep.equal(['response.create']);
    expect(ours()).to.deep.equal([
      'user-started-talking',
      'user-paused',
      'user-resumed',
      'user-paused',
      'user-stopped-talking',
    ]);
    expect(lines()).to.deep.equal(['user What can…', 'user What can you do?.']);
  });

  it('commit what is being said when it is sent', () => {
    session();
    configure('hands-on');
    sent = [];
    talk('u1');
    dialogue.do({event: 'send-user-response', data: null});
    expect(types()).to.deep.equal(['input_audio_buffer.commit', 'response.create']);
    receive('input_audio_buffer.committed', {item_id: 'u1', previous_item_id: null});
    understand('u1', 'Now');
    expect(lines()).to.deep.equal(['user Now.']);
  });

  it('send a hands-on turn by themselves after the time that there is, which begins anew', async () => {
    session();
    configure('hands-on', 80);
    sent = [];
    talk('u1');
    fallSilent('u1');
    dialogue.do({event: 'keep-user-turn', data: null});
    expect(types()).to.deep.equal([]);
    await waitUntil(() => types().includes('response.create'));
    const pauses = told.filter(({event}) => event === 'user-paused');
    expect(pauses.map(message => 'data' in message && message.data)).to.deep.equal([
      {timeout: 80},
      {timeout: 80},
    ]);
  });

  it('forget what is discarded, also what comes of it later', () => {
    session();
    configure('hands-on');
    sent = [];
    talk('u1');
    receive(`${TRANSCRIPTION}.delta`, {item_id: 'u1', delta: 'Never'});
    fallSilent('u1');
    talk('u2');
    dialogue.do({event: 'discard-user-response', data: null});
    fallSilent('u2', 'u1');
    understand('u1', 'Never mind');
    understand('u2', 'this');
    expect(sent.map(({type, item_id}) => [type, item_id])).to.deep.equal([
      ['input_audio_buffer.clear', undefined],
      ['conversation.item.delete', 'u1'],
      ['conversation.item.delete', 'u2'],
      ['conversation.item.delete', 'u2'],
    ]);
    expect(lines()).to.deep.equal(['user Never…', 'user .']);
    expect(ours().at(-1)).to.equal('user-stopped-talking');
  });

  it('answer what is typed when what is being said has been cut off, and say it once it is there', () => {
    session();
    receive('response.created');
    receive('output_audio_buffer.started');
    dialogue.do({event: 'user-text', data: {text: 'Stop', id: 0.25}});
    expect(types()).to.deep.equal([
      'input_audio_buffer.clear',
      'conversation.item.create',
      'response.cancel',
      'output_audio_buffer.clear',
    ]);
    expect(lines()).to.deep.equal([]);
    receive('conversation.item.added', {item: sent[1]?.['item']});
    receive('response.done');
    expect(types().at(-1)).to.equal('response.create');
    receive('conversation.item.done', {item: sent[1]?.['item']});
    expect(lines()).to.deep.equal(['user Stop.']);
  });

  it('tell a new call what was said in the one before, and the page that it is one', () => {
    session();
    told = [];
    const timestamp = '2026-01-02T03:04:05.678Z';
    dialogue.remember([
      {role: 'user', content: 'Hello', timestamp, complete: true},
      {role: 'assistant', content: 'Hi', timestamp, complete: true},
    ]);
    for (const {item} of sent) receive('conversation.item.added', {item});
    const content = sent.map(({item}) => (item as {content: unknown}).content);
    expect(content).to.deep.equal([
      [{type: 'input_text', text: 'Hello'}],
      [{type: 'output_text', text: 'Hi'}],
    ]);
    expect(lines()).to.deep.equal([]);
    expect(told[0]).to.deep.include({event: 'other', name: 'call-renewed', data: {lines: 2}});
  });

  it('are handed on where they are not of the contract, under a name that is not', () => {
    session();
    told = [];
    receive('rate_limits.updated', {rate_limits: [1]});
    receive('error', {error: {code: 'input_audio_buffer_commit_empty'}});
    receive('close');
    expect(told.map(message => message.event === 'other' && message.name)).to.deep.equal([
      'rate_limits.updated',
      'openai-error',
      'openai-close',
    ]);
  });

  it('end the conversation where the session has, and by no other error', () => {
    session();
    receive('error', {error: {code: 'session_expired'}});
    expect(told.filter(({event}) => event === 'error')).to.deep.equal([
      {event: 'error', data: {code: 'session-ended', message: ''}, activity: 'listening'},
    ]);
  });

  it('are harmless where they make no sense', () => {
    for (const frame of [
      '',
      '{',
      'null',
      '[]',
      '7',
      '{"type":7}',
      '{"type":"response.done","response":7}',
      '{"type":"session.created","session":[]}',
      '{"type":"conversation.item.added","item":{"role":"user","content":[7]}}',
      `{"type":"${TRANSCRIPTION}.completed","item_id":"of-nobody","transcript":"x"}`,
      `{"type":"${SAID}.delta","delta":{}}`,
    ]) {
      dialogue.receive(frame);
    }
    dialogue.receive(new ArrayBuffer(8));
    expect(lines()).to.deep.equal([]);
  });
});
