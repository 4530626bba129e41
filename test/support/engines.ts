import {executeServerCommand} from '@web/test-runner-commands';
import '../../src/engines/livekit.js';
import '../../src/engines/openai.js';
import '../../src/engines/pipecat.js';
import type {Credentials} from '../../src/core/link.js';
import type {RequestSession} from '../../src/core/session.js';
import {createSession, engineUrl} from './local-engine.js';

/** An engine as a page has it. */
export interface EngineUnderTest {
  readonly name: string;
  readonly url: string;
  /** As an embedder's server does. */
  readonly getSession: RequestSession;
  /** What nobody is let in with, and how it is refused. */
  readonly refused: readonly [given: Awaited<ReturnType<RequestSession>>, code: string];
  /** What it says most about. */
  readonly story: string;
}

/** A token, as an embedder's server has it made. */
export async function createToken(url = engineUrl): Promise<string> {
  const response = await fetch(`${url}/v1/realtime/client_secrets`, {
    method: 'POST',
    headers: {Authorization: 'Bearer sk-test', 'Content-Type': 'application/json'},
    body: JSON.stringify({session: {type: 'realtime'}}),
  });
  return ((await response.json()) as {value: string}).value;
}

/** The local one, by each of the ways in which it can be spoken to. */
const LOCAL: readonly EngineUnderTest[] = [
  {
    name: 'diarupt',
    url: engineUrl,
    getSession: () => createSession(),
    refused: ['no-such-session', 'session-not-found'],
    story: 'What can you do?',
  },
  {
    name: 'openai',
    url: engineUrl,
    getSession: async () => ({token: await createToken()}),
    refused: [{token: 'ek_of_nobody'}, 'unauthorized'],
    story: 'What can you do?',
  },
];

/** What `test/engines/web-test-runner.config.mjs` has started, if that is what the tests run by. */
const started = JSON.parse(
  document.querySelector<HTMLMetaElement>('meta[name=engines]')?.content ?? '[]',
) as readonly Omit<EngineUnderTest, 'getSession'>[];

const OTHERS = started.map(engine => ({
  ...engine,
  getSession: () => executeServerCommand<Credentials, object>('get-session', engine),
}));

export const ENGINES: readonly EngineUnderTest[] = OTHERS.length > 0 ? OTHERS : LOCAL;
