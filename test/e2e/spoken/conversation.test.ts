import {expect, fixture, html} from '@open-wc/testing';
import type {Transcript} from '../../../src/core/events.js';
import type {DiaruptInteraction} from '../../../src/element.js';
import '../../../src/element.js';
import {linesOf} from '../../support/lines.js';
import {createSession, engineUrl, readSession, watchPeers} from '../../support/local-engine.js';
import {connectAndAsk, QUESTION} from '../../support/question.js';
import {waitUntil} from '../../support/wait-until.js';

describe('a visitor who asks out loud', () => {
  let element: DiaruptInteraction;
  let session: string;
  let events: [event: string, data: unknown][];
  let peers: ReturnType<typeof watchPeers>;

  const names = () => events.map(([event]) => event);
  const lines = (role: string) => linesOf(role, events);
  const whole = (role: string) => lines(role).filter(({complete}) => complete);
  const seen = () => events;
  const isAnswered = () => whole('assistant').length === 1;
  const answered = () => waitUntil(isAnswered, 'the answer is whole', seen);

  /** By the pictures of a face that says nothing, which are eight a second. */
  async function pass(seconds: number): Promise<void> {
    const {frames} = await peers.received();
    const end = frames + 8 * seconds;
    await waitUntil(async () => (await peers.received()).frames > end, `${seconds} seconds pass`);
  }

  beforeEach(async () => {
    peers = watchPeers();
    session = await createSession();
    element = await fixture(html`
      <diarupt-interaction session-id=${session} engine-url=${engineUrl}></diarupt-interaction>
    `);
    events = [];
    element.next = (event, data) => void events.push([event, data]);
  });

  afterEach(async () => {
    await element.disconnect();
    peers.restore();
  });

  it('is understood, answered in voice, face and words, and remembered', async () => {
    await connectAndAsk(element);
    await answered();

    const roles = lines('user')
      .concat(lines('assistant'))
      .map(({role}) => role);
    expect(names()[0]).to.equal('open');
    expect(
      names()
        .slice(1)
        .every(name => name === 'transcript'),
    ).to.equal(true);
    expect(roles).to.deep.equal(events.slice(1).map(([, data]) => (data as Transcript).role));

    const [question] = whole('user');
    expect(question?.content).to.equal(QUESTION);
    const interim = lines('user').filter(({complete}) => !complete);
    expect(interim.length).to.be.greaterThan(0);
    expect(interim.every(({timestamp}) => timestamp === question?.timestamp)).to.equal(true);

    const answer = lines('assistant');
    expect(answer.length).to.be.greaterThan(3);
    for (const [index, line] of answer.slice(0, -1).entries()) {
      expect(line.complete).to.equal(false);
      expect(answer[index + 1]?.content.startsWith(line.content)).to.equal(true);
    }

    expect(element.transcript.map(({role, content}) => [role, content])).to.deep.equal([
      ['user', QUESTION],
      ['assistant', answer.at(-1)?.content],
    ]);
    const {energy, frames} = await peers.received();
    expect(energy).to.be.greaterThan(0.001);
    expect(frames).to.be.greaterThan(10);
    const video = element.renderRoot
      .querySelector('diarupt-player')
      ?.shadowRoot?.querySelector('video');
    expect(video?.videoWidth).to.be.greaterThan(0);

    await element.disconnect();
    expect((await readSession(session)).status).to.equal('PAUSED');
    // As most do, who are asked for their microphone first.
    await element.connect();
    await waitUntil(() => whole('user').length === 2, 'the question is asked again', seen);
    await waitUntil(() => whole('assistant').length === 2, 'and answered again', seen);
    const {status, history} = await readSession(session);
    expect(status).to.equal('ACTIVE');
    expect(history.map(({role}) => role)).to.deep.equal(['user', 'assistant', 'user', 'assistant']);
    expect(element.transcript).to.have.length(4);
  });

  it('hands-on, is answered when they say so, and once', async () => {
    element.mode = 'hands-on';
    element.handsOnTimeout = Infinity;
    await connectAndAsk(element);
    expect(element.sendUserResponse()).to.equal(false);
    await waitUntil(() => lines('user').length > 0, 'words are understood', seen);
    expect(names().indexOf('user-started-talking')).to.be.lessThan(names().indexOf('transcript'));

    // Longer than hands-free would have waited.
    const heard = lines('user').length;
    await waitUntil(
      () => lines('user').length > heard || lines('user').at(-1)?.content.endsWith('do'),
      'the question is over',
    );
    await pass(2);
    expect(lines('assistant')).to.deep.equal([]);
    expect(names()).not.to.include('user-stopped-talking');

    expect(element.sendUserResponse()).to.equal(true);
    expect(element.sendUserResponse()).to.equal(false);
    await answered();
    expect(whole('user').map(({content}) => content)).to.deep.equal([QUESTION]);
    const stopped = names().indexOf('user-stopped-talking');
    const asked = events.findIndex(([, data]) => (data as Transcript | null)?.complete);
    expect(stopped).to.be.lessThan(asked);
    expect(names().filter(name => name === 'user-stopped-talking')).to.have.length(1);
  });

  it('hands-on, is answered by itself after the timeout', async () => {
    element.mode = 'hands-on';
    element.handsOnTimeout = 600;
    await connectAndAsk(element);
    await answered();
    expect(whole('user').map(({content}) => content)).to.deep.equal([QUESTION]);
    expect(names()).to.include('user-paused');
    expect(names().filter(name => name.endsWith('-talking'))).to.deep.equal([
      'user-started-talking',
      'user-stopped-talking',
    ]);
  });

  it('muted, is not heard at all, and heard when they unmute', async () => {
    element.muted = true;
    await element.connect();
    await pass(4);
    expect(names()).to.deep.equal(['open']);
    // The microphone is opened by that, and asks three seconds later.
    element.muted = false;
    await answered();
    expect(whole('user').map(({content}) => content)).to.deep.equal([QUESTION]);
    expect(peers.peers).to.have.length(1);
  });
});
