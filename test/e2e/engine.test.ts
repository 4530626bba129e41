import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {InteractionError} from '../../src/core/errors.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {
  createSession,
  engineUrl,
  readSession,
  setFaults,
  watchPeers,
} from '../support/local-engine.js';
import {replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

/** In every browser: the microphone gives a tone, so that it is the AI who speaks. */
describe('a visitor of the local engine', () => {
  let element: DiaruptInteraction;
  let peers: ReturnType<typeof watchPeers>;
  const stop = (event: Event) => event.stopPropagation();

  async function visit(session: string): Promise<DiaruptInteraction> {
    return fixture(html`
      <diarupt-interaction
        session-id=${session}
        engine-url=${engineUrl}
        muted
      ></diarupt-interaction>
    `);
  }

  async function refusal(): Promise<string> {
    const error = await element.connect().catch((reason: InteractionError) => reason);
    return (error as InteractionError).code;
  }

  beforeEach(() => {
    peers = watchPeers();
    document.addEventListener('error', stop);
  });

  afterEach(async () => {
    await element.disconnect();
    peers.restore();
    restoreMicrophone();
    document.removeEventListener('error', stop);
  });

  it('is greeted in voice, face and words', async () => {
    element = await visit(await createSession({profile: 'guide'}));
    await element.connect();
    await waitUntil(() => element.transcript[0]?.complete, 'the greeting is whole');
    const [greeting] = element.transcript;
    expect(greeting?.role).to.equal('assistant');
    expect(greeting?.content).to.match(/^Hello!/);
    const {energy, frames} = await peers.received();
    expect(energy).to.be.greaterThan(1e-4);
    expect(frames).to.be.greaterThan(5);
  });

  it('is greeted without a face, if they want none', async () => {
    element = await visit(await createSession({profile: 'guide'}));
    element.audioOnly = true;
    await element.connect();
    await waitUntil(() => element.transcript[0]?.complete, 'the greeting is whole');
    const {energy, frames} = await peers.received();
    expect(energy).to.be.greaterThan(1e-4);
    expect(frames).to.equal(0);
  });

  it('is given a session by the server of the page, when they start', async () => {
    element = await visit('');
    element.removeAttribute('session-id');
    element.sessionUrl = `${engineUrl}/demo/session`;
    await element.connect();
    await waitUntil(() => element.transcript[0]?.complete, 'the greeting is whole');
    expect(element.transcript[0]?.content).to.match(/^Hello!/);
  });

  it('types what they have to say where they have no microphone', async () => {
    const microphone = replaceMicrophone(() =>
      Promise.reject(new DOMException('', 'NotFoundError')),
    );
    const session = await createSession();
    element = await visit(session);
    element.muted = false;
    expect(await refusal()).to.equal('microphone-missing');
    const input = () => element.renderRoot.querySelector('diarupt-text-input');
    await waitUntil(() => input(), 'there is a field');
    const {prompts} = microphone;
    input()?.focus();
    await sendKeys({type: 'What can you do?'});
    await sendKeys({press: 'Enter'});
    await waitUntil(() => element.transcript[1]?.complete, 'the answer is whole');
    const {history} = await readSession(session);
    expect(history.map(({role}) => role)).to.deep.equal(['user', 'assistant']);
    expect(history[0]?.content).to.equal('What can you do?');
    expect((await peers.received()).energy).to.be.greaterThan(1e-4);
    await sendKeys({type: 'Thank you.'});
    await sendKeys({press: 'Enter'});
    await waitUntil(() => element.transcript[3]?.complete, 'so is the next');
    expect(microphone.prompts).to.equal(prompts);
  });

  it('is heard when they unmute, over the connection that there is', async () => {
    element = await visit(await createSession({profile: 'guide'}));
    await element.connect();
    await waitUntil(() => element.transcript[0]?.complete, 'the greeting is whole');
    expect(element.microphone).to.equal(undefined);
    expect(await peers.isHeard()).to.equal(false);
    element.muted = false;
    await waitUntil(() => peers.isHeard(), 'the engine reports what it receives');
    expect(peers.peers).to.have.length(1);
  });

  it('leaves the session paused, and finds it again', async () => {
    const session = await createSession({profile: 'guide'});
    element = await visit(session);
    await element.connect();
    await waitUntil(() => element.transcript[0]?.complete, 'the greeting is whole');
    await element.disconnect();
    await waitUntil(async () => (await readSession(session)).status === 'PAUSED', 'it is paused');
    await element.connect();
    // The engine's side of the channel opens a moment after ours.
    await waitUntil(async () => (await readSession(session)).status === 'ACTIVE', 'it is active');
    const {history} = await readSession(session);
    expect(history.map(({role}) => role)).to.deep.equal(['assistant']);
    expect(element.transcript).to.have.length(1);
  });

  it('is told when the time is up, and that it stays so', async () => {
    element = await visit(await createSession({time_limit: 1}));
    await element.connect();
    const {detail} = await oneEvent<CustomEvent<string>>(element, 'close');
    expect(detail).to.equal('time limit reached');
    expect(element.error).to.equal(null);
    expect(await refusal()).to.equal('session-ended');
  });

  it('is refused a session that there is not', async () => {
    element = await visit('no-such-session');
    expect(await refusal()).to.equal('session-not-found');
  });

  it('is refused a session that is open elsewhere, which goes on', async () => {
    const session = await createSession();
    const elsewhere = await visit(session);
    await elsewhere.connect();
    await waitUntil(async () => (await readSession(session)).status === 'ACTIVE', 'it is active');
    element = await visit(session);
    expect(await refusal()).to.equal('session-busy');
    expect(elsewhere.status).to.equal('open');
    await elsewhere.disconnect();
  });

  it('gets by where the engine takes no candidates', async () => {
    const session = await createSession();
    await setFaults(session, {patch: 405});
    element = await visit(session);
    await element.connect();
    expect(element.status).to.equal('open');
  });

  it('is told what the engine tells of its own, and nothing of what is no message', async () => {
    const session = await createSession();
    const texts = ['{', 'null', '{"event":"mood","data":{"is":"good"}}'];
    await setFaults(session, {frames: texts.map(text => ({when: 'configure', text}))});
    element = await visit(session);
    setTimeout(() => void element.connect());
    const {detail} = await oneEvent<CustomEvent<unknown>>(element, 'interaction-event');
    expect(detail).to.deep.equal({event: 'mood', data: {is: 'good'}});
    expect(element.status).to.equal('open');
  });
});
