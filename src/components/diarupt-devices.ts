import {DeviceList, type DeviceKind} from './device-list.js';
import {deviceStyles} from './device-styles.js';
import {DEVICE_WORDS, type DeviceWords} from './device-words.js';
import {DiaruptPart, html} from './kit.js';

/** Where a browser lists no speaker but those that the visitor has chosen in a window of its own. */
interface SpeakerPrompt {
  selectAudioOutput?(): Promise<MediaDeviceInfo>;
}

const SLIDERS = 'M4 6h9M19 6h1M4 12h1M11 12h9M4 18h9M19 18h1';

/**
 * A menu of what the visitor is heard with, and hears: microphone, speaker where the browser lets a
 * page choose it, volume where the browser lets a page set it. Changes them in the middle of a
 * conversation, too. In a file of its own: `diarupt/devices`, or `diarupt-devices.js` next to the
 * single file; the default layout has it where that is loaded.
 *
 * @customElement diarupt-devices
 * @csspart button - The button that opens the menu.
 * @csspart menu - The menu.
 * @csspart microphone - The choice of microphone.
 * @csspart speaker - The choice of speaker.
 * @csspart other-speaker - The button for a speaker that the browser has not listed.
 * @csspart volume - The slider.
 * @fires {Event} deviceschange - The visitor has chosen: the element's `microphoneId`, `speakerId` or
 *   `volume` is another.
 */
export class DiaruptDevices extends DiaruptPart {
  static override styles = [DiaruptPart.styles, deviceStyles];

  readonly #list = new DeviceList(this, (...change) => this.#follow(...change));
  readonly #prompt = (navigator.mediaDevices ?? {}) as SpeakerPrompt;
  #status = '';
  /** The microphone that is on its way. */
  #coming: string | undefined;
  #isRefused = false;
  #hasVolume = false;

  /** Where the device's own buttons alone set the volume, it reads as set, but no event says so. */
  protected override firstUpdated(): void {
    const scratch = document.createElement('audio');
    const onChange = () => {
      this.#hasVolume = true;
      this.requestUpdate();
    };
    scratch.addEventListener('volumechange', onChange, {once: true});
    scratch.volume = 0.5;
  }

  protected override render() {
    const words: DeviceWords = {...DEVICE_WORDS, ...this.words};
    return html`
      <div @keydown=${this.#onKey}>
        <button part="button" popovertarget="menu" aria-haspopup="dialog" title=${words.devices}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d=${SLIDERS}></path>
            <circle cx="16" cy="6" r="2.5"></circle>
            <circle cx="8" cy="12" r="2.5"></circle>
            <circle cx="16" cy="18" r="2.5"></circle>
          </svg>
        </button>
        <div
          part="menu"
          id="menu"
          popover
          role="dialog"
          aria-label=${words.devices}
          @toggle=${this.#onToggle}
        >
          ${this.#renderMicrophone(words)} ${this.#renderSpeaker(words)}
          ${this.#hasVolume ? this.#renderVolume(words) : ''}
          <p role="alert">${this.#isRefused ? words.deviceRefused : ''}</p>
        </div>
      </div>
    `;
  }

