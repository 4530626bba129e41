const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NOT_SUPPORTED = 52;

const STDOUT = 1;
const STDERR = 2;
const FOLDER = 3;
const FILE = 4;

const FOLDER_TYPE = 3;
const FILE_TYPE = 4;

/** What a command has written. */
export interface Written {
  readonly stdout: string;
  readonly stderr: string;
  readonly file: Buffer;
}

/** Thrown by `proc_exit`, which must not return. */
class Exit extends Error {}

/**
 * Runs a WASI command that writes to its output and to one file in `/`, all in memory. This takes
 * the place of `node:wasi`, whose calls from compiled code corrupt the heap of Node 20 when they are
 * many (a worker crashes within a few sentences); no more of `wasi_snapshot_preview1` is here than
 * flite asks for.
 */
export async function runCommand(
  module: WebAssembly.Module,
  args: readonly string[],
): Promise<Written> {
  const written = new Map<number, Buffer[]>([STDOUT, STDERR, FILE].map(file => [file, []]));
  const strings = args.map(arg => Buffer.from(`${arg}\0`));
  const view = () => new DataView(memoryOf(instance).buffer);
  const bytes = (at: number, length: number) => Buffer.from(memoryOf(instance).buffer, at, length);

  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: {
      args_sizes_get(countAt: number, sizeAt: number) {
        view().setUint32(countAt, strings.length, true);
        view().setUint32(sizeAt, Buffer.concat(strings).length, true);
        return SUCCESS;
      },
      args_get(pointersAt: number, stringsAt: number) {
        let at = stringsAt;
        for (const [index, string] of strings.entries()) {
          view().setUint32(pointersAt + 4 * index, at, true);
          bytes(at, string.length).set(string);
          at += string.length;
        }
        return SUCCESS;
      },
      clock_time_get(_clock: number, _precision: bigint, timeAt: number) {
        view().setBigUint64(timeAt, BigInt(Date.now()) * 1_000_000n, true);
        return SUCCESS;
      },
      fd_prestat_get(file: number, at: number) {
        if (file !== FOLDER) return BAD_DESCRIPTOR;
        view().setUint32(at, 0, true);
        view().setUint32(at + 4, 1, true);
        return SUCCESS;
      },
      fd_prestat_dir_name(_file: number, at: number) {
        bytes(at, 1).write('/');
        return SUCCESS;
      },
      fd_fdstat_get(file: number, at: number) {
        bytes(at, 24).fill(0);
        view().setUint8(at, file === FOLDER ? FOLDER_TYPE : FILE_TYPE);
        bytes(at + 8, 16).fill(0xff);
        return SUCCESS;
      },
      // The folder, flags and path say nothing new: there is but the one file to open.
      path_open(...wishes: readonly unknown[]) {
        view().setUint32(Number(wishes.at(-1)), FILE, true);
        return SUCCESS;
      },
      fd_write(file: number, vectorsAt: number, vectors: number, sizeAt: number) {
        const parts = written.get(file);
        if (!parts) return BAD_DESCRIPTOR;
        let size = 0;
        for (let at = vectorsAt; at < vectorsAt + 8 * vectors; at += 8) {
          const part = bytes(view().getUint32(at, true), view().getUint32(at + 4, true));
          parts.push(Buffer.from(part));
          size += part.length;
        }
        view().setUint32(sizeAt, size, true);
        return SUCCESS;
      },
      fd_close: () => SUCCESS,
      fd_fdstat_set_flags: () => NOT_SUPPORTED,
      fd_read: () => NOT_SUPPORTED,
      fd_seek: () => NOT_SUPPORTED,
      proc_exit(code: number) {
        throw new Exit(`The command has ended with ${code}.`);
      },
    },
  });

  start(instance);
  const all = (file: number) => Buffer.concat(written.get(file) ?? []);
  return {stdout: all(STDOUT).toString(), stderr: all(STDERR).toString(), file: all(FILE)};
}

function start({exports}: WebAssembly.Instance): void {
  const {_start} = exports;
  if (typeof _start !== 'function') throw new Error('The module is no WASI command.');
  try {
    _start();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
}

function memoryOf({exports}: WebAssembly.Instance): WebAssembly.Memory {
  const {memory} = exports;
  if (memory instanceof WebAssembly.Memory) return memory;
  throw new Error('The module exports no memory.');
}
