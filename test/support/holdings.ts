type Timer = Parameters<typeof clearTimeout>[0];

/** How much faster time runs for the source: a loss is noticed in a quarter of a second. */
const SPEED = 10;

const SOURCE = /:\/\/[^/]+\/src\/(?!testing\/)/;

/**
 * What the source has taken from the browser and has to give back when an interaction is over: real
 * peers, tracks, players and timers, each told from those of the tests by who asked for it. Its
 * timers run faster. Watches until `restore()`.
 */
export class Holdings {
  /** How many peer connections there have been, the engine's included. */
  peersMade = 0;

  readonly #peers = new Set<RTCPeerConnection>();
  readonly #tracks = new Set<MediaStreamTrack>();
  readonly #players = new Set<HTMLMediaElement>();
  readonly #timers = new Map<Timer, string>();
  readonly #restores: (() => void)[] = [];

  constructor() {
    this.#watchPeers();
    this.#watchClones();
    this.#watchPlayers();
    this.#watchTimers();
  }

  /** Counts a microphone that was given to the source. */
  add(track: MediaStreamTrack): void {
    this.#tracks.add(track);
  }

  /** The microphones that the source has not stopped, its own copies of them included. */
  get liveTracks(): readonly MediaStreamTrack[] {
    return [...this.#tracks].filter(({readyState}) => readyState === 'live');
  }

  get openPeers(): readonly RTCPeerConnection[] {
    return [...this.#peers].filter(({signalingState}) => signalingState !== 'closed');
  }

  /** What is still held, in words. */
  get all(): string[] {
    const playing = [...this.#players].filter(({srcObject}) => srcObject !== null);
    return [
      ...this.openPeers.map(() => 'an open peer connection'),
      ...this.liveTracks.map(({enabled}) => `a live track${enabled ? '' : ', silent'}`),
      ...playing.map(({nodeName}) => `a stream in a ${nodeName}`),
      ...[...this.#timers.values()].map(place => `a timer of ${place}`),
    ];
  }

  restore(): void {
    for (const restore of this.#restores) restore();
  }

  #watchPeers(): void {
    const Original = globalThis.RTCPeerConnection;
    const add = (peer: RTCPeerConnection, bySource: boolean) => {
      this.peersMade += 1;
      if (bySource) this.#peers.add(peer);
    };
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        add(this, caller() !== undefined);
      }
    };
    this.#restores.push(() => (globalThis.RTCPeerConnection = Original));
  }

  #watchClones(): void {
    const {prototype} = MediaStreamTrack;
    const {clone} = prototype;
    const add = (track: MediaStreamTrack) => this.#tracks.add(track);
    prototype.clone = function () {
      const copy = clone.call(this);
      if (caller()) add(copy);
      return copy;
    };
    this.#restores.push(() => (prototype.clone = clone));
  }

  #watchPlayers(): void {
    const {prototype} = HTMLMediaElement;
    const property = Object.getOwnPropertyDescriptor(prototype, 'srcObject') ?? {};
    const add = (player: HTMLMediaElement) => this.#players.add(player);
    Object.defineProperty(prototype, 'srcObject', {
      ...property,
      set(this: HTMLMediaElement, stream: MediaStream | null) {
        if (caller()) add(this);
        property.set?.call(this, stream);
      },
    });
    this.#restores.push(() => Object.defineProperty(prototype, 'srcObject', property));
  }

  #watchTimers(): void {
    const {setTimeout, setInterval, clearTimeout, clearInterval} = globalThis;
    const timers = this.#timers;
    const start = (original: typeof setTimeout, repeats: boolean) =>
      ((handler: () => void, ms = 0, ...rest: unknown[]) => {
        const place = caller();
        if (!place) return original(handler, ms, ...rest);
        const act = () => {
          if (!repeats) timers.delete(timer);
          handler();
        };
        const timer = original(act, ms / SPEED);
        timers.set(timer, place);
        return timer;
      }) as typeof setTimeout;
    const clear = (original: typeof clearTimeout) => (timer?: Timer) => {
      timers.delete(timer);
      original(timer as number);
    };
    globalThis.setTimeout = start(setTimeout, false);
    globalThis.setInterval = start(setInterval as typeof setTimeout, true) as typeof setInterval;
    globalThis.clearTimeout = clear(clearTimeout);
    globalThis.clearInterval = clear(clearInterval);
    this.#restores.push(() =>
      Object.assign(globalThis, {setTimeout, setInterval, clearTimeout, clearInterval}),
    );
  }
}

/** Where in the source the function was called that asks this; nothing where it was elsewhere. */
function caller(): string | undefined {
  const frames = (new Error().stack ?? '').split('\n').filter(line => line.includes('://'));
  const frame = frames[2] ?? '';
  return SOURCE.test(frame) ? /src\/[^?:]*/.exec(frame)?.[0] : undefined;
}
