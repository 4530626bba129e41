import {css, html, nothing, type PropertyValues} from 'lit';
import type {InteractionError} from '../core/errors.js';
import {checkText} from '../core/options.js';
import {engines} from '../core/registry.js';
import {isLive, type InteractionStatus} from '../core/state.js';
import type {TranscriptLine} from '../core/transcript.js';
import {BeforeConnectEvent} from './before-connect-event.js';
import {Consent} from './consent.js';
import {InteractionProvider} from './interaction-context.js';
import {InteractionController} from './interaction-controller.js';
import {InteractionDispatcher} from './interaction-events.js';
import {InteractionSettings} from './interaction-settings.js';
import {addWords, LanguageController} from './language.js';
import {layoutStyles} from './layout-styles.js';
import {renderConsent, renderLauncher, renderLayout} from './layouts.js';
import {DiaruptPart} from './part.js';
import {stateShower} from './states.js';
import {buttonStyles, partStyles, tokenStyles} from './styles.js';
import {troubleOf} from './words.js';

/**
 * A conversation with an AI, face to face or by voice. Lays its parts out by itself; given
 * children, it shows those instead. Never starts by itself: a microphone prompt needs a person.
 *
 * @customElement diarupt-interaction
 * @slot - Parts and whatever else, in place of the default layout.
 * @slot consent - What the visitor is asked to agree to before the first conversation.
 * @csspart panel - All but the launcher of the floating layout.
 * @csspart launcher - The button of the floating layout, which shows and hides the panel.
 * @csspart layout - The box around the default layout.
 * @csspart consent - The box around the question for consent.
 * @cssState idle
 * @cssState connecting
 * @cssState open
 * @cssState reconnecting
 * @cssState closed
 * @cssState failed - Closed by an error.
 * @cssState hands-free
 * @cssState hands-on
 * @cssState talking - Hands-on: the visitor's turn.
 * @cssState muted
 * @cssState listening
 * @cssState thinking
 * @cssState speaking
 * @cssState unheard - The visitor talks while muted.
 * @cssState silent - Nothing comes from the microphone while it is the visitor's turn.
 * @cssproperty [--diarupt-accent=#4f46e5] - The one colour to brand it with.
 * @cssproperty [--diarupt-on-accent=#fff] - Text and icons on the accent.
 * @cssproperty [--diarupt-radius=1.25rem] - The roundness of the box.
 * @cssproperty --diarupt-user-level - Set by the element for whatever is in it: how loud the visitor
 *   is who is heard, from 0 to 1.
 * @cssproperty --diarupt-assistant-level - The same of the AI's voice.
 * @fires {CustomEvent<string>} open - The data channel is open: the AI is ready.
 * @fires {CustomEvent<null>} user-started-talking - Hands-on: the visitor starts to talk.
 * @fires {CustomEvent<null>} user-stopped-talking - Hands-on: the response is on its way.
 * @fires {CustomEvent<Transcript>} transcript - A line, interim or whole, of either party.
 * @fires {CustomEvent<Error>} error - The connection or the interaction failed.
 * @fires {CustomEvent<string>} close - The connection is closed; the reason.
 * @fires {CustomEvent<{event: string, data: unknown}>} interaction-event - An event that the
 *   engine invented.
 * @fires {BeforeConnectEvent} beforeconnect - A conversation is about to start. Cancelable; by
 *   `event.waitUntil(promise)` it starts when that is fulfilled, and does not where it is rejected.
 * @fires {CustomEvent<{text: string | null}>} beforesend - The visitor's response is about to be
 *   sent; `text` where it was typed. Cancelable: what is held back can be sent later.
 * @fires {CustomEvent<InteractionStatus>} statechange - The status has changed.
 */
export class DiaruptInteraction extends InteractionSettings {
  static override styles = [tokenStyles, partStyles, buttonStyles, layoutStyles];

  /** The package's version. */
  static readonly version: string = '0.1.0';

  /** @internal */
  static readonly kit = {css, html, DiaruptPart};

  /** The engines by name; one whose file comes with the visitor's first start is early enough. */
  static readonly engines = engines;

  /** Adds a language for all elements, by the `lang` in it (BCP 47). */
  static readonly addWords = addWords;

