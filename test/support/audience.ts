import {INTERACTION_EVENTS, isInteractionEvent} from '../../src/core/events.js';
import type {InteractionError} from '../../src/core/errors.js';
import type {TranscriptLine} from '../../src/core/transcript.js';
import type {DiaruptInteraction} from '../../src/element.js';
import {pause} from './random.js';
import type {Race} from './race.js';
import {Told} from './told.js';
import {PageError} from './uncaught.js';

const EVENTS = [...INTERACTION_EVENTS, 'interaction-event'] as const;

/** Whoever listens to an element, and holds what it tells and shows against what was promised. */
export class Audience {
  readonly #race: Race;
  readonly #element: DiaruptInteraction;
  readonly #told: Told;
  readonly #byNext: string[] = [];
  readonly #byEvents: string[] = [];
  #status = 'idle';
  /** The session of the last start, and what was said of it, as far as it is whole. */
  #session: string | null | undefined;
  #lines: readonly TranscriptLine[] = [];

  /** `react` is what a listener does; it may call back, or throw a `PageError`. */
  constructor(race: Race, element: DiaruptInteraction, react: () => void) {
    this.#race = race;
    this.#element = element;
    this.#told = new Told(race.complain);
    element.next = (event, data) => {
      race.note(event);
      if (!this.#isTrifle(event, data)) this.#told.hear(event, data);
      this.#byNext.push(isInteractionEvent(event) ? event : 'interaction-event');
      this.#look();
      react();
    };
    const reactQuietly = () => {
      try {
        react();
      } catch (error) {
        if (!(error instanceof PageError)) throw error;
      }
    };
    for (const name of EVENTS) {
      element.addEventListener(name, () => {
        this.#byEvents.push(name);
        reactQuietly();
      });
    }
    element.addEventListener('statechange', ({detail}) => {
      race.note(`status: ${detail}`);
      this.#look();
      reactQuietly();
    });
    // Whoever listens after one that calls back.
    element.addEventListener('statechange', ({detail}) => void (this.#status = detail));
    element.addEventListener('beforeconnect', () => {
      reactQuietly();
      this.#expectTranscript();
    });
  }

  /** What holds when nothing is under way. */
  async check(): Promise<void> {
    const {interactions} = this.#race;
    const {status, muted, mode} = this.#element;
    const {errors, closes} = this.#told;
    this.#hold(closes === interactions.begun, `${interactions.begun} begun, ${closes} closed`);
    const isTold = interactions.errors.every(error => errors.includes(error));
    this.#hold(
      isTold && errors.length === interactions.errors.length,
      'not each error is told once',
    );
    this.#hold(this.#byNext.join() === this.#byEvents.join(), 'next and the events differ');
    this.#hold(this.#status === status, `${this.#status} is told last, and it is ${status}`);
    await this.#element.updateComplete;
    await pause(20);
    this.#hold(this.#shows('mic-button', 'aria-pressed', muted), 'it is not muted as shown');
    this.#hold(this.#shows('mode-toggle', 'aria-checked', mode === 'hands-on'), 'nor the mode');
  }

  /** That they cannot unmute ends nothing. */
  #isTrifle(event: string, data: unknown): boolean {
    const isOfMicrophone = /^(microphone|blocked)/.test(
      (data as InteractionError | null)?.code ?? '',
    );
    return event === 'error' && isOfMicrophone && !this.#race.interactions.isFatal(data);
  }

  #hold(what: boolean, otherwise: string): void {
    if (!what) this.#race.complain(otherwise);
  }

  /** Each whole line that was there is still there. */
  #look(): void {
    this.#race.check();
    const {transcript} = this.#element;
    for (const {id, content} of this.#lines) {
      const now = transcript.find(line => line.id === id);
      this.#hold(now?.content.startsWith(content) === true, `“${content}” is lost`);
    }
    this.#lines = transcript.filter(({complete}) => complete);
  }

  /** Another session has another transcript, as has one that is yet to be created. */
  #expectTranscript(): void {
    const {sessionId} = this.#element;
    if (sessionId === null || sessionId !== this.#session) this.#lines = [];
    this.#session = sessionId;
  }

  #shows(part: string, attribute: string, isOn: boolean): boolean {
    const shown = this.#element.renderRoot.querySelector(`diarupt-${part}`)?.shadowRoot;
    return shown?.querySelector('button')?.getAttribute(attribute) !== `${!isOn}`;
  }
}
