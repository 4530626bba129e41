import {createBirpc} from 'birpc';
import {hurry} from '../real-time.js';
import {Peer, type PeerListener} from './peer.js';

/**
 * The process that peers live in. It is told pairs of a peer's number and a message to it, of which
 * the first, which is empty, makes the peer.
 */
const receivers = new Map<number, (message: unknown) => void>();

function create(number: number): void {
  let receive: (message: unknown) => void = () => undefined;
  const peer = new Peer({
    opened: () => void engine.opened(),
    received: frame => void engine.received(frame),
    heard: samples => void engine.heard(samples),
    channelClosed: () => void engine.channelClosed(),
    lost: () => void engine.lost(),
    closed: () => {
      receivers.delete(number);
      void engine.closed();
    },
  });
  const engine = createBirpc<PeerListener, Peer>(peer, {
    bind: 'functions',
    eventNames: ['opened', 'received', 'heard', 'channelClosed', 'lost', 'closed'],
    post: message => process.send?.([number, message]),
    on: take => void (receive = take),
  });
  receivers.set(number, receive);
}

process.on('message', ([number, message]: [number, unknown]) => {
  if (message === null) create(number);
  else receivers.get(number)?.(message);
});

// A key that stops the engine is heard by all of its processes: the engine says goodbye first.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit());

hurry();