  readonly #showStates = stateShower(this.attachInternals().states);
  readonly #consent = new Consent(this, () => this.requestUpdate());
  readonly #provider = new InteractionProvider(this);
  readonly #dispatcher = new InteractionDispatcher(this);
  readonly #language = new LanguageController(this, words => this.#provider.change({words}));
  readonly #controller = new InteractionController(this, this.#provider, {
    next: this.#dispatcher.tell,
    onStatus: this.#dispatcher.tellStatus,
  });
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasAttribute('api-key')) {
      console.warn('<diarupt-interaction> reads no api-key: keep it on your server.');
    }
  }

  /** Another document is another page: the microphone was allowed for the one before. */
  override adoptedCallback(): void {
    super.adoptedCallback();
    void this.disconnect();
  }

  /** Keeps the conversation where the browser can move an element without taking it out. */
  connectedMoveCallback(): void {
    this.#language.choose();
  }

  /** What the visitor does with their turn, while there is a conversation. */
  get #turns() {
    return this.#controller.interaction?.turns;
  }

  get #state() {
    return this.#provider.value.state;
  }

  /** Where the conversation stands. */
  get status(): InteractionStatus {
    return this.#state.status;
  }

  /** What both have said, oldest first. */
  get transcript(): readonly TranscriptLine[] {
    return this.#state.transcript;
  }

  /** Why the last conversation failed; `null` where it did not. */
  get error(): InteractionError | null {
    return this.#state.status === 'closed' ? this.#state.error : null;
  }

  /** The microphone while it is open, muted or not, to look at how loud it is. */
  get microphone(): MediaStreamTrack | undefined {
    return this.#controller.interaction?.microphone;
  }

  /**
   * Starts the conversation, or continues it. Settles when the AI is ready; rejects with an
   * `InteractionError`, or with an `AbortError` where it was ended first.
   */
  connect(): Promise<void> {
    if (this.isConnected) this.performUpdate(); // What was set just now counts.
    const event = new BeforeConnectEvent();
    const mayStart = isLive(this.#state) || this.dispatchEvent(event);
    // Also where a listener has just started it.
    if (isLive(this.#state)) return this.#controller.connected;
    if (!mayStart) {
      return Promise.reject(new DOMException('The page prevented it.', 'AbortError'));
    }
    const waits = [event.waits, this.#consent.ask() ?? []].flat();
    return this.#controller.connect(waits.length > 0 ? () => Promise.all(waits) : undefined);
  }

  /** Ends the conversation, or its start; the session is paused. */
  disconnect(): Promise<void> {
    return this.#controller.disconnect();
  }

  /** Hands-on: sends the visitor's response now. Whether there was one to send. */
  sendUserResponse(): boolean {
    return !!this.#turns?.canSend && this.#dispatcher.maySend(null) && this.#turns.send();
  }

  /** Hands-on: drops what the visitor has said in this turn. Whether there was any. */
  discardUserResponse(): boolean {
    return !!this.#turns?.discard();
  }

  /** Hands-on: gives the visitor, who is thinking, the whole time again. Whether there was a limit. */
  keepUserTurn(): boolean {
    return !!this.#turns?.keep();
  }

  /**
   * Says it for the visitor, in writing. Whether it was sent. Throws an `InteractionError` where it
   * is longer than 4,096 characters.
   */
  sendText(text: string): boolean {
    const isSomething = this.status === 'open' && checkText(text) !== '';
    return isSomething && this.#dispatcher.maySend(text) && !!this.#turns?.sendText(text);
  }

  /**
   * Hears the visitor from that microphone from now on, without asking anew for more, and at the next
   * start. Settles when it is so; rejects with an `InteractionError` where it cannot be had, and keeps
   * the one before.
   */
  async setMicrophone(deviceId: string): Promise<void> {
    await this.#controller.interaction?.setMicrophone(deviceId);
    this.microphoneId = deviceId;
  }

  /** Hands-on, `hands-on-control="hold"`: the visitor is heard from now on. */
  hold(): void {
    this.#turns?.hold();
  }

  /** Hands-on: what was said while it was held is sent, when its last syllable has been heard. */
  async release(): Promise<void> {
    if (await this.#turns?.release()) this.sendUserResponse();
  }

  /** Starts the sound that the browser held back; call it when the visitor has pressed something. */
  resumePlayback(): void {
    this.#controller.interaction?.resumePlayback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('words')) this.#language.choose();
    if (changed.size > 0) this.#controller.applySettings();
    if (this.status !== 'connecting') this.#consent.forget();
    // No dead end for who cannot be heard.
    if (/^(microphone|blocked|insecure)/.test(troubleOf(this.#state) ?? '')) this.textInput = true;
    this.#showStates(this.#state);
  }

  protected override render() {
    const {isAsked} = this.#consent;
    const {state, words} = this.#provider.value;
    const isFloating = this.layout === 'floating';
    const hasParts = [...this.children].some(child => !child.slot);
    return html`
      ${isFloating ? renderLauncher(words, isLive(state), this.expanded, this.#toggle) : nothing}
      <div
        part="panel"
        class="panel"
        ?hidden=${isFloating && !this.expanded}
        @keydown=${this.#onKey}
      >
        ${isAsked ? renderConsent(words, this.#agree, this.#disagree) : nothing}
        <div class="content" ?hidden=${isAsked}>
          <slot ?hidden=${!hasParts} @slotchange=${() => this.requestUpdate()}></slot>
          ${hasParts ? nothing : renderLayout(this.textInput)}
        </div>
      </div>
    `;
  }

  protected override updated(): void {
    const consent = this.renderRoot.querySelector<HTMLElement>('.consent');
    if (consent && !consent.matches(':focus-within')) consent.focus();
  }

  readonly #agree = async () => {
    this.#consent.agree();
    await this.updateComplete;
    this.renderRoot.querySelector('diarupt-call-button')?.focus();
  };

  readonly #disagree = () => void this.disconnect();

  readonly #toggle = () => void this.#expand(!this.expanded);

  readonly #onKey = ({key, defaultPrevented}: KeyboardEvent) => {
    const closes = key === 'Escape' && !defaultPrevented && this.layout === 'floating';
    if (closes) void this.#expand(false);
  };

  /** The focus goes where the visitor goes: into the panel, and back to its button. */
  async #expand(expanded: boolean): Promise<void> {
    this.expanded = expanded;
    await this.updateComplete;
    const target = expanded ? 'diarupt-call-button' : '.launcher';
    this.renderRoot.querySelector<HTMLElement>(target)?.focus();
  }
}
