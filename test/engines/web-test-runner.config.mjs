import {PipecatClient} from 'diarupt/server';
import config from '../../web-test-runner.config.mjs';
import * as livekit from './livekit/server.mjs';
import {Rooms} from './livekit/rooms.mjs';
import * as pipecat from './pipecat/bot.mjs';

/* Runs the contract's tests over the engines of others, as far as they can be had. */

async function startPipecat() {
  const bot = await pipecat.startBot();
  const client = new PipecatClient({engineUrl: bot.url});
  return {
    seen: {
      name: 'pipecat',
      url: bot.url,
      refused: ['no-such-session', 'session-not-found'],
      story: 'tell me a story',
    },
    getSession: () => client.createSession(),
    stop: () => bot.process.kill('SIGKILL'),
  };
}

async function startLiveKit() {
  const rooms = await Rooms.open();
  return {
    seen: {
      name: 'livekit',
      url: rooms.server.url.replace('ws', 'http'),
      refused: [{token: 'eyOf.eyNo.body'}, 'unauthorized'],
      story: 'What can you do?',
    },
    getSession: async () => (await rooms.invite({profile: 'quiet-guide'})).session,
    stop: () => rooms.close(),
  };
}

const engines = [];
for (const [install, start] of [
  [pipecat.install, startPipecat],
  [livekit.install, startLiveKit],
]) {
  const missing = install();
  if (missing) console.log(missing);
  else engines.push(await start());
}

const enginesPlugin = {
  name: 'engines',
  executeCommand({command, payload}) {
    if (command !== 'get-session') return undefined;
    return engines.find(({seen}) => seen.name === payload.name).getSession();
  },
  serverStop: () => Promise.all(engines.map(({stop}) => stop())),
};

const group = config.groups.find(({name}) => name === 'engine');
const seen = JSON.stringify(engines.map(engine => engine.seen)).replaceAll('"', '&quot;');

export default {
  ...config,
  groups: [{...group, files: 'test/engines/conformance.test.ts'}],
  plugins: [enginesPlugin, ...config.plugins],
  testRunnerHtml: framework =>
    config
      .testRunnerHtml(framework)
      .replace('<meta', `<meta name="engines" content="${seen}"><meta`),
};
