import {expect} from '@open-wc/testing';
import type * as Agents from '@openai/agents-realtime';
import type {OpenAIRealtimeWebRTC, RealtimeSession, TransportEvent} from '@openai/agents-realtime';
import {OpenAIClient} from '../../../src/server/openai-client.js';
import {engineUrl, watchPeers} from '../../support/local-engine.js';
import {QUESTION} from '../../support/question.js';
import {waitUntil} from '../../support/wait-until.js';

/** As they have built it for pages. */
const BUNDLE = '/node_modules/@openai/agents-realtime/dist/bundle/openai-realtime-agents.umd.js';

interface Bundle {
  readonly OpenAIAgentsRealtime: typeof Agents;
}

/** The double is held to what OpenAI's own client takes. */
describe('OpenAI’s own client, with the local engine', () => {
  let transport: OpenAIRealtimeWebRTC;
  let session: RealtimeSession;
  let peers: ReturnType<typeof watchPeers>;
  /** What the engine has sent, and what the client has made of it: names, in order. */
  let sent: TransportEvent[];
  let taken: unknown[];
  let errors: unknown[];

  const all = (type: string) => sent.filter(event => event.type === type);
  const deltas = () =>
    all('response.output_audio_transcript.delta')
      .map(event => ('delta' in event ? String(event.delta) : ''))
      .join('');
  /** Its history: who, what, and how that ended. */
  const said = () =>
    session.history.flatMap(item => {
      if (item.type !== 'message') return [];
      const [part] = item.content;
      const text = part && ('text' in part ? part.text : part.transcript);
      return [[item.role, text, 'status' in item && item.status]];
    });

  before(async () => {
    const script = Object.assign(document.createElement('script'), {src: BUNDLE});
    await new Promise((resolve, reject) => {
      Object.assign(script, {onload: resolve, onerror: reject});
      document.head.append(script);
    });
    script.remove();
  });

  beforeEach(async () => {
    peers = watchPeers();
    [sent, taken, errors] = [[], [], []];
    const baseUrl = `${engineUrl}/v1/realtime/calls`;
    const {OpenAIAgentsRealtime} = globalThis as unknown as Bundle;
    const {OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession} = OpenAIAgentsRealtime;
    // What its schemas refuse, it passes on under no name but that of everything.
    class Watched extends OpenAIRealtimeWebRTC {
      override emit(...[type, ...data]: Parameters<OpenAIRealtimeWebRTC['emit']>): boolean {
        taken.push(type);
        return super.emit(type, ...data);
      }
    }
    transport = new Watched({baseUrl});
    const agent = new RealtimeAgent({name: 'Guide', instructions: 'You know the element.'});
    session = new RealtimeSession(agent, {transport});
    session.on('transport_event', event => sent.push(event));
    session.on('error', ({error}) => errors.push(error));
    const client = new OpenAIClient({apiKey: 'sk-test', engineUrl});
    const {token} = await client.createSession({model: 'gpt-realtime'});
    await session.connect({apiKey: token});
  });

  afterEach(() => {
    session.close();
    peers.restore();
    expect(errors).to.deep.equal([]);
    const named = taken.flatMap((type, at) => (type === '*' ? [taken[at + 1]] : []));
    expect(named, 'all events are what its schemas have').to.deep.equal(sent.map(({type}) => type));
  });

  it('is answered when the visitor asks out loud, and says no more where that is interrupted', async () => {
    await waitUntil(() => all('response.output_audio_transcript.delta').length > 2, 'it speaks');
    await waitUntil(async () => (await peers.received()).energy > 1e-4, 'it is heard');
    session.interrupt();
    await waitUntil(() => all('output_audio_buffer.cleared').length === 1, 'it is silent');
    await waitUntil(
      () => all('conversation.item.retrieved').length === 2,
      'both lines are read again',
    );
    const [question, answer] = said();
    expect(question).to.deep.equal(['user', QUESTION, 'completed']);
    expect(answer).to.deep.equal(['assistant', deltas(), 'incomplete']);
    expect(all('session.created').length).to.equal(1);
    expect(all('session.updated').length).to.be.greaterThan(0);
  });

  it('is answered when they type, muted, and closes', async () => {
    session.mute(true);
    session.sendMessage('Thank you.');
    await waitUntil(() => all('output_audio_buffer.stopped').length === 1, 'the answer is over');
    expect(said()).to.deep.equal([
      ['user', 'Thank you.', 'completed'],
      ['assistant', deltas(), 'completed'],
    ]);
    expect(all('input_audio_buffer.speech_started')).to.deep.equal([]);
    const [peer] = peers.peers;
    const [sender] = peer?.getSenders() ?? [];
    session.close();
    expect(transport.status).to.equal('disconnected');
    expect([peer?.connectionState, sender?.track?.readyState]).to.deep.equal(['closed', 'ended']);
  });
});
