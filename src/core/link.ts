import type {Transcript} from './events.js';
import type {Command, EngineMessage} from './messages.js';
import type {Patience} from './patience.js';

/** What an engine lets a visitor in with: what the page has given, or its `getSession` has fetched. */
export interface Credentials {
  /** For Diarupt's engine. A page that gives a text has given this. */
  readonly sessionId?: unknown;
  /** Whatever else the engine asks for, such as a `token`: for it to check. */
  readonly [name: string]: unknown;
}

/** What an engine is given to connect a visitor. */
export interface LinkOptions {
  /** Where the page says that the engine is; `null` where it leaves that to the engine. */
  readonly engineUrl: URL | null;
  /** No face is asked for. */
  readonly audioOnly: boolean;
  readonly patience: Patience;
  /** Ends the link, whatever it is doing: what was made for it is released then. */
  readonly signal: AbortSignal;
  /** What has been said so far, for an engine that does not remember it. */
  readonly transcript: () => readonly Transcript[];
  /** Fetches credentials again, where those that there are no longer do; the same, where none can be fetched. */
  readonly renewCredentials: () => Promise<Credentials>;
  /** Called with each message, in order. Before `open` has settled, only `error` and `close` count. */
  readonly onMessage: (message: EngineMessage) => void;
  /** Called while an open link is silent, which `restore` may heal. */
  readonly onSilent: () => void;
  /**
   * Called when the link is gone by no act of ours. With an error, whose `code` says what happened, it
   * is made anew where it had been open; without one, the engine closed it.
   */
  readonly onClosed: (error?: Error) => void;
}

/** The connection to an engine, as the interaction sees it. */
export interface Link {
  /** The AI's voice and face; what is added to it later is played, too. */
  readonly remote: MediaStream;
  /** How long `open` may take, in milliseconds, where that is not `patience.connectMs`. */
  readonly connectMs?: number;
  /**
   * Reaches the engine; settles when messages can be exchanged. Called once. Rejects with an error
   * whose `code` is one of ours: any other becomes `engine-error`. It is waited for as long as
   * `connectMs`, or until the link ends.
   */
  open(credentials: Credentials): Promise<void>;
  /** Finds a way to the engine that has fallen silent; rejects where only a new link can. */
  restore(): Promise<void>;
  /**
   * What the visitor's voice is sent from, from now on; before `open`, from the first packet. Not called
   * as long as they have no microphone: who starts muted is asked for one later, or never. Never rejects.
   */
  sendAudio(track: MediaStreamTrack): Promise<void>;
  /** Tells the engine what to do; what can no longer be told is dropped. */
  send(command: Command): void;
  /** Tells the engine, once the link has ended, that the visitor has left. Never rejects. */
  leave(): Promise<void>;
}

/** Prepares a connection to an engine; nothing leaves the page before `open`. */
export type Dial = (options: LinkOptions) => Link;

/**
 * An engine. Called once for each conversation, with the credentials where they are known by then,
 * before the visitor is asked for anything: throws where they cannot be used. What it returns is
 * called for each connection of that conversation, of which there is another where one is lost.
 */
export type Engine = (credentials?: Credentials) => Dial;
