import {onAbort} from './abort.js';
import {InteractionError} from './errors.js';

interface PeerOptions {
  readonly audioOnly: boolean;
  readonly signal: AbortSignal;
  readonly onFrame: (frame: unknown) => void;
  readonly onClosed: (error?: InteractionError) => void;
}

/** A peer connection with its data channel, closed by the signal it was made with. */
export interface Peer {
  readonly connection: RTCPeerConnection;
  readonly channel: RTCDataChannel;
  /** Sends the visitor's voice. */
  readonly sender: RTCRtpSender;
  /** The engine's tracks, silent until it speaks. */
  readonly remote: MediaStream;
  /** The bare offer, without waiting for a candidate. */
  readonly offer: Promise<string>;
  /** Settles when the data channel is open; stays pending where it never opens. */
  readonly opened: Promise<void>;
}

/**
 * Makes the peer, with a data channel of that label, and its offer. Throws `unsupported` where the
 * browser makes none.
 */
export function createPeer(
  {audioOnly, signal, onFrame, onClosed}: PeerOptions,
  label: string,
  init?: RTCDataChannelInit,
): Peer {
  const connection = newConnection();
  onAbort(signal, () => connection.close());

  const channel = connection.createDataChannel(label, init);
  const voice = connection.addTransceiver('audio', {direction: 'sendrecv'});
  const face = audioOnly ? null : connection.addTransceiver('video', {direction: 'recvonly'});
  const remote = new MediaStream([voice, face].flatMap(line => line?.receiver.track ?? []));

  connection.addEventListener(
    'connectionstatechange',
    () => {
      if (connection.connectionState !== 'failed') return;
      const reached = channel.readyState !== 'connecting';
      onClosed(new InteractionError(reached ? 'connection-lost' : 'engine-unreachable'));
    },
    {signal},
  );
  channel.addEventListener('message', ({data}) => onFrame(data), {signal});
  channel.addEventListener('close', () => onClosed(), {signal});
  const opened = new Promise<void>(resolve => {
    channel.addEventListener('open', () => resolve(), {signal});
  });

  return {connection, channel, sender: voice.sender, remote, offer: offer(connection), opened};
}

function newConnection(): RTCPeerConnection {
  try {
    return new RTCPeerConnection({bundlePolicy: 'max-bundle'});
  } catch (cause) {
    throw new InteractionError('unsupported', {cause});
  }
}

function offer(connection: RTCPeerConnection): Promise<string> {
  const made = connection.setLocalDescription().then(() => connection.localDescription?.sdp ?? '');
  made.catch(() => {}); // Where the microphone is refused, nobody waits for the offer.
  return made;
}
