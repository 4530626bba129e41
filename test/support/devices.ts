type DeviceKind = 'audioinput' | 'audiooutput';

/**
 * Devices that a test plugs in and pulls out, in the place of the browser's: browsers have as many
 * fake ones as they like, Firefox one. The microphones are silent.
 */
export class FakeDevices {
  /** When the page has looked at what there is, in milliseconds. */
  readonly looks: number[] = [];
  /** What has been asked for, by its id; empty: the browser's choice. */
  readonly asked: string[] = [];
  /** Those that another program has taken. */
  readonly busy = new Set<string>();
  readonly tracks: MediaStreamTrack[] = [];
  readonly #context = new AudioContext();
  readonly #sinks = new WeakMap<HTMLMediaElement, string>();
  readonly #sinkId = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'sinkId') ?? {};
  readonly #setSinkId = HTMLMediaElement.prototype.setSinkId;
  #devices: MediaDeviceInfo[] = [];

  /** `allowed` is whether the browser tells their names. */
  constructor(public allowed = true) {
    const {mediaDevices} = navigator;
    mediaDevices.enumerateDevices = async () => {
      this.looks.push(performance.now());
      if (this.allowed) return this.#devices;
      return this.#devices.map(device => ({...device, deviceId: '', label: ''}));
    };
    mediaDevices.getUserMedia = async constraints => this.#open(constraints);
    const sinks = this.#sinks;
    const isThere = (id: string) => id === '' || this.#has('audiooutput', id);
    Object.defineProperty(HTMLMediaElement.prototype, 'sinkId', {
      configurable: true,
      get(this: HTMLMediaElement) {
        return sinks.get(this) ?? '';
      },
    });
    HTMLMediaElement.prototype.setSinkId = async function (id: string) {
      if (!isThere(id)) throw new DOMException('no such speaker', 'NotFoundError');
      sinks.set(this, id);
    };
  }

  /** `microphone-…` or `speaker-…`, by which it is also known. */
  plugIn(...ids: string[]): void {
    const added = ids.map(deviceId => {
      const kind: DeviceKind = deviceId.startsWith('speaker') ? 'audiooutput' : 'audioinput';
      return {kind, deviceId, label: `The ${deviceId}`, groupId: ''} as MediaDeviceInfo;
    });
    this.#devices = [...this.#devices, ...added];
    this.tell();
  }

  pullOut(id: string): void {
    this.#devices = this.#devices.filter(({deviceId}) => deviceId !== id);
    this.tell();
  }

  /** As the browser does where something has changed. */
  tell(): void {
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  }

  async restore(): Promise<void> {
    Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices');
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    Object.defineProperty(HTMLMediaElement.prototype, 'sinkId', this.#sinkId);
    HTMLMediaElement.prototype.setSinkId = this.#setSinkId;
    await this.#context.close();
  }

  #has(kind: DeviceKind, id: string): boolean {
    return this.#devices.some(device => device.kind === kind && device.deviceId === id);
  }

  #open(constraints: MediaStreamConstraints = {}): MediaStream {
    const {deviceId = ''} = constraints.audio as MediaTrackConstraints;
    const id = typeof deviceId === 'object' ? (deviceId as {exact: string}).exact : deviceId;
    this.asked.push(id);
    if (this.busy.has(id)) throw new DOMException('in use', 'NotReadableError');
    if (id && !this.#has('audioinput', id)) throw new DOMException('gone', 'OverconstrainedError');
    const {stream} = this.#context.createMediaStreamDestination();
    const [track] = stream.getAudioTracks() as [MediaStreamTrack];
    track.getSettings = () => ({deviceId: id || 'default'});
    this.tracks.push(track);
    return stream;
  }
}
