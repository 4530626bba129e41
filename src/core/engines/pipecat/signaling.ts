import {InteractionError} from '../../errors.js';
import type {Credentials} from '../../link.js';
import {fields, parseObject} from '../../protocol.js';
import {isSessionId} from '../../session-id.js';
import {checkPublic} from '../secret-key.js';
import {readGranted, request} from '../../signaling.js';

export interface Answer {
  readonly sdp: string;
  /** The server's name for the connection. */
  readonly pcId: string;
}

interface Known {
  readonly pcId: string | null;
  /** Whether the offer is another connection's, which takes the place of the one of that name. */
  readonly restarts: boolean;
}

/** Where a bot is reached, and with what. */
export class Bot {
  readonly iceServers: readonly RTCIceServer[];
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  readonly #requestData: unknown;

  constructor(engineUrl: URL, credentials: Credentials) {
    const {sessionId, iceConfig, requestData} = credentials;
    const session = isSessionId(sessionId) ? `/sessions/${encodeURIComponent(sessionId)}` : '';
    const base = engineUrl.origin + engineUrl.pathname.replace(/\/$/, '');
    this.#url = new URL(`${base}${session}/api/offer`);
    this.#headers = {'Content-Type': 'application/json', ...authorizationOf(credentials)};
    const {iceServers} = fields(iceConfig);
    this.iceServers = Array.isArray(iceServers) ? (iceServers as RTCIceServer[]) : [];
    this.#requestData = requestData;
  }

  /** Rejects with a code, or with the signal's reason. */
  async postOffer(sdp: string, {pcId, restarts}: Known, signal: AbortSignal): Promise<Answer> {
    const response = await this.#send('POST', signal, {
      sdp,
      type: 'offer',
      pc_id: pcId,
      restart_pc: restarts,
      request_data: this.#requestData,
    });
    const answer = parseObject(await readGranted(response, signal));
    if (typeof answer?.sdp !== 'string' || typeof answer.pc_id !== 'string') {
      throw new InteractionError('bad-answer');
    }
    return {sdp: answer.sdp, pcId: answer.pc_id};
  }

  /** Whether the server has a connection of that name, and with it its bot: no candidates are news. */
  async knows(pcId: string, signal: AbortSignal): Promise<boolean> {
    const response = await this.#patch(pcId, [], signal);
    return response.ok;
  }

  /** Tells the server more candidates; whether it takes them. Never rejects. */
  async patchCandidates(pcId: string, fragment: string, signal: AbortSignal): Promise<boolean> {
    const candidates = fragment.match(/(?<=^a=)candidate:.*/gm) ?? [];
    const response = await this.#patch(pcId, candidates, signal).catch(() => null);
    return response?.ok === true;
  }

  #patch(pcId: string, found: readonly string[], signal: AbortSignal): Promise<Response> {
    // All lines are bundled on the first.
    const candidates = found.map(candidate => ({candidate, sdp_mid: '0', sdp_mline_index: 0}));
    return this.#send('PATCH', signal, {pc_id: pcId, candidates});
  }

  #send(method: 'POST' | 'PATCH', signal: AbortSignal, body: unknown): Promise<Response> {
    return request(this.#url, {method, headers: this.#headers, body: JSON.stringify(body), signal});
  }
}

/** A public key of Pipecat Cloud's, as a rule. Throws `invalid-options` for one that is nothing for a page. */
export function authorizationOf({token}: Credentials): Record<string, string> {
  return typeof token === 'string' ? {Authorization: `Bearer ${checkPublic(token)}`} : {};
}
