import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {setTimeout as pass} from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import {CHROME_ARGS, findChrome} from '../../support/browsers.mjs';
import {recordSpeech} from '../../support/engine.mjs';
import {Site} from '../../support/site.mjs';
import {until} from '../../support/until.mjs';
import {Rooms} from './rooms.mjs';
import {install} from './server.mjs';
import {Visit} from './visit.mjs';

const TIMEOUT_MS = 60_000;
const GREETING = 'Hello! Ask me what I can do, or how to put me on your website.';
/** How long the visitor is silent, once they are heard, before they say it. */
const LEAD_S = 1;
const QUESTION = 'Can you hear me?';
const ANSWER = 'Yes, I can hear you.';
const LONG_QUESTION = 'What can you do?';
const LONG_ANSWER =
  'I can tell you about the element that we are talking through. Ask me how to put it on your website, for example, or what hands-on mode is.';
const QUIET = {profile: 'quiet-guide'};
const PUSH_TO_TALK = {...QUIET, pushToTalk: true};

const missing = install();
if (missing) console.log(`LiveKit is not tested. ${missing}`);

/** What is held to here is what `engine="livekit"` relies on; it is seen with LiveKit's own client. */
describe('a LiveKit agent', {skip: missing, timeout: 10 * TIMEOUT_MS}, () => {
  let rooms, browser, site;

  before(async () => {
    rooms = await Rooms.open();
    const question = await recordSpeech(QUESTION, LEAD_S);
    const args = [...CHROME_ARGS, `--use-file-for-fake-audio-capture=${question}%noloop`];
    browser = await puppeteer.launch({executablePath: findChrome(), args});
    site = await Site.start();
    site.files = {'/': {body: '<!doctype html><title>Page</title>'}};
  });

  after(async () => {
    site?.close();
    await browser?.close();
    await rooms?.close();
  });

  const it = (name, run) => test(name, {timeout: TIMEOUT_MS}, run);

  async function visit(t, agent) {
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    const {session, room} = await rooms.invite(agent);
    const visitor = await Visit.on(await context.newPage(), site.origin, session);
    return {visitor, room};
  }

  async function visitReady(t, agent) {
    const {visitor} = await visit(t, agent);
    await visitor.until('it is ready', ({states}) => states.at(-1) === 'listening');
    return visitor;
  }

  async function untilEmpty(room) {
    await until(
      'nobody is there',
      () => rooms.participants(room),
      ({length}) => length === 0,
    );
  }

  const valuesOf = (lines, name) => [...new Set(lines.map(({attributes}) => attributes[name]))];
  /** What it does, from when it is ready. */
  const sinceReady = states => states.slice(states.indexOf('listening'));

  it('comes to the visitor who wants it, and greets them in words, as they are heard', async t => {
    const {visitor} = await visit(t);
    const {agent, said, states, energy} = await visitor.until(
      'the greeting is over',
      ({said, states}) => said[0]?.isOver && states.at(-1) === 'listening',
    );
    assert.deepEqual(
      said.map(({text}) => text),
      [GREETING],
    );
    assert.ok(said[0].parts.length > GREETING.split(' ').length / 2, `${said[0].parts}`);
    const {'lk.segment_id': id, ...rest} = said[0].attributes;
    assert.match(id, /^SG_/);
    assert.deepEqual(rest, {
      'lk.transcription_final': 'false',
      'lk.transcribed_track_id': agent.track,
    });
    assert.deepEqual(sinceReady(states), ['listening', 'speaking', 'listening']);
    assert.ok(energy > 0.01, 'the voice is heard');
  });

  it('hears a question, which is told as its visitor’s, whole each time, and answers it', async t => {
    const visitor = await visitReady(t, QUIET);
    await visitor.speak();
    const {
      heard,
      said,
      states,
      visitor: who,
    } = await visitor.until(
      'the answer is over',
      ({said, states}) => said[0]?.isOver && states.at(-1) === 'listening',
    );
    assert.equal(heard.at(-1).text, QUESTION);
    assert.ok(heard.length > 1, 'it grows');
    assert.equal(valuesOf(heard, 'lk.segment_id').length, 1);
    assert.deepEqual(valuesOf(heard, 'lk.transcribed_track_id'), [who.track]);
    assert.deepEqual(valuesOf(heard, 'lk.transcription_final'), ['false', 'true']);
    assert.equal(said[0].text, ANSWER);
    assert.deepEqual(sinceReady(states), ['listening', 'thinking', 'speaking', 'listening']);
  });

  it('falls silent for who types, answers that, and tells it in no transcript', async t => {
    const visitor = await visitReady(t, QUIET);
    await visitor.type(LONG_QUESTION);
    await visitor.until('it speaks', ({said}) => said[0]?.parts.length > 2);
    await visitor.type('Thank you.');
    const {said, heard} = await visitor.until('both are over', ({said}) => said[1]?.isOver);
    assert.ok(said[0].isOver);
    assert.ok(LONG_ANSWER.startsWith(said[0].text) && said[0].text !== LONG_ANSWER, said[0].text);
    assert.equal(said[1].text, 'You are welcome.');
    assert.equal(valuesOf(said, 'lk.segment_id').length, 2);
    assert.deepEqual(heard, []);
  });

  /** Before the turn is over. */
  const isUnderstood = ({heard}) => heard.at(-1)?.text === 'can you hear me';

  it('is deaf, where it is pushed to talk, but for turns, which its visitor ends', async t => {
    const visitor = await visitReady(t, PUSH_TO_TALK);
    assert.equal(await visitor.call('start_turn'), '');
    await visitor.speak();
    await visitor.until('it is understood', isUnderstood);
    // One that ended the turn by itself would have by now.
    await pass(1500);
    const {heard, said} = await visitor.read();
    assert.deepEqual(valuesOf(heard, 'lk.transcription_final'), ['false']);
    assert.deepEqual(said, []);
    await visitor.call('end_turn');
    const end = await visitor.until('it is answered', ({said}) => said[0]?.isOver);
    assert.equal(end.heard.at(-1).attributes['lk.transcription_final'], 'true');
    assert.equal(end.said[0].text, ANSWER);
  });

  it('forgets a turn that is cancelled', async t => {
    const visitor = await visitReady(t, PUSH_TO_TALK);
    await visitor.call('start_turn');
    await visitor.speak();
    await visitor.until('it is understood', isUnderstood);
    await visitor.call('cancel_turn');
    await visitor.type('Thank you.');
    const {heard, said} = await visitor.until('the answer', ({said}) => said[0]?.isOver);
    assert.deepEqual(
      said.map(({text}) => text),
      ['You are welcome.'],
    );
    assert.deepEqual(valuesOf(heard, 'lk.transcription_final'), ['false']);
  });

  it('is seen and heard in somebody else, where it has an avatar', async t => {
    const {visitor, room} = await visit(t, {...QUIET, avatar: true});
    await visitor.until('it is ready', ({states}) => states.at(-1) === 'listening');
    await visitor.type('Thank you.');
    const {agent, said, energy, frames} = await visitor.until(
      'the answer is over',
      ({said}) => said[0]?.isOver,
    );
    assert.equal(agent.track, undefined);
    assert.equal(said[0].text, 'You are welcome.');
    assert.ok(energy > 0.01, 'the voice is heard');
    assert.ok(frames > 10, 'the face is seen');
    assert.equal((await rooms.participants(room)).length, 3);
    await visitor.leave();
    await untilEmpty(room);
  });

  it('leaves when its visitor does, and comes to nobody who has not asked for it', async t => {
    const {visitor, room} = await visit(t, QUIET);
    await visitor.until('it is ready', ({states}) => states.at(-1) === 'listening');
    assert.equal((await rooms.participants(room)).length, 2);
    await visitor.leave();
    await untilEmpty(room);
    const alone = await visit(t, null);
    assert.equal((await alone.visitor.read()).agent, undefined);
    assert.equal((await rooms.participants(alone.room)).length, 1);
  });

  it('comes again after the server has been away', async t => {
    await rooms.server.kill();
    await rooms.restartServer();
    await visitReady(t, QUIET);
  });
});
