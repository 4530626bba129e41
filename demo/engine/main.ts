import {parseArgs} from 'node:util';
import {startEngine} from './server.js';
import {createLocalSpeech} from './speech/local.js';
import {createOpenAISpeech} from './speech/openai.js';
import type {Speech} from './speech/types.js';

const DEFAULT_PORT = '8787';

const {env} = process;
const {values: options} = parseArgs({
  options: {
    port: {type: 'string', default: env['PORT'] ?? DEFAULT_PORT},
    faults: {type: 'boolean', default: false},
  },
});

const port = Number(options.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  fail(`The port must be a number from 0 to 65535, not ${options.port}.`);
}

const speech = await createSpeech();
try {
  const engine = await startEngine({
    port,
    speech,
    faults: options.faults,
    apiKey: env['ENGINE_API_KEY'] || undefined,
  });
  console.log(`The demo is at ${engine.url}`);
  process.send?.({url: engine.url});
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void engine.close().then(stop));
  }
  // Whoever forked the engine is gone.
  process.once('disconnect', () => void engine.close().then(stop));
} catch (error) {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  fail(taken ? `Port ${port} is taken: choose another by --port.` : String(error));
}

function createSpeech(): Promise<Speech> {
  const {OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: apiKey} = env;
  return baseUrl && apiKey ? createOpenAISpeech({baseUrl, apiKey}) : createLocalSpeech();
}

async function stop(): Promise<void> {
  await speech.close();
  process.exit();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
