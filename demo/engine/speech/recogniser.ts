import {fileURLToPath} from 'node:url';
import createModule from 'soundswallower';
import {type Pronunciation, readPronunciations} from './dictionary.js';
import {NEW_WORDS, SENTENCES, SOUND_WORDS, SOUNDS, WORDS} from './grammar.js';
import {SAMPLE_RATE} from './types.js';

/** The part of the package's compiled code used here: its own typings lack some and err in others. */
export interface SoundSwallower {
  readonly Decoder: new (config: Readonly<Record<string, string | number | boolean>>) => Decoder;
  readonly Endpointer: new (config: Readonly<Record<string, number>>) => FrameJudge;
  readonly HEAP32: Int32Array;
  _malloc(bytes: number): number;
  /** The best path's text so far; its score is written to the address. */
  _decoder_hyp(decoder: number, scoreAddress: number): number;
}

/** The package's endpointer. Its `end_stream` reads freed memory: do without. */
export interface FrameJudge {
  get_frame_size(): number;
  get_in_speech(): boolean;
  process(frame: Float32Array): Float32Array | null;
}

interface Decoder {
  readonly cdecoder: number;
  initialize(): Promise<void>;
  add_words(...words: readonly Pronunciation[]): void;
  set_grammar(grammar: string): void;
  start(): void;
  stop(): void;
  process_audio(samples: Float32Array, noSearch: boolean, fullUtterance: boolean): number;
  get_text(): string;
  get_alignment(): {readonly w: readonly {readonly t: string; readonly d: number}[]};
}

/**
 * How far a sentence's score may stay behind that of the same seconds heard as arbitrary sounds, in
 * the decoder's units, per second of its words. A grammar fits everything it hears to something in
 * it; this is what tells a question from other speech. Of 96 questions in three
 * voices all are above, of 60 other sentences six, which sound like a question.
 */
const LEAST_SCORE_PER_SECOND = -2000;

/**
 * Every state is scored in each frame, or the scores of two grammars could not be compared. A rate
 * other than the model's makes every call fail. There is no dictionary but the words added.
 */
const SCORING = {loglevel: 'FATAL', samprate: SAMPLE_RATE, compallsen: true, dict: 'none'};

/** Noise models must not swallow what the grammar has no words for. */
const SENTENCE_SEARCH = {...SCORING, fillprob: 1e-30};

/** Only the score matters here: a narrow search is enough and twice as fast. */
const SOUND_SEARCH = {...SCORING, beam: 1e-25, pbeam: 1e-25, wbeam: 1e-20};

const MODELS = new URL('./model/', import.meta.resolve('soundswallower'));

/** The compiled recogniser. */
export async function loadSoundSwallower(): Promise<SoundSwallower> {
  const options: object = {modelBase: fileURLToPath(MODELS)};
  const module: unknown = await createModule(options);
  return module as SoundSwallower;
}

const knownWords = readPronunciations(new URL('en-us/dict.txt', MODELS), WORDS);

/**
 * Recognises the guide's questions, one utterance at a time. Two decoders hear the same: one knows
 * nothing but the questions, the other takes any sequence of sounds.
 */
export class Recogniser {
  static async create(module: SoundSwallower): Promise<Recogniser> {
    return new Recogniser(
      module,
      await createDecoder(
        module,
        SENTENCE_SEARCH,
        [...(await knownWords), ...NEW_WORDS],
        SENTENCES,
      ),
      await createDecoder(module, SOUND_SEARCH, SOUND_WORDS, SOUNDS),
    );
  }

  readonly #module: SoundSwallower;
  readonly #sentences: Decoder;
  readonly #sounds: Decoder;
  readonly #scoreAddress: number;
  #seconds = 0;

  private constructor(module: SoundSwallower, sentences: Decoder, sounds: Decoder) {
    this.#module = module;
    this.#sentences = sentences;
    this.#sounds = sounds;
    this.#scoreAddress = module._malloc(Int32Array.BYTES_PER_ELEMENT);
  }

  begin(): void {
    this.#seconds = 0;
    this.#sentences.start();
    this.#sounds.start();
  }

  hear(samples: Float32Array): void {
    this.#seconds += samples.length / SAMPLE_RATE;
    this.#sentences.process_audio(samples, false, false);
    this.#sounds.process_audio(samples, false, false);
  }

  /** What the utterance has been so far, where it makes sense already. */
  soFar(): string {
    return this.#isLikely(this.#seconds) ? this.#sentences.get_text() : '';
  }

  /** What the utterance was; empty where it was none of the questions. */
  end(): string {
    this.#sentences.stop();
    this.#sounds.stop();
    const text = this.#sentences.get_text();
    if (text === '') return '';
    return this.#isLikely(secondsOfWords(this.#sentences)) ? text : '';
  }

  #isLikely(seconds: number): boolean {
    const behind = this.#score(this.#sentences) - this.#score(this.#sounds);
    return behind > LEAST_SCORE_PER_SECOND * seconds;
  }

  #score(decoder: Decoder): number {
    this.#module._decoder_hyp(decoder.cdecoder, this.#scoreAddress);
    return this.#module.HEAP32[this.#scoreAddress >> 2] ?? 0;
  }
}

async function createDecoder(
  module: SoundSwallower,
  config: Readonly<Record<string, string | number | boolean>>,
  words: readonly Pronunciation[],
  grammar: string,
): Promise<Decoder> {
  const decoder = new module.Decoder(config);
  await decoder.initialize();
  decoder.add_words(...words);
  decoder.set_grammar(grammar);
  return decoder;
}

/** Silence and noise stand between the words in angle, square and round brackets. */
function secondsOfWords(decoder: Decoder): number {
  return decoder
    .get_alignment()
    .w.filter(({t}) => /^\w/.test(t))
    .reduce((seconds, {d}) => seconds + d, 0);
}