  #renderMicrophone(words: DeviceWords) {
    const own = this.actions?.stream?.getAudioTracks()[0];
    const devices = this.#list.get('audioinput');
    return html`
      <label>
        ${words.microphone}
        <select part="microphone" ?disabled=${own} @change=${this.#onMicrophone}>
          ${own ? renderOptions(own.label) : renderOptions(words.standard, devices)}
        </select>
      </label>
      ${own || devices.length > 0 ? '' : html`<p>${words.devicesUnknown}</p>`}
    `;
  }

  #renderSpeaker(words: DeviceWords) {
    const devices = this.#list.get('audiooutput');
    const hasPrompt = this.#prompt.selectAudioOutput !== undefined;
    if (!('setSinkId' in HTMLMediaElement.prototype) || (!hasPrompt && !devices.length)) return '';
    return html`
      <label>
        ${words.speaker}
        <select part="speaker" @change=${this.#onSpeaker}>
          ${renderOptions(words.standard, devices)}
        </select>
      </label>
      ${
        hasPrompt
          ? html`<button part="other-speaker" @click=${this.#onOtherSpeaker}>
              ${words.otherSpeaker}
            </button>`
          : ''
      }
    `;
  }

  #renderVolume(words: DeviceWords) {
    const {volume = 1} = this.actions ?? {};
    return html`
      <label>
        ${words.volume}
        <input
          part="volume"
          type="range"
          min="0"
          max="1"
          step="0.05"
          aria-valuetext=${`${Math.round(volume * 100)} %`}
          @input=${this.#onVolume}
          @change=${this.#tell}
        />
      </label>
    `;
  }

  /** By hand: what is shown is what is, also where something has been chosen that cannot be had. */
  protected override updated(): void {
    this.#show('microphone', this.#microphoneId);
    this.#show('speaker', this.actions?.player?.sinkId ?? '');
    this.#show('volume', `${this.actions?.volume ?? 1}`);
    const {status} = this.interaction;
    if (status === 'open' && status !== this.#status) this.#list.look(); // It is allowed now.
    this.#status = status;
  }

  /** The first option is the browser's choice: what is not among them is shown as that. */
  #show(part: string, value: string): void {
    const control = this.#find<HTMLSelectElement>(part);
    if (!control) return;
    control.value = value;
    if (control.selectedIndex === -1) control.selectedIndex = 0;
  }

  /** The one that is coming, or heard; without a conversation, the one that is to be. */
  get #microphoneId(): string {
    const chosen = this.actions?.microphoneId ?? '';
    const heard = this.actions?.microphone?.getSettings().deviceId;
    return this.#coming ?? (chosen && (heard ?? chosen));
  }

  #find<E extends HTMLElement>(part: string): E | null {
    return this.renderRoot.querySelector<E>(`[part=${part}]`);
  }

  /** A chosen device that comes back is used again; a speaker that has gone would be silent. */
  #follow(kind: DeviceKind, deviceId: string, isThere: boolean): void {
    const {actions} = this;
    if (!actions) return;
    const {microphoneId, speakerId, stream, player, microphone} = actions;
    if (kind === 'audiooutput') {
      const isUsed = deviceId === (isThere ? speakerId : player?.sinkId);
      if (isUsed) player?.setSinkId(isThere ? deviceId : '').catch(() => {});
    } else if (isThere && deviceId === microphoneId && !stream) {
      const heard = microphone?.getSettings().deviceId;
      if (!heard || heard === deviceId) return;
      actions.setMicrophone(deviceId).then(
        () => this.requestUpdate(),
        () => {}, // The one that there is goes on.
      );
    }
  }

  readonly #onToggle = ({newState}: ToggleEvent) => {
    this.#isRefused = false;
    this.requestUpdate();
    if (newState !== 'open') return;
    this.#list.look();
    this.#find('microphone')?.focus();
  };

  /** Closes the menu alone, no panel around it. By hand: Chromium gives the focus to nobody. */
  readonly #onKey = (event: KeyboardEvent) => {
    const menu = this.#find('menu');
    if (event.key !== 'Escape' || !menu?.matches(':popover-open')) return;
    event.preventDefault();
    menu.hidePopover();
    this.#find('button')?.focus();
  };

  readonly #onMicrophone = async ({target}: Event) => {
    const {value} = target as HTMLSelectElement;
    this.#coming = value;
    await this.#change(async () => this.actions?.setMicrophone(value));
    if (this.#coming === value) this.#coming = undefined;
    this.requestUpdate();
  };

  readonly #onSpeaker = ({target}: Event) =>
    this.#change(() => this.#setSpeaker((target as HTMLSelectElement).value));

  readonly #onOtherSpeaker = () =>
    this.#change(async () => {
      const chosen = await this.#prompt.selectAudioOutput?.();
      if (chosen) await this.#setSpeaker(chosen.deviceId);
      this.#list.look();
    });

  async #setSpeaker(speakerId: string): Promise<void> {
    await this.actions?.player?.setSinkId(speakerId);
    this.#set({speakerId});
  }

  readonly #onVolume = ({target}: Event) =>
    this.#set({volume: (target as HTMLInputElement).valueAsNumber});

  #set(sound: {volume: number} | {speakerId: string}): void {
    if (this.actions) Object.assign(this.actions, sound);
  }

  async #change(choose: () => Promise<void>): Promise<void> {
    this.#isRefused = false;
    this.requestUpdate();
    try {
      await choose();
      this.#tell();
    } catch (error) {
      // Another was chosen meanwhile, or they have changed their mind.
      this.#isRefused = !/^(Abort|NotAllowed)Error$/.test((error as Error).name);
    }
    this.requestUpdate();
  }

  readonly #tell = () =>
    this.dispatchEvent(new Event('deviceschange', {bubbles: true, composed: true}));
}

function renderOptions(standard: string, devices: readonly MediaDeviceInfo[] = []) {
  return html`
    <option value="">${standard}</option>
    ${devices.map(({deviceId, label}) => html`<option value=${deviceId}>${label}</option>`)}
  `;
}
