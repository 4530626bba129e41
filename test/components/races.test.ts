import '../../src/element.js';
import {Audience} from '../support/audience.js';
import {raceEachSeed, type Race, type Racer} from '../support/race.js';
import type {Random} from '../support/random.js';
import {PageError} from '../support/uncaught.js';
import {Whereabouts} from '../support/whereabouts.js';

describe('the element keeps its promises, whatever happens in whatever order, in', () => {
  raceEachSeed({episodes: 14, steps: 40}, async race => new Site(race));
});

const SESSIONS = ['one', 'one', 'two', 'two', null, null, '../three'];

const CHILDREN = [
  '',
  '<diarupt-call-button></diarupt-call-button><diarupt-player></diarupt-player>',
  '<p>Talk to us</p><diarupt-call-button></diarupt-call-button>',
  '<p slot="consent">Do you agree?</p>',
];

/** A page with the element in it, and its visitor. */
class Site implements Racer {
  readonly #race: Race;
  readonly #element = document.createElement('diarupt-interaction');
  readonly #where = new Whereabouts(this.#element);
  readonly #audience: Audience;
  /** What the page does before a start, from now on, and what it is still busy with. */
  #before: 'nothing' | 'prevent' | 'wait' = 'nothing';
  readonly #busy: ((isReady: boolean) => void)[] = [];

