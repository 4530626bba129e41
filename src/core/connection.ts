import {untilAborted} from './abort.js';
import {InteractionError} from './errors.js';
import type {Credentials, Link, LinkOptions} from './link.js';
import type {Command} from './messages.js';
import type {ResolvedOptions} from './options.js';
import {play} from './player.js';
import {retry} from './retry.js';

/** Makes a link with what is the connection's to give. */
export type MakeLink = (own: Pick<LinkOptions, 'signal' | 'onSilent' | 'onClosed'>) => Link;

interface ConnectionListener {
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
  readonly #dial: MakeLink;
  readonly #options: ResolvedOptions;
  readonly #signal: AbortSignal;
  readonly #listener: ConnectionListener;
  #ending = new AbortController();
  #link: Link;
  #track: MediaStreamTrack | undefined;
  #credentials: Credentials = {};
  #isOpen = false;
  /** Starts the sound, where the browser held it back. */
  startPlaying = () => {};

  /** Makes the first link, so that it is ready when the engine may be reached. */
  constructor(
    dial: MakeLink,
    options: ResolvedOptions,
    signal: AbortSignal,
    listener: ConnectionListener,
  ) {
    this.#dial = dial;
    this.#options = options;
    this.#signal = signal;
    this.#listener = listener;
    this.#link = this.#makeLink();
  }

  /** Reaches the engine; settles when messages can be exchanged. */
  async open(credentials: Credentials): Promise<void> {
    this.#credentials = credentials;
    await this.#open();
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

  send(command: Command): void {
    this.#link.send(command);
  }

  /** Settles when the engine knows that the visitor has left. Never rejects. */
  leave(): Promise<void> {
    return this.#link.leave();
  }

  /** Whatever the engine does meanwhile: it has so much time, and none when the link has ended. */
  async #open(): Promise<void> {
    const deadline = AbortSignal.timeout(this.#link.connectMs ?? this.#options.patience.connectMs);
    const waiting = AbortSignal.any([this.#ending.signal, this.#signal, deadline]);
    await untilAborted(this.#link.open(this.#credentials), waiting);
  }

  #makeLink(): Link {
    const ending = (this.#ending = new AbortController());
    const signal = AbortSignal.any([this.#signal, ending.signal]);
    const link = this.#dial({
      signal,
      onSilent: () => this.#lose(),
      onClosed: error => {
        ending.abort(error ?? new InteractionError('protocol-error'));
        if (error) this.#lose();
        else if (this.#isOpen) this.#listener.onClosed();
      },
    });
    const {player} = this.#options;
    this.startPlaying = play(player, link.remote, signal, this.#listener.onPlaybackRefused);
    if (this.#track) void link.sendAudio(this.#track);
    return link;
  }

  /** With a link of its own for each attempt. */
  async #replaceLink(): Promise<true> {
    const attempt = async () => {
      this.#ending.abort();
      void this.#link.leave();
      this.#link = this.#makeLink();
      await this.#open();
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
