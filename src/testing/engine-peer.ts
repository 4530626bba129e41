import {onAbort} from '../core/abort.js';
import {parseObject} from '../core/protocol.js';

/** What a client says on the data channel. */
export interface MessageHeard {
  readonly event: string;
  readonly data: unknown;
}

/**
 * The engine's end of one connection: a real peer with a voice, a face and the data channel. Closed by
 * the signal, with its tracks.
 */
export class EnginePeer {
  readonly connection = new RTCPeerConnection();
  readonly channel = this.connection.createDataChannel('interaction', {negotiated: true, id: 0});
  readonly #tracks: readonly MediaStreamTrack[];
  #isSilent = false;

  constructor(
    tracks: readonly MediaStreamTrack[],
    onMessage: (message: MessageHeard, from: EnginePeer) => void,
    signal: AbortSignal,
  ) {
    this.#tracks = tracks;
    this.channel.addEventListener('message', ({data: frame}: MessageEvent<string>) => {
      const {event, data} = parseObject(frame) ?? {};
      onMessage({event: String(event), data}, this);
    });
    onAbort(signal, () => this.close());
  }

  /** Whether it has fallen silent. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Tells the client an event; what can no longer be told is dropped. */
  send(event: string, data: unknown = null): void {
    if (this.channel.readyState === 'open') this.channel.send(JSON.stringify({event, data}));
  }

  close(): void {
    for (const track of this.#tracks) track.stop();
    this.connection.close();
  }

  /** The answer to the offer, with a candidate: all that it takes on one machine. */
  async answer(offer: string): Promise<string> {
    const {connection} = this;
    await connection.setRemoteDescription({type: 'offer', sdp: offer});
    const lines = connection.getTransceivers();
    for (const track of this.#tracks) {
      const line = lines.find(({receiver}) => receiver.track.kind === track.kind);
      if (line) line.direction = track.kind === 'audio' ? 'sendrecv' : 'sendonly';
      await line?.sender.replaceTrack(track);
    }
    const found = new Promise(resolve => {
      connection.addEventListener('icecandidate', resolve, {once: true});
    });
    await connection.setLocalDescription();
    await found;
    return connection.localDescription?.sdp ?? '';
  }

  /** Takes the client's candidates. */
  async learn(fragment: string): Promise<void> {
    for (const [, candidate = ''] of fragment.matchAll(/^a=(candidate:.+)\r$/gm)) {
      await this.connection.addIceCandidate({candidate, sdpMid: '0'});
    }
  }

  /** Begins ICE anew: the offer that has been, with the credentials that are. Our fragment. */
  async restart(fragment: string): Promise<string> {
    const {connection} = this;
    const theirs = (name: string) => new RegExp(`^a=ice-${name}:.*`, 'm').exec(fragment)?.[0] ?? '';
    const sdp = (connection.currentRemoteDescription?.sdp ?? '')
      .replace(/^a=ice-ufrag:.*/gm, theirs('ufrag'))
      .replace(/^a=ice-pwd:.*/gm, theirs('pwd'));
    await connection.setRemoteDescription({type: 'offer', sdp});
    const gatheredAnew = new Promise<void>(resolve => {
      connection.addEventListener('icecandidate', ({candidate}) => candidate ?? resolve());
    });
    await connection.setLocalDescription();
    await gatheredAnew;
    const own = connection.localDescription?.sdp ?? '';
    const [media = ''] = own.match(/^m=[^]*?(?=^m=)/m) ?? [];
    const lines = media.match(/^(m=|a=mid|a=ice-ufrag|a=ice-pwd|a=candidate).*\r\n/gm) ?? [];
    return lines.join('');
  }

  /** Sends neither voice nor face any more; returns how to go on with both. */
  async fallSilent(): Promise<() => Promise<void>> {
    this.#isSilent = true;
    const senders = this.connection.getSenders();
    const tracks = senders.map(({track}) => track);
    await Promise.all(senders.map(sender => sender.replaceTrack(null)));
    await Promise.all(senders.map(sender => setActive(sender, false)));
    return async () => {
      this.#isSilent = false;
      await Promise.all(senders.map(sender => setActive(sender, true)));
      await Promise.all(senders.map((sender, at) => sender.replaceTrack(tracks[at] ?? null)));
    };
  }
}

/** Without a track, Firefox still sends silence. */
async function setActive(sender: RTCRtpSender, active: boolean): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) encoding.active = active;
  await sender.setParameters(parameters);
}
