import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {PipecatClient} from 'diarupt/server';
import {Visitors} from '../../support/visitors.mjs';
import {BadNetwork} from './bad-network.mjs';
import {install, startBot} from './bot.mjs';

const TIMEOUT_MS = 60_000;
/** How long the visitor is silent before they say it. */
const LEAD_S = 3;
const QUESTION = 'tell me a story';
const STORY =
  'Once upon a time there was a small engine. It listened to everybody who came by. It answered whatever it was asked. And when somebody talked, it fell silent at once. So they all lived happily ever after.';

const missing = install();
if (missing) console.log(`Pipecat is not tested. ${missing}`);

let visitors;

before(async () => (visitors = await Visitors.saying(QUESTION, LEAD_S)));
after(() => visitors?.close());

/** A visitor on a page with the element, which has these attributes beside the engine. */
function visitAt(engineUrl, t, attributes = '') {
  return visitors.visit(t, 'pipecat', `engine-url="${engineUrl}" ${attributes}`);
}

const it = (name, run) => test(name, {timeout: TIMEOUT_MS}, run);

describe('where no bot is', () => {
  it('says that nobody is there', async t => {
    const talk = await visitAt('http://127.0.0.1:9', t, 'muted audio-only');
    await assert.rejects(talk.start(), /engine-unreachable/);
  });

  it('refuses a secret key, and sends it nowhere', async t => {
    const talk = await visitAt('http://127.0.0.1:9', t, 'muted audio-only');
    await talk.give({token: 'sk_of_the_site'});
    await assert.rejects(talk.start(), /invalid-options/);
  });
});

