import {setTimeout as delay} from 'node:timers/promises';
import {attribute, toFragment, withCandidates, withCredentials, type Fragment} from '../sdp.js';
import {event, MediaStream} from './webrtc.js';

/**
 * An answer waits so long for the first of the engine's addresses, which takes long only where the
 * machine has much to do, and then for the others.
 */
const FIRST_CANDIDATE_MS = 5_000;
const BATCH_MS = 2;

/**
 * Brings a peer connection to an agreement with a client that offers: RFC 9725 §4.2 and §4.3. The
 * descriptions are kept here and never read from the peer connection, whose getters crash where a
 * candidate is being added in another of the addon's threads.
 */
export class Negotiation {
  readonly #peer: RTCPeerConnection;
  readonly #signal: AbortSignal;
  #offer = '';
  #candidates: RTCIceCandidate[] = [];

  constructor(peer: RTCPeerConnection, signal: AbortSignal) {
    this.#peer = peer;
    this.#signal = signal;
    peer.addEventListener('icecandidate', ({candidate}) => {
      if (candidate) this.#candidates.push(candidate);
    });
  }

  /** The track of the visitor's microphone, once an offer has been accepted. */
  get microphone(): MediaStreamTrack | undefined {
    return this.#transceiver('audio')?.receiver.track;
  }

  /** Answers an offer with what the engine sends; rejects where it cannot be understood. */
  async accept(offer: string, audio: MediaStreamTrack, video?: MediaStreamTrack): Promise<string> {
    await this.#take(offer, 'The offer cannot be used');
    await send(this.#transceiver('audio'), audio, 'sendrecv');
    if (video) await send(this.#transceiver('video'), video, 'sendonly');
    // OpenAI's own client plays the stream that a voice comes in, not its track.
    else this.#transceiver('audio')?.sender.setStreams(new MediaStream());
    return this.#answer();
  }

  /** Candidates that cannot be used are left out: others may still do. */
  async addCandidates({candidates}: Fragment): Promise<void> {
    for (const candidate of candidates) {
      await this.#peer.addIceCandidate(candidate).catch(() => undefined);
    }
  }

  /**
   * Restarts ICE where the client has new credentials, and takes its candidates.
   *
   * @returns the engine's own credentials and candidates; `undefined` where nothing has changed.
   */
  async restart(fragment: Fragment): Promise<string | undefined> {
    const {ufrag, pwd} = fragment;
    if (ufrag === undefined || pwd === undefined || ufrag === attribute(this.#offer, 'ice-ufrag')) {
      await this.addCandidates(fragment);
      return undefined;
    }
    await this.#take(withCredentials(this.#offer, ufrag, pwd), 'ICE cannot be restarted');
    const answer = await this.#answer();
    await this.addCandidates(fragment);
    return toFragment(answer);
  }

  async #take(offer: string, failure: string): Promise<void> {
    await this.#peer.setRemoteDescription({type: 'offer', sdp: offer}).catch((error: unknown) => {
      throw new Error(`${failure}: ${String(error)}`);
    });
    this.#offer = offer;
  }

  async #answer(): Promise<string> {
    // The engine begins the DTLS handshake (`a=setup:active`): where the client did, its first
    // flight would come before ICE works in both directions, and wait 50 ms to be repeated.
    const {type, sdp = ''} = await this.#peer.createAnswer();
    this.#candidates = [];
    await this.#peer.setLocalDescription({type, sdp});
    await this.#gather();
    return withCandidates(sdp, this.#candidates);
  }

  /**
   * Waits for the engine's own addresses, which come in one batch as soon as there is a local
   * description: not for the end of gathering, which is a tenth of a second away.
   */
  async #gather(): Promise<void> {
    const limit = AbortSignal.any([this.#signal, AbortSignal.timeout(FIRST_CANDIDATE_MS)]);
    if (this.#candidates.length === 0) {
      await event(this.#peer, 'icecandidate', limit).catch(() => undefined);
    }
    await delay(BATCH_MS);
  }

  #transceiver(kind: string): RTCRtpTransceiver | undefined {
    return this.#peer.getTransceivers().find(({receiver}) => receiver.track.kind === kind);
  }
}

async function send(
  transceiver: RTCRtpTransceiver | undefined,
  track: MediaStreamTrack,
  direction: RTCRtpTransceiverDirection,
): Promise<void> {
  if (!transceiver) return;
  await transceiver.sender.replaceTrack(track);
  transceiver.direction = direction;
}
