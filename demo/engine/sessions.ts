import {randomUUID} from 'node:crypto';
import type {HistoryLine} from './speech/types.js';
import type {Connection} from './connection.js';
import type {Faults} from './faults.js';
import {Refusal} from './http.js';
import type {TypedText} from './messages.js';
import {SessionRecord} from './record.js';

const MAX_SESSIONS = 10_000;

/** What a session was created with. */
export interface SessionOptions {
  readonly face: string;
  readonly profile: string;
  readonly behavior?: string;
  /** Seconds of conversation after which the session is over. */
  readonly time_limit?: number;
  readonly context?: unknown;
}

export type SessionStatus = 'IDLE' | 'ACTIVE' | 'PAUSED' | 'TERMINATED';

/**
 * A conversation with one visitor, over as many connections as it takes, one after the other.
 * Idle until the first of them is open, active while one is, paused between them; a terminated
 * session is never connected again. Its time runs only while it is active.
 */
export class Session {
  readonly createdAt = new Date().toISOString();
  readonly history: HistoryLine[] = [];
  /** What its clients have been told, or would have been. */
  readonly record = new SessionRecord();
  /** The current connection, from its offer to its end. */
  connection: Connection | undefined;
  /** The one before it, which its client may still want to end. */
  lastConnectionId: string | undefined;
  faults: Faults = {};

  readonly #textIds = new Set<number>();
  #status: SessionStatus = 'IDLE';
  /** Milliseconds of conversation before the current connection was opened. */
  #spentMs = 0;
  #openedAt = 0;
  #limit: NodeJS.Timeout | undefined;

  constructor(
    readonly options: SessionOptions,
    readonly id: string,
  ) {}

  get status(): SessionStatus {
    return this.#status;
  }

  /** Seconds of conversation so far. */
  get duration(): number {
    const current = this.#status === 'ACTIVE' ? performance.now() - this.#openedAt : 0;
    return (this.#spentMs + current) / 1000;
  }

  /** Whether a text with that id has come before, over whichever connection. */
  isRepeated({id}: TypedText): boolean {
    if (id === undefined) return false;
    const known = this.#textIds.has(id);
    this.#textIds.add(id);
    return known;
  }

  /** The connection is open: the session's time begins to run. */
  activate(): void {
    if (this.#status === 'TERMINATED') return;
    this.#status = 'ACTIVE';
    this.#openedAt = performance.now();
    const limit = this.options.time_limit;
    if (limit !== undefined) {
      const leftMs = Math.min((limit - this.duration) * 1000, 2 ** 31 - 1);
      this.#limit = setTimeout(() => this.terminate('time limit reached'), leftMs);
    }
  }

  /** The connection is gone: the session waits for its next one. */
  pause(): void {
    if (this.#status === 'ACTIVE') this.#stop('PAUSED');
  }

  /** Ends the session for good, and with it the connection, which is told the reason. */
  terminate(reason: string): void {
    if (this.#status !== 'TERMINATED') this.#stop('TERMINATED');
    void this.connection?.close(reason);
  }

  /** The session as the API tells it. */
  toJSON(): unknown {
    return {
      id: this.id,
      status: this.#status,
      options: this.options,
      history: this.history,
      created_at: this.createdAt,
      duration: Math.round(this.duration * 1000) / 1000,
    };
  }

  #stop(status: SessionStatus): void {
    this.#spentMs = this.duration * 1000;
    this.#status = status;
    clearTimeout(this.#limit);
  }
}

/** All sessions there are, in memory. Where there are too many, the oldest idle ones are lost. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  create(options: SessionOptions, id: string = randomUUID()): Session {
    const session = new Session(options, id);
    this.#byId.set(id, session);
    if (this.#byId.size > MAX_SESSIONS) this.#forgetOne();
    return session;
  }

  /** @throws {Refusal} 404 */
  get(id: string): Session {
    const session = this.#byId.get(id);
    if (!session) throw new Refusal(404, 'session-not-found', 'There is no such session.');
    return session;
  }

  find(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  /** Newest first. */
  list(): Session[] {
    return [...this.#byId.values()].reverse();
  }

  connections(): Connection[] {
    return this.list().flatMap(({connection}) => connection ?? []);
  }

  #forgetOne(): void {
    for (const {id, connection} of this.#byId.values()) {
      if (!connection) return void this.#byId.delete(id);
    }
  }
}
