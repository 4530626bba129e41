import '../../src/engines/openai.js';
import type {RequestSession} from '../../src/core/session.js';
import {createSession, engineUrl} from './local-engine.js';

/** An engine as a page has it: the local one, by each of the ways in which it can be spoken to. */
export interface EngineUnderTest {
  readonly name: string;
  /** As an embedder's server does. */
  readonly getSession: RequestSession;
  /** What nobody is let in with, and how it is refused. */
  readonly refused: readonly [given: Awaited<ReturnType<RequestSession>>, code: string];
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

export const ENGINES: readonly EngineUnderTest[] = [
  {
    name: 'diarupt',
    getSession: () => createSession(),
    refused: ['no-such-session', 'session-not-found'],
  },
  {
    name: 'openai',
    getSession: async () => ({token: await createToken()}),
    refused: [{token: 'ek_of_nobody'}, 'unauthorized'],
  },
];
