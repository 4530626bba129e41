import {expect, fixture, html} from '@open-wc/testing';
import type {Transcript} from '../../../src/core/events.js';
import type {DiaruptInteraction} from '../../../src/element.js';
import '../../../src/element.js';
import {createToken} from '../../support/engines.js';
import {linesOf} from '../../support/lines.js';
import {engineUrl} from '../../support/local-engine.js';
import {connectAndAsk, QUESTION} from '../../support/question.js';
import {waitUntil} from '../../support/wait-until.js';

describe('a visitor who asks out loud, with OpenAI Realtime', () => {
  let element: DiaruptInteraction;
  let events: [event: string, data: unknown][];

  const names = () => events.map(([event]) => event);
  const ofTurn = () => names().filter(name => name.startsWith('user-'));
  const lines = (role: string) => linesOf(role, events);
  const whole = (role: string) => lines(role).filter(({complete}) => complete);
  const answered = () => waitUntil(() => whole('assistant').length === 1, 'the answer is whole');

  beforeEach(async () => {
    element = await fixture(html`
      <diarupt-interaction engine="openai" engine-url=${engineUrl}></diarupt-interaction>
    `);
    element.getSession = async () => ({token: await createToken()});
    events = [];
    element.next = (event, data) => void events.push([event, data]);
  });

  afterEach(() => element.disconnect());

  it('is answered, and their line is before the answer, though it came after', async () => {
    await connectAndAsk(element);
    await answered();
    expect(element.transcript.map(({role}) => role)).to.deep.equal(['user', 'assistant']);
    expect(element.transcript[0]?.content).to.equal(QUESTION);
    const roles = events.flatMap(([event, data]) =>
      event === 'transcript' ? (data as Transcript).role : [],
    );
    expect(roles[0]).to.equal('assistant');
    expect(ofTurn()).to.deep.equal([]);
  });

  it('hands-on, is answered when they say so, and once', async () => {
    element.mode = 'hands-on';
    element.handsOnTimeout = Infinity;
    await connectAndAsk(element);
    await waitUntil(() => names().includes('user-paused'), 'the question is over');
    expect(lines('assistant')).to.deep.equal([]);
    expect(element.sendUserResponse()).to.equal(true);
    expect(element.sendUserResponse()).to.equal(false);
    await answered();
    expect(whole('user').map(({content}) => content)).to.deep.equal([QUESTION]);
    expect(ofTurn()).to.deep.equal(['user-started-talking', 'user-paused', 'user-stopped-talking']);
  });

  it('hands-on, is answered by itself after the timeout, or not at all where it is discarded', async () => {
    element.mode = 'hands-on';
    element.handsOnTimeout = 600;
    await connectAndAsk(element);
    await answered();
    expect(ofTurn()).to.deep.equal(['user-started-talking', 'user-paused', 'user-stopped-talking']);
    await element.disconnect();
    events = [];
    element.handsOnTimeout = Infinity;
    await connectAndAsk(element);
    await waitUntil(() => names().includes('user-paused'), 'the question is over');
    expect(element.discardUserResponse()).to.equal(true);
    element.sendText('Who are you?');
    await answered();
    expect(whole('user').map(({content}) => content)).to.deep.equal(['Who are you?']);
    expect(element.transcript.map(({role}) => role)).to.deep.equal(['user', 'assistant']);
  });
});
