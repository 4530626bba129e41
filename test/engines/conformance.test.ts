import {expect, fixture, html} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import {isInteractionEvent} from '../../src/core/events.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {ENGINES} from '../support/engines.js';
import {linesOf} from '../support/lines.js';
import {watchPeers} from '../support/local-engine.js';
import {waitUntil} from '../support/wait-until.js';

/** What holds whatever the engine speaks. In every browser: what is typed, since only one can be spoken into. */
for (const {name, url, getSession, refused, story} of ENGINES) {
  describe(`the contract, with the engine ${name}`, () => {
    let element: DiaruptInteraction;
    let events: [event: string, data: unknown][];
    let peers: ReturnType<typeof watchPeers>;
    const stop = (event: Event) => event.stopPropagation();

    const told = () => events.map(([event]) => event).filter(event => event !== 'transcript');
    /** What an engine has of its own is its own. */
    const ofContract = () => told().filter(isInteractionEvent);
    const states = () => [...new Set(peers.peers.map(({connectionState}) => connectionState))];
    const lines = (role: string) => linesOf(role, events);
    const whole = (role: string) => lines(role).filter(({complete}) => complete);

    beforeEach(async () => {
      document.addEventListener('error', stop);
      peers = watchPeers();
      events = [];
      element = await fixture(html`
        <diarupt-interaction engine=${name} engine-url=${url} muted></diarupt-interaction>
      `);
      element.getSession = getSession;
      element.next = (event, data) => void events.push([event, data]);
    });

    afterEach(async () => {
      await element.disconnect();
      peers.restore();
      document.removeEventListener('error', stop);
    });

    it('opens, closes once, and opens again', async () => {
      await element.connect();
      expect(events[0]).to.deep.equal(['open', 'data channel opened']);
      await element.disconnect();
      expect(events.at(-1)).to.deep.equal(['close', 'data channel closed']);
      expect(states()).to.deep.equal(['closed']);
      await element.connect();
      expect(ofContract()).to.deep.equal(['open', 'close', 'open']);
    });

    it('answers what is typed, in voice and in lines that grow', async () => {
      const does: string[] = [];
      const look = () => {
        const now = ['thinking', 'speaking'].find(name => element.matches(`:state(${name})`));
        if (now && now !== does.at(-1)) does.push(now);
      };
      element.next = (event, data) => {
        events.push([event, data]);
        void element.updateComplete.then(look); // However short it is.
      };
      await element.connect();
      expect(element.sendText(' Thank you. ')).to.equal(true);
      await waitUntil(() => whole('assistant').length === 1, 'the answer is whole');
      await waitUntil(() => element.matches(':state(listening)'), 'it listens again');
      expect(does).to.deep.equal(['thinking', 'speaking']);
      expect(lines('user').map(({content, complete}) => [content, complete])).to.deep.equal([
        ['Thank you.', true],
      ]);
      const answer = lines('assistant');
      expect(answer.length).to.be.greaterThan(3);
      for (const [index, line] of answer.slice(0, -1).entries()) {
        expect(line.complete).to.equal(false);
        expect(line.timestamp).to.equal(answer[0]?.timestamp);
        expect(answer[index + 1]?.content.startsWith(line.content)).to.equal(true);
      }
      expect(element.transcript.map(({role}) => role)).to.deep.equal(['user', 'assistant']);
      expect((await peers.received()).energy).to.be.greaterThan(1e-4);
      expect(ofContract()).to.deep.equal(['open']);
    });

    it('falls silent for who types meanwhile, and answers that', async () => {
      await element.connect();
      element.sendText(story);
      await waitUntil(() => lines('assistant').length > 2, 'it speaks');
      element.sendText('Thank you.');
      await waitUntil(() => whole('assistant').length === 2, 'both answers are over');
      expect(element.transcript.map(({role}) => role)).to.deep.equal([
        'user',
        'assistant',
        'user',
        'assistant',
      ]);
      expect(element.transcript.every(({complete}) => complete)).to.equal(true);
      const ids = element.transcript.map(({id}) => id);
      expect(new Set(ids).size).to.equal(4);
      const [cut = ''] = element.transcript.map(({content}) => content).slice(1);
      const all = lines('assistant').map(({content}) => content);
      expect(all.filter(content => content.startsWith(cut)).length).to.be.lessThan(all.length);
    });

    it('changes its mode in the middle, and has nothing to send where nothing was said', async () => {
      await element.connect();
      element.mode = 'hands-on';
      await element.updateComplete;
      expect(element.sendUserResponse()).to.equal(false);
      expect(element.discardUserResponse()).to.equal(false);
      element.sendText('Thank you.');
      await waitUntil(() => whole('assistant').length === 1, 'the answer is whole');
      element.mode = 'hands-free';
      await element.updateComplete;
      element.sendText('Thank you.');
      await waitUntil(() => whole('assistant').length === 2, 'so is the other');
      expect(ofContract()).to.deep.equal(['open']);
    });

    it('lets nobody in with what it has not given, and says so', async () => {
      const [given, code] = refused;
      element.getSession = () => Promise.resolve(given);
      const error = await element.connect().catch((reason: InteractionError) => reason);
      expect((error as InteractionError).code).to.equal(code);
      expect(ofContract()).to.deep.equal(['error', 'close']);
      element.getSession = getSession;
      await element.connect();
      expect(element.status).to.equal('open');
    });

    it('is told where nobody is there', async () => {
      element.engineUrl = 'http://127.0.0.1:9';
      const error = await element.connect().catch((reason: InteractionError) => reason);
      expect((error as InteractionError).code).to.equal('engine-unreachable');
      expect(ofContract()).to.deep.equal(['error', 'close']);
    });

    it('leaves while it is being connected, and holds nothing', async () => {
      const started = element.connect().catch((reason: Error) => reason);
      await waitUntil(() => peers.peers.length > 0, 'there is a connection');
      await element.disconnect();
      expect(((await started) as Error).name).to.equal('AbortError');
      expect(ofContract()).to.deep.equal(['close']);
      // LiveKit's client takes its time to let go.
      await waitUntil(() => states().join() === 'closed', 'it is closed');
    });
  });
}
