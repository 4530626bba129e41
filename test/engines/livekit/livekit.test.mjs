import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {LiveKitClient} from 'diarupt/server/livekit';
import {until} from '../../support/until.mjs';
import {Visitors} from '../../support/visitors.mjs';
import {Rooms} from './rooms.mjs';
import {API_KEY, API_SECRET, install} from './server.mjs';

const TIMEOUT_MS = 90_000;
/** How long the visitor is silent before they say it. */
const LEAD_S = 6;
const QUESTION = 'What can you do?';
/** The same before the turn is over. */
const SPOKEN = 'what can you do';
const ANSWER =
  'I can tell you about the element that we are talking through. Ask me how to put it on your website, for example, or what hands-on mode is.';
const GREETING = 'Hello! Ask me what I can do, or how to put me on your website.';
const QUIET = {profile: 'quiet-guide'};
const PUSH_TO_TALK = {...QUIET, pushToTalk: true};
/** Signed with another secret, for nobody. */
const FORGED = 'eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl';

const missing = install();
if (missing) console.log(`LiveKit is not tested. ${missing}`);

let visitors;

before(async () => (visitors = await Visitors.saying(QUESTION, LEAD_S)));
after(() => visitors?.close());

/** A visitor on a page with the element, which has these attributes beside the engine. */
async function visitAs(session, t, attributes) {
  const talk = await visitors.visit(t, 'livekit', attributes);
  if (typeof session === 'function') await talk.fetchBy(session);
  else await talk.give(session);
  return talk;
}

/** LiveKit's client takes its time to let go. */
async function untilReleased(talk) {
  const isNothing = ({microphones, connections}) => microphones === 0 && connections === 0;
  await until('nothing is held', () => talk.holds(), isNothing);
}

const it = (name, run) => test(name, {timeout: TIMEOUT_MS}, run);

describe('where no server is', () => {
  const NOWHERE = 'ws://127.0.0.1:9';

  it('says that nobody is there', async t => {
    const talk = await visitAs({token: FORGED, url: NOWHERE}, t, 'muted');
    await assert.rejects(talk.start(), /engine-unreachable/);
    assert.deepEqual((await talk.read()).names, ['error', 'close']);
    assert.equal((await talk.holds()).microphones, 0);
  });

  for (const [what, session] of [
    ['a secret in the place of a token', {token: API_SECRET, url: NOWHERE}],
    ['an address that is not secure', {token: FORGED, url: 'ws://rooms.example'}],
    ['no address', {token: FORGED}],
  ]) {
    it(`refuses ${what}`, async t => {
      const talk = await visitAs(session, t, 'muted');
      await assert.rejects(talk.start(), /invalid-options/);
    });
  }
});

