import {diarupt} from './engines/diarupt.js';
import {InteractionError} from './errors.js';
import type {Link} from './link.js';
import type {ResolvedOptions} from './options.js';
import {play} from './player.js';
import type {ClientMessage, EngineMessage} from './protocol.js';
import {retry} from './retry.js';

interface ConnectionListener {
  readonly onMessage: (message: EngineMessage) => void;
  /** Called when an open connection is lost, which `reopen` may heal. */
  readonly onLost: () => void;
  /** Called when the engine has closed an open connection. */
  readonly onClosed: () => void;
  readonly onPlaybackRefused: (cause: DOMException) => void;
}

/**
 * The way to the engine while an interaction lasts: one link at a time, which the visitor's voice
 * goes into and the player shows. A lost one is replaced by the next. Ends with the signal.
 */
export class Connection {
  readonly #options: ResolvedOptions;
  readonly #signal: AbortSignal;
  readonly #listener: ConnectionListener;
  #ending = new AbortController();
  #link: Link;
  #track: MediaStreamTrack | undefined;
  #sessionId = '';
  #isOpen = false;

  /** Makes the first link, so that it is ready when the engine may be reached. */
  constructor(options: ResolvedOptions, signal: AbortSignal, listener: ConnectionListener) {
    this.#options = options;
    this.#signal = signal;
    this.#listener = listener;
    this.#link = this.#makeLink();
  }

  /** Reaches the engine; settles when messages can be exchanged. */
  async open(sessionId: string): Promise<void> {
    this.#sessionId = sessionId;
    await this.#link.open(sessionId);
    this.#isOpen = true;
  }

  /** Reaches the engine again after a loss; whether by a link that is new to the engine. */
  async reopen(): Promise<boolean> {
    const replaced = await this.#link.restore().then(
      () => false,
      () => this.#replaceLink(),
    );
    this.#isOpen = true;
    this.throwIfClosed();
    return replaced;
  }

  /** Throws what has closed the connection, where something has. */
  throwIfClosed(): void {
    this.#signal.throwIfAborted();
    this.#ending.signal.throwIfAborted();
  }

  /** What the visitor's voice is sent from, over this link and those after it. */
  async sendAudio(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    await this.#link.sendAudio(track);
  }

  send(message: ClientMessage): void {
    this.#link.send(message);
  }

  /** The engine has given it up: only a new one will do. */
  drop(): void {
    this.#ending.abort();
    this.#lose();
  }

  /** Settles when the engine knows that the visitor has left. Never rejects. */
  leave(): Promise<void> {
    return this.#link.leave();
  }

  #makeLink(): Link {
    const {engineUrl, audioOnly, player, patience} = this.#options;
    const ending = (this.#ending = new AbortController());
    const signal = AbortSignal.any([this.#signal, ending.signal]);
    const link = diarupt({
      engineUrl,
      audioOnly,
      signal,
      patience,
      onMessage: this.#listener.onMessage,
      onSilent: () => this.#lose(),
      onClosed: error => {
        ending.abort(error ?? new InteractionError('protocol-error'));
        if (error) this.#lose();
        else if (this.#isOpen) this.#listener.onClosed();
      },
    });
    play(player, link.remote, signal, this.#listener.onPlaybackRefused);
    if (this.#track) void link.sendAudio(this.#track);
    return link;
  }

  /** With a link of its own for each attempt. */
  async #replaceLink(): Promise<true> {
    const attempt = async () => {
      this.#ending.abort();
      void this.#link.leave();
      this.#link = this.#makeLink();
      await this.#link.open(this.#sessionId);
    };
    await retry(attempt, this.#signal, this.#options.patience.reconnectMs);
    return true;
  }

  #lose(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#listener.onLost();
  }
}
