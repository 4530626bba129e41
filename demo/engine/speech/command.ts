import {ConsoleStdout, File, PreopenDirectory, WASI, type Fd} from '@bjorn3/browser_wasi_shim';

/** What a command has written. */
export interface Written {
  readonly stdout: string;
  readonly stderr: string;
  readonly file: Buffer;
}

/** The exports of a WASI command. */
type Command = Parameters<WASI['start']>[0];

/**
 * Runs a WASI command that writes to its output and to the file `/{name}`, all in memory. Not by
 * `node:wasi`, whose calls from compiled code corrupt the heap of Node 20 when they are many: a
 * worker crashes within a few sentences.
 */
export async function runCommand(
  module: WebAssembly.Module,
  args: string[],
  name: string,
): Promise<Written> {
  const file = new File([]);
  const [stdout, stderr] = [new Text(), new Text()];
  const folder = new PreopenDirectory('/', new Map([[name, file]]));
  const descriptors: Fd[] = [
    new ConsoleStdout(() => {}),
    stdout.descriptor,
    stderr.descriptor,
    folder,
  ];
  const wasi = new WASI(args, [], descriptors, {debug: false});
  const instance = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: wasi.wasiImport,
  });
  wasi.start(instance as Command);
  return {stdout: stdout.value, stderr: stderr.value, file: Buffer.from(file.data)};
}

/** Collects what is written to a descriptor. */
class Text {
  readonly #parts: Uint8Array[] = [];
  readonly descriptor = new ConsoleStdout(bytes => this.#parts.push(bytes.slice()));

  get value(): string {
    return Buffer.concat(this.#parts).toString();
  }
}