describe('an agent of LiveKit’s', {skip: missing, timeout: 20 * TIMEOUT_MS}, () => {
  let rooms;

  before(async () => (rooms = await Rooms.open()));
  after(() => rooms?.close());

  /** With an agent that is like that. */
  async function visit(t, agent, attributes) {
    const {session, room, identity} = await rooms.invite(agent);
    return {talk: await visitAs(session, t, attributes), session, room, identity};
  }

  const isOfAgent = ({identity}) => identity.startsWith('agent');
  const isAnswered = ({transcript}) => transcript.at(1)?.complete;
  const isOver = ({names}) => names.includes('close');

  it('hears a spoken question, and answers it by voice, told line by line', async t => {
    const {talk} = await visit(t, QUIET);
    await talk.start();
    await talk.until(
      'the answer is over',
      read => isAnswered(read) && read.statuses.at(-1) === 'Listening',
    );
    const {transcript, events, statuses} = await talk.read();
    assert.deepEqual(transcript, [
      {role: 'user', content: QUESTION, complete: true},
      {role: 'assistant', content: ANSWER, complete: true},
    ]);
    assert.deepEqual(events[0], {event: 'open', data: 'data channel opened'});
    const lines = events.filter(({event}) => event === 'transcript').map(({data}) => data);
    for (const role of ['user', 'assistant']) {
      const states = lines.filter(line => line.role === role);
      assert.ok(states.length > 1, `the line of the ${role} grows`);
      assert.equal(new Set(states.map(({timestamp}) => timestamp)).size, 1);
      assert.deepEqual([...new Set(states.map(({complete}) => complete))], [false, true]);
    }
    const answers = lines.filter(({role}) => role === 'assistant').map(({content}) => content);
    assert.ok(answers.length > ANSWER.split(' ').length / 2, 'it grows by words');
    answers.reduce((before, after) => {
      assert.ok(after.startsWith(before), `“${before}” does not grow to “${after}”`);
      return after;
    });
    assert.ok(await talk.hasHeardVoice(), 'the voice is played');
    const activities = statuses.filter(text => /^(Listening|Thinking|Speaking)$/.test(text));
    assert.deepEqual(activities, ['Listening', 'Thinking', 'Speaking', 'Listening']);
    const told = events.filter(({event}) => event === 'lk.agent.state').map(({data}) => data);
    assert.deepEqual(told.slice(-4), ['listening', 'thinking', 'speaking', 'listening']);
  });

  it('greets, of which nothing is missed', async t => {
    const {talk} = await visit(t, {}, 'muted audio-only');
    await talk.start();
    await talk.until('the greeting is over', ({transcript}) => transcript[0]?.complete);
    assert.deepEqual((await talk.read()).transcript, [
      {role: 'assistant', content: GREETING, complete: true},
    ]);
  });

  for (const [what, agent] of [
    ['that hears all', QUIET],
    ['that is deaf but for turns', PUSH_TO_TALK],
  ]) {
    it(`waits, hands-on, until its visitor sends what they have said: one ${what}`, async t => {
      const {talk} = await visit(t, agent, 'mode="hands-on" hands-on-timeout="60000"');
      await talk.start();
      await talk.until('a pause', ({names}) => names.includes('user-paused'));
      // One that ended the turn by itself would have by now.
      await talk.pass(1500);
      assert.equal((await talk.read()).transcript.at(0)?.complete, false);
      assert.equal(await talk.call('sendUserResponse'), true);
      await talk.until('the answer', isAnswered);
      const {names, transcript} = await talk.read();
      assert.deepEqual(
        transcript.map(({content}) => content),
        [QUESTION, ANSWER],
      );
      const order = ['open', 'user-started-talking', 'user-paused', 'user-stopped-talking'];
      assert.deepEqual(
        names.filter(name => order.includes(name)),
        order,
      );
    });
  }

  it('is sent, hands-on, what was said before a silence of so long', async t => {
    const {talk} = await visit(t, PUSH_TO_TALK, 'mode="hands-on" hands-on-timeout="1000"');
    await talk.start();
    await talk.until('the answer', isAnswered);
    const {names, transcript} = await talk.read();
    assert.equal(transcript[0].content, QUESTION);
    assert.equal(names.filter(name => name === 'user-stopped-talking').length, 1);
  });

  it('hears, where its visitor holds to talk, what is said while they do', async t => {
    const hold = 'mode="hands-on" hands-on-control="hold"';
    const {talk} = await visit(t, PUSH_TO_TALK, hold);
    await talk.start();
    await talk.call('hold');
    await talk.until('it is understood', ({transcript}) => transcript[0]?.content === SPOKEN);
    await talk.call('release');
    await talk.until('the answer', isAnswered);
    const {names, transcript} = await talk.read();
    assert.equal(transcript[1].content, ANSWER);
    assert.equal(names.filter(name => name === 'user-stopped-talking').length, 1);
  });

  it('forgets, hands-on, what its visitor drops', async t => {
    const {talk} = await visit(t, PUSH_TO_TALK, 'mode="hands-on" hands-on-timeout="60000"');
    await talk.start();
    await talk.until('it is understood', ({names, transcript}) => {
      return names.includes('user-paused') && transcript.length === 1;
    });
    assert.equal(await talk.call('discardUserResponse'), true);
    await talk.until('it is gone', ({transcript}) => transcript.length === 0);
    await talk.call('sendText', 'Thank you.');
    await talk.until('the answer', isAnswered);
    assert.deepEqual((await talk.read()).transcript, [
      {role: 'user', content: 'Thank you.', complete: true},
      {role: 'assistant', content: 'You are welcome.', complete: true},
    ]);
  });

  it('falls silent for a text that is typed', async t => {
    const {talk} = await visit(t, QUIET, 'muted audio-only');
    await talk.start();
    await talk.call('sendText', QUESTION);
    await talk.until('it speaks', ({transcript}) => transcript.at(1)?.content.length > 20);
    await talk.call('sendText', 'Thank you.');
    await talk.until('the second answer', ({transcript}) => transcript.at(3)?.complete);
    const {transcript, names} = await talk.read();
    assert.ok(transcript.every(({complete}) => complete));
    const [asked, cut, typed, answer] = transcript.map(({content}) => content);
    assert.deepEqual([asked, typed, answer], [QUESTION, 'Thank you.', 'You are welcome.']);
    assert.ok(ANSWER.startsWith(cut) && cut !== ANSWER, cut);
    assert.ok(!names.includes('rpc-failed'));
  });

  for (const [what, attributes, isSeen] of [
    ['is seen and heard in its avatar', 'muted', true],
    ['is heard alone by who wants no face', 'muted audio-only', false],
  ]) {
    it(what, async t => {
      const {talk} = await visit(t, {...QUIET, avatar: true}, attributes);
      await talk.start();
      if (isSeen)
        await until(
          'it is seen',
          () => talk.pictureWidth(),
          width => width > 0,
        );
      await talk.call('sendText', 'Thank you.');
      await talk.until('the answer', isAnswered);
      assert.equal((await talk.read()).transcript[1].content, 'You are welcome.');
      assert.ok(await talk.hasHeardVoice(), 'the voice is played');
      assert.equal((await talk.pictureWidth()) > 0, isSeen);
    });
  }

  it('hears nothing of who is muted, from the first moment on', async t => {
    const {talk} = await visit(t, QUIET, 'muted audio-only');
    await talk.start();
    // By then it has been said.
    await talk.pass((LEAD_S + 3) * 1000);
    assert.deepEqual((await talk.read()).transcript, []);
    assert.deepEqual(await talk.holds(), {microphones: 0, connections: 1});
  });

  it('lets in by the names of LiveKit’s own endpoints', async t => {
    const {session} = await rooms.invite(QUIET);
    const {token: participant_token, url: server_url} = session;
    await (await visitAs({participant_token, server_url}, t, 'muted audio-only')).start();
  });

  it('is not come to with a token that somebody else has signed', async t => {
    const talk = await visitAs({token: FORGED, url: rooms.server.url}, t, 'muted audio-only');
    await assert.rejects(talk.start(), /unauthorized/);
    assert.deepEqual((await talk.read()).names, ['error', 'close']);
  });

  it('is missed where none comes', async t => {
    const {talk, room} = await visit(t, null, 'muted audio-only');
    await assert.rejects(talk.start(), /engine-busy/);
    assert.deepEqual((await talk.read()).names, ['error', 'close']);
    await untilReleased(talk);
    await until(
      'nobody is there',
      () => rooms.participants(room),
      people => people.length === 0,
    );
  });

  it('is left for good: the microphone is off, and nobody is in the room', async t => {
    const {talk, room} = await visit(t, QUIET, 'audio-only');
    await talk.start();
    assert.deepEqual(await talk.holds(), {microphones: 1, connections: 1});
    await talk.call('disconnect');
    await untilReleased(talk);
    assert.equal((await talk.read()).names.at(-1), 'close');
    const who = () => rooms.participants(room);
    await until('nobody is there', who, people => people.length === 0);
  });

  it('is left by who has not met it yet', async t => {
    const {talk, room} = await visit(t, null, 'muted audio-only');
    const started = talk.start().catch(error => error);
    const who = () => rooms.participants(room).catch(() => []);
    await until('the visitor is there', who, people => people.length === 1);
    await talk.call('disconnect');
    await started;
    assert.deepEqual((await talk.read()).names, ['close']);
    await untilReleased(talk);
    await until('nobody is there', who, people => people.length === 0);
  });

  for (const [who, isMeant] of [
    ['the agent', isOfAgent],
    ['the visitor', ({identity}) => identity.startsWith('visitor')],
  ]) {
    it(`is over when ${who} is taken out of the room`, async t => {
      const {talk, room} = await visit(t, QUIET, 'muted audio-only');
      await talk.start();
      const {identity} = (await rooms.participants(room)).find(isMeant);
      await rooms.remove(room, identity);
      await talk.until('it is over', isOver);
      const {names, error} = await talk.read();
      assert.deepEqual([names.at(-1), names.includes('error'), error], ['close', false, null]);
      await untilReleased(talk);
    });
  }

  it('goes with its visitor to where they have come again', async t => {
    const {talk, session} = await visit(t, QUIET, 'muted audio-only');
    await talk.start();
    const elsewhere = await visitAs(session, t, 'muted audio-only');
    await elsewhere.start();
    await talk.until('it is over here', isOver);
    assert.equal((await talk.read()).error.code, 'session-busy');
    assert.equal((await elsewhere.read()).status, 'open');
  });

  it('is the same after a server that was silent', async t => {
    const {talk} = await visit(t, QUIET, 'muted audio-only');
    await talk.start();
    await talk.call('sendText', 'Thank you.');
    await talk.until('the answer', isAnswered);
    rooms.server.pause();
    t.after(() => rooms.server.resume());
    await talk.until('the loss is noticed', ({status}) => status === 'reconnecting');
    rooms.server.resume();
    await talk.until('it is open again', ({status}) => status === 'open');
    await talk.call('sendText', 'Thank you.');
    await talk.until('the second answer', ({transcript}) => transcript.at(3)?.complete);
    const {names} = await talk.read();
    assert.ok(!names.includes('error'));
    assert.equal(names.filter(name => name === 'open').length, 1);
  });

  it('is another where its server has forgotten the room, and the transcript stays', async t => {
    const engine = {engineUrl: rooms.server.url, apiKey: API_KEY, apiSecret: API_SECRET};
    // A server is lenient by a minute: these are taken for half of one.
    const client = new LiveKitClient({...engine, expiresAfterSeconds: -30});
    const given = [];
    const getSession = async () => {
      given.push(await client.createSession({agent: 'guide', metadata: JSON.stringify(QUIET)}));
      return given.at(-1);
    };
    const talk = await visitAs(getSession, t, 'muted audio-only');
    await talk.start();
    await talk.call('sendText', 'Thank you.');
    await talk.until('the answer', isAnswered);
    await rooms.server.kill();
    await talk.until('the loss is noticed', ({status}) => status === 'reconnecting');
    // LiveKit's client has given up by then, and the token is no longer one.
    await talk.pass(32_000);
    await rooms.restartServer();
    await talk.until('it is open again', ({status}) => status === 'open');
    assert.ok(given.length > 1, 'another token was asked for');
    await talk.call('sendText', 'Thank you.');
    await talk.until('the second answer', ({transcript}) => transcript.at(3)?.complete);
    assert.ok(!(await talk.read()).names.includes('error'));
  });

  it('has failed where it has died', async t => {
    const {talk} = await visit(t, QUIET, 'muted audio-only');
    await talk.start();
    t.after(() => rooms.startAgents());
    await rooms.killAgents();
    await talk.until('it is over', isOver);
    const {names, error} = await talk.read();
    assert.deepEqual(names.slice(-2), ['error', 'close']);
    assert.equal(error.code, 'engine-error');
  });
});
