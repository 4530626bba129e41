import {invalid} from './errors.js';
import type {Engine} from './link.js';
import {liveTrack} from './microphone.js';
import {PATIENCE, type Patience} from './patience.js';
import {engines} from './registry.js';
import {secureUrl} from './secure-url.js';
import type {HandsOnControl, Mode} from './state.js';

/** How a conversation is held. */
export interface ConnectOptions {
  /** Plays the AI: a video element for voice and face, an audio element for voice alone. */
  player: HTMLMediaElement;
  /** The visitor's voice. It stays the caller's and is never stopped; without one we ask. */
  stream?: MediaStream | undefined;
  /** The device that we ask for, where it is there; empty: the browser's choice. */
  microphoneId?: string | undefined;
  mode?: Mode | undefined;
  /** No face is asked for; as it is with an audio element. */
  audioOnly?: boolean | undefined;
  /** Hands-on: milliseconds of silence after which the response goes; `Infinity`: never. */
  handsOnTimeout?: number | undefined;
  /** @internal What the element's button does. */
  handsOnControl?: HandsOnControl | undefined;
  /** The engine: Diarupt's, another one by its name, or one of your own. */
  engine?: string | Engine | null | undefined;
  /** The engine's address, `https:` (or `http:` on loopback). */
  engineUrl?: string | null | undefined;
  /**
   * Whether nothing is heard of the visitor, from the first packet on. Without a `stream`, they are not
   * asked for the microphone before they unmute.
   */
  muted?: boolean | undefined;
  /** @internal What the tests of a hanging engine need. */
  patience?: Partial<Patience> | undefined;
}

/** Options that can be used as they are. */
export interface ResolvedOptions {
  readonly player: HTMLMediaElement;
  readonly audioOnly: boolean;
  readonly stream: MediaStream | null;
  readonly microphoneId: string;
  readonly mode: Mode;
  readonly handsOnTimeout: number;
  readonly handsOnControl: HandsOnControl;
  readonly engine: Engine;
  readonly engineUrl: URL | null;
  readonly muted: boolean;
  readonly patience: Patience;
}

const DEFAULT_HANDS_ON_TIMEOUT_MS = 5000;
/** The longest delay a timer can have; a longer one would fire at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** In UTF-16 units, as the `maxlength` of a field. */
export const MAX_TEXT_LENGTH = 4096;

/** The caller's options, checked. Throws `invalid-options`, or `microphone-lost` for a dead stream. */
export function resolveOptions(options: ConnectOptions): ResolvedOptions {
  const player = checkPlayer(options?.player);
  return Object.freeze({
    player,
    audioOnly: options.audioOnly ?? player.nodeName === 'AUDIO',
    stream: checkStream(options.stream),
    microphoneId: options.microphoneId ?? '',
    mode: checkMode(options.mode),
    handsOnTimeout: checkHandsOnTimeout(options.handsOnTimeout),
    handsOnControl: options.handsOnControl === 'hold' ? 'hold' : 'tap',
    engine: checkEngine(options.engine),
    engineUrl: checkEngineUrl(options.engineUrl),
    muted: options.muted === true,
    patience: {...PATIENCE, ...options.patience},
  });
}

export function checkMode(given: unknown): Mode {
  const mode = given ?? 'hands-free';
  if (mode === 'hands-free' || mode === 'hands-on') return mode;
  throw invalid('This mode is unknown. Use hands-free or hands-on.');
}

export function checkHandsOnTimeout(timeout: unknown = DEFAULT_HANDS_ON_TIMEOUT_MS): number {
  if (typeof timeout === 'number' && timeout > 0) {
    return timeout === Infinity ? timeout : Math.min(timeout, MAX_TIMEOUT_MS);
  }
  throw invalid('handsOnTimeout is no time. Use milliseconds, or Infinity.');
}

/** What the visitor has typed. Throws where it is longer than an engine takes. */
export function checkText(given: unknown): string {
  const text = typeof given === 'string' ? given.trim() : '';
  if (text.length <= MAX_TEXT_LENGTH) return text;
  throw invalid(`The text is too long. Send at most ${MAX_TEXT_LENGTH} characters.`);
}

/** Asks for what a player does, not for its class: the element may be another document's. */
function checkPlayer(player: unknown): HTMLMediaElement {
  const media = player as HTMLMediaElement | undefined;
  if (media && 'srcObject' in media && typeof media.play === 'function') return media;
  throw invalid('The player is no media element. Use a <video> or <audio>.');
}

function checkStream(stream: unknown): MediaStream | null {
  if (stream === undefined || stream === null) return null;
  const tracks = (stream as Partial<MediaStream>).getAudioTracks?.();
  if (!tracks?.length) throw invalid('The stream has no audio. Use one with a microphone.');
  liveTrack(stream as MediaStream);
  return stream as MediaStream;
}

/** By then: its file may come after the element. */
function checkEngine(given: string | Engine | null | undefined): Engine {
  const engine = typeof given === 'function' ? given : engines.get(given ?? 'diarupt');
  if (engine) return engine;
  throw invalid('This engine is unknown. Use one that is loaded.');
}

function checkEngineUrl(given: unknown): URL | null {
  const url = secureUrl(given);
  if (url || given == null) return url;
  throw invalid('engineUrl is not secure. Use an https: one without a password.');
}
