import type {InteractionError} from './errors.js';
import type {Patience} from './patience.js';
import type {ClientMessage, EngineMessage} from './protocol.js';

/** What an engine is given to connect a visitor. */
export interface LinkOptions {
  readonly engineUrl: URL;
  /** No face is asked for. */
  readonly audioOnly: boolean;
  readonly patience: Patience;
  /** Ends the link, whatever it is doing. */
  readonly signal: AbortSignal;
  readonly onMessage: (message: EngineMessage) => void;
  /** Called while an open link is silent, which `restore` may heal. */
  readonly onSilent: () => void;
  /** Called when the link is gone by no act of ours; without an error, the engine closed it. */
  readonly onClosed: (error?: InteractionError) => void;
}

/** The connection to an engine, as the interaction sees it. */
export interface Link {
  /** The AI's voice and face. Its tracks are there at once, and silent until the engine speaks. */
  readonly remote: MediaStream;
  /** Reaches the engine; settles when messages can be exchanged. Called once. */
  open(sessionId: string): Promise<void>;
  /** Finds a way to the engine that has fallen silent; rejects where only a new link can. */
  restore(): Promise<void>;
  /** What the visitor's voice is sent from, from now on; before `open`, from the first packet. Never rejects. */
  sendAudio(track: MediaStreamTrack): Promise<void>;
  /** Sends a message; one that can no longer be sent is dropped. */
  send(message: ClientMessage): void;
  /** Tells the engine, once the link has ended, that the visitor has left. Never rejects. */
  leave(): Promise<void>;
}

/** Prepares the connection to an engine; nothing leaves the page before `open`. */
export type Engine = (options: LinkOptions) => Link;
