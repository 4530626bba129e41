import {hurry} from '../../../build/engine/real-time.js';
import {createLocalSpeech} from '../../../build/engine/speech/local.js';
import {attend} from './attend.mjs';
import {takeJobs} from './worker.mjs';

/*
 * A LiveKit agent that hears, thinks and speaks on this machine, as the local engine does: no account,
 * nothing to download. Serves the rooms that want it until its parent is gone.
 */

const {LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret} = process.env;
const server = {url, apiKey, apiSecret};
const [, , name] = process.argv;

process.once('disconnect', () => process.exit());
hurry();
const speech = await createLocalSpeech();
await takeJobs(
  server,
  name,
  (job, token) => attend(job, token, server, speech),
  () => process.send('ready'),
);
