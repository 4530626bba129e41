import type {Holdings} from './holdings.js';
import {task, type Random} from './random.js';
import {openFakeMicrophone, restoreMicrophone} from './voice.js';

type Prompts = 'granted' | 'held' | 'refused';

const REFUSALS = ['NotAllowedError', 'NotFoundError', 'NotReadableError', 'AbortError'];

/**
 * The browser's fake microphone behind a prompt that is answered at once, late or never, by a
 * refusal or by the microphone, which may end in the middle of a conversation.
 */
export class RaceMicrophone {
  /** What becomes of the next prompts. */
  #prompts: Prompts = 'granted';
  readonly #holdings: Holdings;
  readonly #chances: Random;
  readonly #held: ((answer: 'granted' | 'refused') => void)[] = [];
  readonly #given: MediaStreamTrack[] = [];
  #underWay = 0;

  constructor(holdings: Holdings, chances: Random) {
    this.#holdings = holdings;
    this.#chances = chances;
    const state = () => (this.#prompts === 'granted' ? 'granted' : 'prompt');
    navigator.permissions.query = async () => ({state: state()}) as PermissionStatus;
    navigator.mediaDevices.getUserMedia = () => this.#ask();
  }

  /** Decides what becomes of the next prompts. */
  change(random: Random): Prompts {
    return (this.#prompts = random.weigh({granted: 6, held: 2, refused: 1}));
  }

  /** Answers the prompt that has been held for longest. */
  answer(random: Random): string {
    const answer = random.weigh({granted: 4, refused: 1});
    this.#held.shift()?.(answer);
    return answer;
  }

  /** Pulls the last microphone out. */
  pullOut(): void {
    const track = this.#given.findLast(({readyState}) => readyState === 'live');
    if (track) endTrack(track);
  }

  /** Grants what is still asked for, late as it is; settles when all of it has been given. */
  async grantAll(): Promise<void> {
    this.#prompts = 'granted';
    for (const answer of this.#held.splice(0)) answer('granted');
    while (this.#underWay > 0) await task();
  }

  restore(): void {
    restoreMicrophone();
  }

  async #ask(): Promise<MediaStream> {
    const answer =
      this.#prompts === 'held'
        ? await new Promise<'granted' | 'refused'>(resolve => this.#held.push(resolve))
        : this.#prompts;
    if (answer === 'refused') throw new DOMException('no', this.#chances.pick(REFUSALS));
    this.#underWay += 1;
    const stream = await openFakeMicrophone();
    void this.#remember(stream);
    return stream;
  }

  /** Whoever has asked gets it first: until then, nobody else can stop it. */
  async #remember(stream: MediaStream): Promise<void> {
    await task();
    for (const track of stream.getTracks()) {
      this.#given.push(track);
      this.#holdings.add(track);
    }
    this.#underWay -= 1;
  }
}

/** As it is where a microphone is pulled out: a track that is stopped tells of no end. */
export function endTrack(track: MediaStreamTrack): void {
  track.stop();
  track.dispatchEvent(new Event('ended'));
}
