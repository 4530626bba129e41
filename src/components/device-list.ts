import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** At least so long between two looks: a hub that is plugged in tells of each of its devices. */
const LOOK_MS = 1000;

export type DeviceKind = 'audioinput' | 'audiooutput';

/**
 * The microphones and speakers that there are, as far as the browser tells, which is once the
 * microphone is allowed. Follows what is plugged in and out while its host is in the document.
 */
export class DeviceList implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onChange: (kind: DeviceKind, deviceId: string, isThere: boolean) => void;
  #devices: readonly MediaDeviceInfo[] = [];
  #lastLook = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onChange` is called for each device that has come or gone since the look before. */
  constructor(
    host: ReactiveControllerHost,
    onChange: (kind: DeviceKind, deviceId: string, isThere: boolean) => void,
  ) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  /** Those that can be named, without the one that only stands for the browser's choice. */
  get(kind: DeviceKind): readonly MediaDeviceInfo[] {
    return this.#devices.filter(device => device.kind === kind);
  }

  hostConnected(): void {
    navigator.mediaDevices?.addEventListener('devicechange', this.look);
  }

  hostDisconnected(): void {
    navigator.mediaDevices?.removeEventListener('devicechange', this.look);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Looks now, or as soon as it may again. */
  readonly look = (): void => {
    const wait = Math.max(this.#lastLook + LOOK_MS - performance.now(), 0);
    this.#timer ??= setTimeout(() => void this.#look(), wait);
  };

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#lastLook = performance.now();
    const found = (await navigator.mediaDevices?.enumerateDevices().catch(() => null)) ?? [];
    const before = this.#devices;
    this.#devices = found.filter(({deviceId, label}) => label && deviceId !== 'default');
    this.#tell(before, this.#devices, false);
    this.#tell(this.#devices, before, true);
    this.#host.requestUpdate();
  }

  /** Of those of `some` that are not among `others`. */
  #tell(
    some: readonly MediaDeviceInfo[],
    others: readonly MediaDeviceInfo[],
    isThere: boolean,
  ): void {
    for (const {kind, deviceId} of some) {
      const isSame = (other: MediaDeviceInfo) => other.kind === kind && other.deviceId === deviceId;
      if (!others.some(isSame)) this.#onChange(kind as DeviceKind, deviceId, isThere);
    }
  }
}
