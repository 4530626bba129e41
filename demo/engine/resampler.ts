/** Zero crossings of the low-pass filter on each side of its middle. */
const CROSSINGS = 16;

/** Of the band that both rates can carry, the part that is kept: the rest is the filter's slope. */
const KEPT_BAND = 0.92;

/**
 * Brings one stream of samples to another rate by a windowed-sinc low-pass, so that nothing above
 * the new rate's half is folded back into speech. State is kept from one chunk to the next.
 */
export class Resampler {
  /** For each position that an output sample can have between two input samples, its filter. */
  readonly #phases: readonly Float32Array[];
  readonly #step: number;
  readonly #taps: number;
  /** Samples that the filter still needs, then what has not been consumed. */
  #pending: Float32Array;
  /** Where the next output sample lies, in phases after the start of `#pending`. */
  #position = 0;

  constructor(
    readonly from: number,
    readonly to: number,
  ) {
    const divisor = gcd(from, to);
    const cutoff = Math.min(1, to / from) * KEPT_BAND;
    const half = Math.ceil(CROSSINGS / cutoff);
    const count = to / divisor;
    this.#step = from / divisor;
    this.#taps = 2 * half;
    this.#phases = Array.from({length: count}, (_, i) => lowPass(half, cutoff, i / count));
    this.#pending = new Float32Array(half);
  }

  /** The next input samples' share of output samples, as many as are complete. */
  resample(samples: Int16Array): Int16Array {
    if (this.from === this.to) return samples;
    const input = new Float32Array(this.#pending.length + samples.length);
    input.set(this.#pending);
    input.set(samples, this.#pending.length);
    const count = this.#phases.length;
    const output: number[] = [];
    let at = Math.floor(this.#position / count);
    while (at + this.#taps <= input.length) {
      const filter = this.#phases[this.#position % count] ?? new Float32Array();
      let sum = 0;
      for (let i = 0; i < filter.length; i += 1) sum += (filter[i] ?? 0) * (input[at + i] ?? 0);
      output.push(Math.max(-32768, Math.min(32767, Math.round(sum))));
      this.#position += this.#step;
      at = Math.floor(this.#position / count);
    }
    const consumed = Math.min(at, input.length);
    this.#pending = input.slice(consumed);
    this.#position -= consumed * count;
    return Int16Array.from(output);
  }
}

/** A filter of unit gain whose middle lies `offset` of a sample after its middle tap. */
function lowPass(half: number, cutoff: number, offset: number): Float32Array {
  const taps = Float32Array.from({length: 2 * half}, (_, i) => {
    const t = i - (half - 1) - offset;
    if (Math.abs(t) >= half) return 0;
    const x = Math.PI * t * cutoff;
    return (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos((Math.PI * t) / half));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map(tap => tap / gain);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** The mean of interleaved channels. */
export function toMono(samples: Int16Array, channelCount: number): Int16Array {
  if (channelCount === 1) return samples;
  return Int16Array.from({length: samples.length / channelCount}, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channelCount; c += 1) sum += samples[i * channelCount + c] ?? 0;
    return Math.round(sum / channelCount);
  });
}
