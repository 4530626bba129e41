import {
  SAMPLE_RATE,
  type Ear,
  type EarListener,
  type Speech,
  type Utterance,
} from '../speech/types.js';

const FRAME = SAMPLE_RATE / 100;
const LOUD = 1_000;
const STARTING_FRAMES = 5;
const STOPPING_FRAMES = 15;

/** Zero crossings a second above which a tone is a noise that nobody understands. */
const NOISE_CROSSINGS = 3_000;

const WORD_SECONDS = 0.2;

/** A tone, as loud as a voice. */
export function tone(hertz: number, seconds: number): Int16Array {
  return Int16Array.from({length: SAMPLE_RATE * seconds}, (_, i) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE)),
  );
}

/** Hears each tone as the word `beep`, and high ones as speech that cannot be understood. */
class ToneEar implements Ear {
  readonly #listener: EarListener;
  #pending: number[] = [];
  #loud = 0;
  #quiet = STOPPING_FRAMES;
  #talking = false;
  #beeps = 0;
  #noises = 0;

  constructor(listener: EarListener) {
    this.#listener = listener;
  }

  listen(samples: Int16Array): void {
    this.#pending.push(...samples);
    while (this.#pending.length >= FRAME) this.#hear(this.#pending.splice(0, FRAME));
  }

  async take(): Promise<{text: string} | null> {
    const [beeps, noises] = [this.#beeps, this.#noises];
    this.discard();
    if (beeps > 0) return {text: Array.from({length: beeps}, () => 'beep').join(' ')};
    return noises > 0 ? {text: ''} : null;
  }

  discard(): void {
    this.#beeps = 0;
    this.#noises = 0;
    this.#talking = false;
    // The rest of a tone, still on its way, is no new one.
    if (this.#loud > 0) this.#loud = STARTING_FRAMES;
  }

  close(): void {
    this.listen = () => undefined;
  }

  #hear(frame: number[]): void {
    const loud = frame.some(sample => Math.abs(sample) > LOUD);
    this.#loud = loud ? this.#loud + 1 : 0;
    this.#quiet = loud ? 0 : this.#quiet + 1;
    // A tone with a gap in it, as packets leave that come late, is one.
    if (this.#loud === STARTING_FRAMES && !this.#talking) {
      this.#talking = true;
      this.#listener.speechStarted();
      this.#understand(frame);
    }
    if (this.#quiet === STOPPING_FRAMES && this.#talking) {
      this.#talking = false;
      this.#listener.speechStopped();
    }
  }

  #understand(frame: number[]): void {
    const crossings = frame.filter((sample, i) => sample < 0 !== (frame[i - 1] ?? sample) < 0);
    if (crossings.length * 100 > NOISE_CROSSINGS) {
      this.#noises += 1;
    } else {
      this.#beeps += 1;
      this.#listener.words(Array.from({length: this.#beeps}, () => 'beep').join(' '));
    }
  }
}

function utter(sentence: string): Utterance {
  const words = sentence.split(' ').map((text, i) => ({text, start: i * WORD_SECONDS}));
  const mouth = words.map(({start}) => ({start, open: 0.5, wide: 0.5}));
  return {samples: tone(440, words.length * WORD_SECONDS), words, mouth};
}

/** Speech that takes no time to understand or to make: only turns, lines and audio are real. */
export function toneSpeech({
  greeting,
  voiceFails = false,
}: {
  greeting?: string;
  voiceFails?: boolean;
} = {}): Speech {
  return {
    ear: async listener => new ToneEar(listener),
    voice: {
      async speak(sentence, signal) {
        signal.throwIfAborted();
        if (voiceFails) throw new Error('The voice is gone.');
        return utter(sentence);
      },
    },
    mind: () => ({
      greeting: () => greeting,
      async *answer(history, understood) {
        const said = history.at(-1)?.content ?? '';
        yield understood ? `I heard ${said}.` : 'I heard nothing I know.';
        yield 'This is line number two of it.';
      },
    }),
    close: async () => undefined,
  };
}

/** Notices nothing by itself, but knows what was said when it is asked. */
export function absentSpeech(): Speech {
  const speech = toneSpeech();
  const nobody: EarListener = {speechStarted() {}, words() {}, speechStopped() {}};
  return {...speech, ear: () => speech.ear(nobody)};
}
