import {MessageChannel, type MessagePort, Worker} from 'node:worker_threads';

/** What a worker of a {@link Thread} is sent: a request and the port to talk about it. */
export interface Opening<Request> {
  readonly request: Request;
  readonly port: MessagePort;
}

/**
 * A worker that is spoken to through one port for each request. When it dies, the ports that were
 * open emit `close`, and the next request starts another one.
 */
export class Thread<Request> {
  readonly #script: URL;
  readonly #ports = new Set<MessagePort>();
  #worker: Worker | undefined;
  #closed = false;

  constructor(script: URL) {
    this.#script = script;
  }

  open(request: Request): MessagePort {
    if (this.#closed) throw new Error('Speech is closed.');
    this.#worker ??= this.#start();
    const {port1, port2} = new MessageChannel();
    this.#ports.add(port1);
    port1.once('close', () => this.#ports.delete(port1));
    const opening: Opening<Request> = {request, port: port2};
    this.#worker.postMessage(opening, [port2]);
    return port1;
  }

  /** The worker's one answer to a request. */
  ask<Answer>(request: Request, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const port = this.open(request);
      const aborted = () => port.close();
      signal?.addEventListener('abort', aborted, {once: true});
      port.once('message', (answer: Answer) => {
        resolve(answer);
        port.close();
      });
      port.once('close', () => {
        signal?.removeEventListener('abort', aborted);
        reject(signal?.aborted ? signal.reason : new Error('The speech worker has ended.'));
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#script);
    worker.once('error', error => process.emitWarning(error));
    worker.once('exit', () => {
      this.#worker = undefined;
      for (const port of this.#ports) port.close();
    });
    return worker;
  }
}