describe('a Pipecat bot', {skip: missing, timeout: 10 * TIMEOUT_MS}, () => {
  let bot;

  before(async () => (bot = await startBot()));
  after(() => bot?.process.kill('SIGKILL'));

  const visit = (t, attributes, engineUrl = bot.url) => visitAt(engineUrl, t, attributes);

  it('hears a spoken question, and answers it by voice, told line by line', async t => {
    const talk = await visit(t);
    await talk.start();
    await talk.until('the story is over', ({transcript}) => transcript.at(1)?.complete);
    const {transcript, events, statuses} = await talk.read();
    assert.deepEqual(transcript, [
      {role: 'user', content: QUESTION, complete: true},
      {role: 'assistant', content: STORY, complete: true},
    ]);
    assert.equal(events[0].event, 'open');
    const lines = events.filter(({event}) => event === 'transcript').map(({data}) => data);
    for (const role of ['user', 'assistant']) {
      const states = lines.filter(line => line.role === role);
      assert.ok(states.length > 1, `the line of the ${role} grows`);
      assert.equal(new Set(states.map(({timestamp}) => timestamp)).size, 1);
      assert.deepEqual([...new Set(states.map(({complete}) => complete))], [false, true]);
    }
    const answers = lines.filter(({role}) => role === 'assistant').map(({content}) => content);
    assert.ok(answers.length > STORY.split(' ').length / 2, 'it grows by words');
    answers.reduce((before, after) => {
      assert.ok(after.startsWith(before), `“${before}” does not grow to “${after}”`);
      return after;
    });
    assert.ok(await talk.hasHeardVoice(), 'the voice is played');
    const activities = statuses.filter(text => /^(Listening|Thinking|Speaking)$/.test(text));
    assert.deepEqual(activities, ['Listening', 'Thinking', 'Speaking', 'Listening']);
  });

  it('waits, hands-on, until its visitor sends what they have said', async t => {
    const talk = await visit(t, 'mode="hands-on" hands-on-timeout="60000"');
    await talk.start();
    await talk.until('a pause', ({names}) => names.includes('user-paused'));
    // A bot that ended the turn by itself would have by now.
    await talk.pass(1500);
    assert.equal((await talk.read()).transcript.at(0).complete, false);
    assert.equal(await talk.call('sendUserResponse'), true);
    await talk.until('the answer', ({transcript}) => transcript.length === 2);
    const told = (await talk.read()).names;
    const order = ['open', 'user-started-talking', 'user-paused', 'user-stopped-talking'];
    assert.deepEqual(
      told.filter(name => order.includes(name)),
      order,
    );
  });

  it('sends, hands-on, what was said before a silence of so long', async t => {
    const talk = await visit(t, 'mode="hands-on" hands-on-timeout="1000"');
    await talk.start();
    await talk.until('the answer', ({transcript}) => transcript.length === 2);
    const {names, transcript} = await talk.read();
    assert.equal(transcript[0].content, QUESTION);
    assert.equal(names.filter(name => name === 'user-stopped-talking').length, 1);
  });

  it('forgets, hands-on, what its visitor drops', async t => {
    const talk = await visit(t, 'mode="hands-on" hands-on-timeout="60000"');
    await talk.start();
    await talk.until('a pause', ({names}) => names.includes('user-paused'));
    assert.equal(await talk.call('discardUserResponse'), true);
    await talk.until('the turn is over', ({names}) => names.includes('user-stopped-speaking'));
    await talk.call('sendText', 'hello');
    await talk.until('the answer', ({transcript}) => transcript.at(1)?.complete);
    assert.deepEqual((await talk.read()).transcript, [
      {role: 'user', content: 'hello', complete: true},
      {role: 'assistant', content: 'You said hello.', complete: true},
    ]);
  });

  it('falls silent for a text that is typed, and hands on what else it tells', async t => {
    const talk = await visit(t, 'muted audio-only');
    await talk.start();
    await talk.call('sendText', QUESTION);
    await talk.until('it answers', ({transcript}) => transcript.length === 2);
    await talk.call('sendText', 'note');
    await talk.until('the second answer', ({transcript}) => transcript.at(3)?.complete);
    const {transcript, events} = await talk.read();
    assert.deepEqual(transcript[3], {
      role: 'assistant',
      content: 'You said note.',
      complete: true,
    });
    assert.notEqual(transcript[1].content, STORY);
    assert.equal(transcript[1].complete, true);
    const note = events.find(({event}) => event === 'server-message');
    assert.deepEqual(note.data, {note: 'noted'});
  });

  it('ends with an error where the bot fails for good', async t => {
    const talk = await visit(t, 'muted audio-only');
    await talk.start();
    await talk.call('sendText', 'fail');
    await talk.until('it is over', ({names}) => names.includes('close'));
    const {names, error} = await talk.read();
    assert.deepEqual(names.slice(-2), ['error', 'close']);
    assert.deepEqual(error, {code: 'engine-error', message: 'Asked to fail.'});
  });

  it('goes on with a session that a server has started, and with no other', async t => {
    const {session_id} = await new PipecatClient({engineUrl: bot.url}).createSession();
    const talk = await visit(t, `muted audio-only session-id="${session_id}"`);
    await talk.start();
    const other = await visit(t, 'muted audio-only session-id="none-of-its-own"');
    await assert.rejects(other.start(), /session-not-found/);
  });

  /** A conversation over a network that is lost for as long as it takes to notice. */
  async function lose(t, change = () => {}) {
    const between = await BadNetwork.before(bot.url);
    t.after(() => between.close());
    const talk = await visit(t, 'muted audio-only', between.url);
    await talk.start();
    await talk.call('sendText', 'hello');
    await talk.until('the answer', ({transcript}) => transcript.at(1)?.complete);
    between.network.impair({blackHole: 'both', http: 'hang'});
    await talk.until('the loss is noticed', ({status}) => status === 'reconnecting');
    change(between);
    between.network.impair({});
    await talk.until('it is open again', ({status}) => status === 'open');
    await talk.call('sendText', 'count');
    await talk.until('the second answer', ({transcript}) => transcript.at(3)?.complete);
    return talk.read();
  }

  it('is the same bot after a lost connection', async t => {
    const {transcript, names} = await lose(t);
    assert.equal(transcript[3].content, 'That was number 2.');
    assert.ok(!names.includes('error'));
    assert.equal(names.filter(name => name === 'open').length, 1);
  });

  it('is another bot where the server has forgotten the first, and keeps the transcript', async t => {
    const {transcript, names} = await lose(t, between => (between.forgets = true));
    assert.deepEqual(
      transcript.map(({content}) => content),
      ['hello', 'You said hello.', 'count', 'That was number 1.'],
    );
    assert.ok(!names.includes('error'));
  });
});
