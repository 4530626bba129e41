import {fork, type ChildProcess} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {createBirpc, type BirpcReturn} from 'birpc';
import type {Peer, PeerListener} from './peer/peer.js';

const SCRIPT = fileURLToPath(new URL('./peer/process.js', import.meta.url));
const MAX_PROCESSES = 4;

/** A {@link Peer} in another process. What it has not answered when it closes, it rejects. */
export type RemotePeer = BirpcReturn<Peer, PeerListener>;

interface Place {
  readonly listener: PeerListener;
  receive(message: unknown): void;
}

/** A process that peers live in. When it dies they are lost, and closed. */
class PeerProcess {
  readonly #child: ChildProcess = fork(SCRIPT, {serialization: 'advanced'});
  readonly #places = new Map<number, Place>();
  #count = 0;

  constructor(onExit: () => void) {
    this.#child.on('message', ([number, message]: [number, unknown]) => {
      this.#places.get(number)?.receive(message);
    });
    this.#child.on('exit', (code, signal) => {
      process.emitWarning(`A process of peer connections has ended (${signal ?? code}).`);
      onExit();
      for (const {listener} of this.#places.values()) {
        listener.lost();
        listener.closed();
      }
    });
    // It ends with this process, and does not keep it alive.
    this.#child.unref();
    this.#child.channel?.unref();
  }

  get size(): number {
    return this.#places.size;
  }

  open(owner: PeerListener): RemotePeer {
    this.#count += 1;
    const number = this.#count;
    const listener: PeerListener = {
      ...owner,
      closed: () => {
        this.#places.delete(number);
        owner.closed();
        void peer.$rejectPendingCalls();
      },
    };
    // What a dead process is sent is lost with it.
    const post = (message: unknown) => this.#child.send([number, message], () => undefined);
    let receive: Place['receive'] = () => undefined;
    const peer: RemotePeer = createBirpc<Peer, PeerListener>(listener, {
      eventNames: ['send', 'speak', 'closeChannel', 'close', 'killProcess'],
      post,
      on: take => void (receive = take),
    });
    this.#places.set(number, {listener, receive});
    post(null);
    return peer;
  }
}

/**
 * The peers of this program's visitors, in processes of their own: the addon can crash where a
 * message is sent while the other side closes, and takes its whole process with it. A visitor has a
 * process for themselves, as long as there are no more of them than processes.
 */
class Peers {
  readonly #processes = new Set<PeerProcess>();

  /** Starts a process for the first visitor, who shall not wait for it. */
  prepare(): void {
    if (this.#processes.size === 0) this.#start();
  }

  open(listener: PeerListener): RemotePeer {
    const [emptiest] = [...this.#processes].sort((a, b) => a.size - b.size);
    const full = this.#processes.size === MAX_PROCESSES;
    const one = emptiest && (emptiest.size === 0 || full) ? emptiest : this.#start();
    return one.open(listener);
  }

  #start(): PeerProcess {
    const started = new PeerProcess(() => this.#processes.delete(started));
    this.#processes.add(started);
    return started;
  }
}

export const peers = new Peers();
