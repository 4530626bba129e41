import type {TypedText} from '../core/messages.js';
import type {MessageHeard} from './engine-peer.js';
import type {Lines} from './lines.js';

type Send = (event: string, data: unknown) => void;

/**
 * What the visitor says until it is whole, as `docs/protocol.md` §4.5 has it: in hands-on mode it is
 * told when they begin and end, and it is they who send it or drop it.
 */
export class VisitorTurn {
  readonly #send: Send;
  readonly #lines: Lines;
  readonly #texts = new Set<number>();
  #isHandsOn = false;
  #content: string | undefined;

  constructor(send: Send, lines: Lines) {
    this.#send = send;
    this.#lines = lines;
  }

  /** They are understood to have said that, so far. */
  hear(content: string, complete: boolean): void {
    if (this.#content === undefined && this.#isHandsOn) this.#send('user-started-talking', null);
    this.#content = content;
    if (complete) this.#end(content);
    else this.#lines.tell('user', content, false);
  }

  /** Does what the client asks for; whether for the first time: a text may come again after a loss. */
  take({event, data}: MessageHeard): boolean {
    const {mode, text, id} = (data ?? {}) as {mode?: string} & Partial<TypedText>;
    if (id !== undefined && this.#texts.has(id)) return false;
    if (id !== undefined) this.#texts.add(id);
    if (event === 'configure') this.#configure(mode === 'hands-on');
    if (event === 'send-user-response') this.#end(this.#content ?? '');
    if (event === 'discard-user-response') this.#end('');
    if (event === 'user-text') {
      this.#end('');
      this.#lines.tell('user', text ?? '', true);
    }
    return true;
  }

  #configure(isHandsOn: boolean): void {
    const changes = isHandsOn !== this.#isHandsOn;
    this.#isHandsOn = isHandsOn;
    if (!changes || this.#content === undefined) return;
    this.#send(isHandsOn ? 'user-started-talking' : 'user-stopped-talking', null);
  }

  /** Nothing where they have said nothing; an empty line withdraws what was told. */
  #end(content: string): void {
    if (this.#content === undefined) return;
    this.#content = undefined;
    if (this.#isHandsOn) this.#send('user-stopped-talking', null);
    this.#lines.tell('user', content, true);
  }
}