  constructor(race: Race) {
    this.#race = race;
    this.#element.sessionId = 'one';
    this.#element.textInput = true;
    this.#element.engineUrl = race.engine.page.url;
    this.#element.getSession = async () => {
      await this.#wait();
      return 'created';
    };
    this.#audience = new Audience(race, this.#element, () => this.#react());
    this.#element.addEventListener('beforeconnect', event => {
      if (this.#before === 'prevent') event.preventDefault();
      if (this.#before === 'wait') event.waitUntil(this.#wait());
    });
  }

  get isLost(): boolean {
    return this.#where.isLost;
  }

  get steps() {
    const {random, engine, microphone} = this.#race;
    return {
      'all wait': [10, () => this.#race.wait()],
      'the visitor presses the call button': [3, () => this.#press('call-button')],
      'the visitor presses the microphone': [3, () => this.#press('mic-button')],
      'the visitor changes the mode': [3, () => this.#press('mode-toggle')],
      'the visitor responds': [3, () => this.#respond(random)],
      'the visitor types': [2, () => this.#type()],
      'the visitor answers the question for consent': [1, () => this.#consent(random)],
      'the visitor answers a prompt': [4, () => microphone.answer(random)],
      'prompts are, from now on,': [3, () => microphone.change(random)],
      'the microphone is pulled out': [1, () => microphone.pullOut()],
      'the page connects': [8, () => this.#connect()],
      'the page disconnects': [2, () => void this.#element.disconnect()],
      'the page gives another session': [1, () => this.#giveSession(random)],
      'the page changes a setting': [3, () => this.#change(random)],
      'the page will, before a start,': [1, () => this.#changeBefore(random)],
      'the page is ready': [2, () => this.#busy.shift()?.(random.chance(0.8))],
      'the page moves it': [3, () => this.#where.move(random)],
      'the page removes it': [0.7, () => this.#where.remove(random)],
      'the page puts it back': [3, () => this.#where.comeBack()],
      'the page gives it to a frame': [0.4, () => this.#where.adopt()],
      'the page removes its frames': [0.4, () => this.#where.removeFrames()],
      'the page goes away': [0.5, () => this.#race.leavePage()],
      'the engine says': [8, () => engine.say(random)],
      'the engine ends it': [3, () => engine.leave(random)],
      'the engine is silent': [1, () => void engine.fallSilent(random.below(600))],
      'the engine answers late': [3, () => engine.answerLate()],
    } as const;
  }

  async end(): Promise<void> {
    for (const ready of this.#busy.splice(0)) ready(true);
    await this.#element.disconnect();
  }

  async check(): Promise<void> {
    if (!this.isLost) this.#where.comeBack();
    await this.#audience.check();
  }

  async start(): Promise<void> {
    this.#before = 'nothing';
    this.#where.comeBack();
    this.#element.replaceChildren();
    this.#element.sessionId = 'again';
    this.#element.handsOnTimeout = 5000;
    await this.#element.connect();
  }

  leave(): void {
    this.#where.leave();
  }

  /** Until the page is ready; it may turn out not to be able to. */
  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#busy.push(isReady => (isReady ? resolve() : reject(new Error('not today'))));
    });
  }

  /** What a listener does, some time. */
  #react(): void {
    const {chances, note} = this.#race;
    if (!this.#race.hasReaction(0.04)) return;
    const acts = {
      connect: () => this.#connect(),
      disconnect: () => void this.#element.disconnect(),
      'press the call button': () => this.#press('call-button'),
      'move it': () => this.#where.move(chances),
      'remove it': () => this.#where.remove(chances),
      'give another session': () => this.#giveSession(chances),
      'change a setting': () => this.#change(chances),
    };
    const how = chances.pick(Object.keys(acts) as (keyof typeof acts)[]);
    note(`which makes a listener ${how}`);
    note(acts[how]() ?? '');
    if (chances.chance(0.3)) throw new PageError();
  }

  #connect(): void {
    this.#element.connect().catch(() => {}); // What it tells of it is looked at.
  }

  #press(part: string, selector = 'button'): void {
    this.#find(`diarupt-${part}`)?.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
  }

  #find(selector: string): Element | null {
    return (
      this.#element.renderRoot.querySelector(selector) ?? this.#element.querySelector(selector)
    );
  }

  #respond(random: Random): string {
    const how = random.pick(['send', 'keep', 'discard', 'hold', 'let go', 'write']);
    if (how === 'write') this.#element.sendText('Hello');
    else if (how === 'keep' || how === 'discard') this.#press('response-button', `[part=${how}]`);
    else if (how === 'send') this.#press('response-button');
    else {
      const button = this.#find('diarupt-response-button')?.shadowRoot?.querySelector('.send');
      const type = how === 'hold' ? 'keydown' : 'keyup';
      button?.dispatchEvent(new KeyboardEvent(type, {key: ' ', bubbles: true}));
    }
    return how;
  }

  #type(): void {
    const field = this.#find('diarupt-text-input')?.shadowRoot?.querySelector('textarea');
    if (!field) return;
    field.value = 'Hello';
    field.form?.requestSubmit();
  }

  #consent(random: Random): string {
    const how = random.chance(0.7) ? 'agrees' : 'does not';
    const selector = `.consent .buttons :${how === 'agrees' ? 'first' : 'last'}-child`;
    this.#element.renderRoot.querySelector<HTMLElement>(selector)?.click();
    return how;
  }

  #giveSession(random: Random): string {
    this.#element.sessionId = random.pick(SESSIONS);
    return `${this.#element.sessionId}`;
  }

  #change(random: Random): string {
    const element = this.#element;
    const acts = {
      muted: () => (element.muted = random.chance(0.5)),
      mode: () => (element.mode = random.pick(['hands-on', 'hands-free'])),
      timeout: () => (element.handsOnTimeout = random.pick([700, 5000, Infinity])),
      control: () => (element.handsOnControl = random.pick(['hold', 'tap'])),
      'audio-only': () => (element.audioOnly = random.chance(0.5)),
      layout: () => (element.layout = random.pick(['floating', 'bar', null])),
      children: () => (element.innerHTML = random.pick(CHILDREN)),
    };
    const what = random.pick(Object.keys(acts) as (keyof typeof acts)[]);
    return `${what}: ${acts[what]()}`;
  }

  #changeBefore(random: Random): string {
    return (this.#before = random.weigh({nothing: 3, prevent: 1, wait: 2}));
  }
}
