import {SAMPLE_RATE} from './types.js';

export interface Recording {
  readonly rate: number;
  readonly samples: Int16Array;
}

/** A mono recording of 16 bits as a WAV file. */
export function encodeWav(samples: Int16Array, rate = SAMPLE_RATE): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([
    header,
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  ]);
}

/** The first channel of a WAV file. Throws where it is none, or not of 16 bits. */
export function decodeWav(file: Buffer): Recording {
  if (file.toString('latin1', 0, 4) !== 'RIFF') throw new Error('This is not a WAV file.');
  const format = chunk(file, 'fmt ');
  if (format.readUInt16LE(14) !== 16) throw new Error('A WAV file must have 16 bits a sample.');
  const channels = format.readUInt16LE(2);
  const data = chunk(file, 'data');
  const samples = Int16Array.from({length: Math.floor(data.length / 2 / channels)}, (_, index) =>
    data.readInt16LE(index * 2 * channels),
  );
  return {rate: format.readUInt32LE(4), samples};
}

/** A chunk's content; a size beyond the file's end, as streaming servers write, means all the rest. */
function chunk(file: Buffer, name: string): Buffer {
  let at = 12;
  while (at + 8 <= file.length) {
    const size = file.readUInt32LE(at + 4);
    if (file.toString('latin1', at, at + 4) === name) return file.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  throw new Error(`This WAV file has no "${name}" chunk.`);
}

/** The same sound at the engine's rate, by straight lines between the samples. */
export function atEngineRate({rate, samples}: Recording): Int16Array {
  if (rate === SAMPLE_RATE) return samples;
  const step = rate / SAMPLE_RATE;
  return Int16Array.from({length: Math.floor(samples.length / step)}, (_, index) => {
    const before = Math.floor(index * step);
    const from = samples[before] ?? 0;
    const to = samples[before + 1] ?? from;
    return Math.round(from + (to - from) * (index * step - before));
  });
}
