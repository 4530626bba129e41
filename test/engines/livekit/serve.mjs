import {createServer} from 'node:http';
import {createSessionHandler, toNodeListener} from 'diarupt/server';
import {LiveKitClient} from 'diarupt/server/livekit';
import {AGENT_NAME, Rooms} from './rooms.mjs';
import {API_KEY, API_SECRET, install} from './server.mjs';

/*
 * A LiveKit server, its agents, and who lets visitors of the demo in: `node test/engines/livekit/serve.mjs`,
 * beside `npm start`, or with the origin of another page.
 */

const PORT = 7890;
const DEMO = ['http://localhost:8787', 'http://127.0.0.1:8787'];

const missing = install();
if (missing) throw new Error(missing);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());

const {server} = await Rooms.open();
const handler = createSessionHandler({
  engine: new LiveKitClient({engineUrl: server.url, apiKey: API_KEY, apiSecret: API_SECRET}),
  session: {agent: AGENT_NAME},
  origins: [...DEMO, ...process.argv.slice(2)],
});
createServer(toNodeListener(handler)).listen(PORT, 'localhost', () => {
  console.log(`Visitors are let in at http://localhost:${PORT}`);
});
