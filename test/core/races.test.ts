import {
  connect,
  disconnect,
  discardUserResponse,
  sendText,
  sendUserResponse,
  setMuted,
  InteractionError,
} from '../../src/index.js';
import type {ConnectOptions} from '../../src/core/options.js';
import {raceEachSeed, type Race, type Racer} from '../support/race.js';
import {endTrack} from '../support/race-microphone.js';
import {Told} from '../support/told.js';
import {PageError} from '../support/uncaught.js';
import {openFakeMicrophone} from '../support/voice.js';

describe('the SDK keeps its promises, whatever happens in whatever order, in', () => {
  raceEachSeed({episodes: 14, steps: 40}, async race => new Page(race, await openFakeMicrophone()));
});

const SESSIONS = ['one', 'one', 'one', 'one', 'two', 'two', '../three'];

/** A page that talks with the engine by the SDK, as it pleases. */
class Page implements Racer {
  readonly isLost = false;
  readonly #race: Race;
  readonly #players = [document.createElement('video'), document.createElement('audio')];
  readonly #told: Told[] = [];
  /** The page's own, which nobody else may stop. */
  #stream: MediaStream;
  #isStreamEnded = false;

  constructor(race: Race, stream: MediaStream) {
    this.#race = race;
    this.#stream = stream;
  }

  get steps() {
    const {random, engine, microphone} = this.#race;
    return {
      'the page connects': [7, () => this.#connect(this.#session(), this.#options())],
      'all wait': [10, () => this.#race.wait()],
      'the page disconnects': [4, () => void disconnect()],
      'the visitor sends': [2, () => void sendUserResponse()],
      'the visitor discards': [1, () => void discardUserResponse()],
      'the visitor mutes, or unmutes': [3, () => this.#mute()],
      'the visitor writes': [1, () => void sendText('Hello')],
      'the engine says': [8, () => engine.say(random)],
      'the engine ends it': [3, () => engine.leave(random)],
      'the engine is silent': [1, () => void engine.fallSilent(random.below(600))],
      'the engine answers late': [3, () => engine.answerLate()],
      'prompts are, from now on,': [4, () => microphone.change(random)],
      'the visitor answers a prompt': [4, () => microphone.answer(random)],
      'the microphone is pulled out': [1, () => microphone.pullOut()],
      'the page goes away': [1, () => this.#race.leavePage()],
      'the page’s own stream ends': [0.3, () => this.#endStream()],
    } as const;
  }

  async end(): Promise<void> {
    await disconnect();
  }

  async check(): Promise<void> {
    for (const {closes} of this.#told) {
      if (closes === 0) this.#race.complain('a conversation without close');
    }
    const [track] = this.#stream.getAudioTracks();
    if (track?.readyState !== (this.#isStreamEnded ? 'ended' : 'live') || !track.enabled) {
      this.#race.complain('the page’s own stream has been changed');
    }
  }

  async start(): Promise<void> {
    await connect('again', {player: this.#player, engineUrl: this.#race.engine.page.url});
  }

  leave(): void {
    this.#stream.getTracks().forEach(track => track.stop());
  }

  get #player(): HTMLMediaElement {
    return this.#race.random.pick(this.#players);
  }

  #session(): string {
    return this.#race.chances.pick(SESSIONS);
  }

  #options(): ConnectOptions {
    const {chances, engine} = this.#race;
    return {
      player: chances.pick(this.#players),
      engineUrl: engine.page.url,
      stream: chances.chance(0.3) ? this.#stream : undefined,
      mode: chances.pick(['hands-free', 'hands-on', undefined]),
      muted: chances.chance(0.5),
      patience: {restoreMs: 200},
    };
  }

  #connect(session: string, options: ConnectOptions): string {
    const {complain, check, note} = this.#race;
    const told = new Told(complain, 1);
    this.#told.push(told);
    const name = `${this.#told.length}`;
    const start = connect(session, options, (event, data) => {
      note(`(${name}) ${event}`);
      told.hear(event, data);
      check();
      this.#react();
    });
    start.then(
      () => told.hasOpened || complain('connected, but not open'),
      (reason: Error) => {
        if (told.errors[0] ? reason !== told.errors[0] : reason.name !== 'AbortError') {
          complain(`rejected with ${reason.name}, told of ${told.errors[0]?.name}`);
        }
      },
    );
    return `(${name}) ${session}, ${options.stream ? 'with its own stream' : ''}`;
  }

  #mute(): string {
    const muted = this.#race.random.chance(0.4);
    setMuted(muted).catch((reason: Error) => {
      const isOurs = reason instanceof InteractionError || reason.name === 'AbortError';
      if (muted || !isOurs) this.#race.complain(`muting rejected with ${reason.name}`);
    });
    return `${muted}`;
  }

  /** Listeners call back, and throw. */
  #react(): void {
    const {chances, note} = this.#race;
    if (!this.#race.hasReaction(0.08)) return;
    const how = chances.pick(['connect', 'disconnect', 'send', 'throw']);
    note(`which a listener answers by: ${how}`);
    if (how === 'connect') note(this.#connect(this.#session(), this.#options()));
    if (how === 'disconnect') void disconnect();
    if (how === 'send') sendUserResponse();
    if (how === 'throw') throw new PageError();
  }

  #endStream(): void {
    this.#isStreamEnded = true;
    this.#stream.getAudioTracks().forEach(endTrack);
  }
}
