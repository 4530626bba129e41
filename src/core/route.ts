import {after} from './abort.js';
import {InteractionError} from './errors.js';
import {patchCandidates, patchRestart, type Answer} from './signaling.js';
import {toFragment, trickle} from './trickle.js';

/** The direct way is tried alone for so long, where the engine has relays, too. */
const DIRECT_MS = 1000;

/**
 * The way between the visitor and the engine (ICE): found with the engine's answer, and found anew
 * where it is lost. Ends with the signal.
 */
export class Route {
  readonly #connection: RTCPeerConnection;
  readonly #signal: AbortSignal;
  #search = new AbortController();
  #sendCandidates;
  #answer: Answer | undefined;

  constructor(connection: RTCPeerConnection, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
    this.#sendCandidates = trickle(connection, this.#searchSignal());
  }

  /** Begins with what the engine has answered. Rejects with `bad-answer` where it makes no sense. */
  async accept(answer: Answer): Promise<void> {
    this.#answer = answer;
    if (answer.iceServers.length > 0) this.#tryRelays(answer.iceServers);
    try {
      await this.#connection.setRemoteDescription({type: 'answer', sdp: answer.sdp});
    } catch (cause) {
      throw new InteractionError('bad-answer', {cause});
    }
    void this.#sendCandidates(this.#patch, this.#isUnconnected);
  }

  /**
   * An ICE restart: another way, for the connection and all that is under way on it
   * (RFC 9725 §4.3.3). Rejects where the engine or the browser does not go along.
   */
  async restart(signal: AbortSignal): Promise<void> {
    const answer = this.#answer;
    if (!answer) throw new InteractionError('connection-lost');
    this.#search.abort();
    this.#search = new AbortController();
    const sendCandidates = trickle(this.#connection, this.#searchSignal());
    this.#connection.restartIce();
    await this.#connection.setLocalDescription();
    const {fragment, etag} = await patchRestart(answer, toFragment(this.#connection), signal);
    const restarted = {...answer, etag, sdp: withFragment(answer.sdp, fragment)};
    await this.#connection.setRemoteDescription({type: 'answer', sdp: restarted.sdp});
    this.#answer = restarted;
    void sendCandidates(this.#patch, () => true);
  }

  /** Relays are only gathered by a restart, since the offer had to go before they were known. */
  #tryRelays(iceServers: readonly RTCIceServer[]): void {
    const configuration = this.#connection.getConfiguration();
    try {
      this.#connection.setConfiguration({...configuration, iceServers: [...iceServers]});
    } catch (cause) {
      return console.warn(cause); // The direct way may do.
    }
    after(DIRECT_MS, this.#signal, () => {
      if (this.#isUnconnected()) this.restart(this.#signal).catch(() => {});
    });
  }

  #searchSignal(): AbortSignal {
    return AbortSignal.any([this.#signal, this.#search.signal]);
  }

  readonly #isUnconnected = () => this.#connection.connectionState !== 'connected';

  readonly #patch = async (fragment: string) =>
    this.#answer !== undefined && patchCandidates(this.#answer, fragment, this.#signal);
}

/** The engine's description with the credentials and candidates of its fragment. */
function withFragment(sdp: string, fragment: string): string {
  const candidates = fragment.match(/^a=candidate:.*/gm) ?? [];
  return sdp
    .replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '')
    .replace(
      /^(a=ice-(?:ufrag|pwd):).*/gm,
      (_, name: string) => new RegExp(`^${name}.*`, 'm').exec(fragment)?.[0] ?? '',
    )
    .replace(/^a=mid:.*/m, line => [line, ...candidates].join('\r\n'));
}
