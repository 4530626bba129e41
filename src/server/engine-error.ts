import type {ErrorCode} from '../core/errors.js';

/** What failed and what to do about it, by code: the sentences that who runs the server reads. */
const SENTENCES = {
  'invalid-options': 'The engine cannot use these options. See the cause, and docs/protocol.md.',
  unauthorized: 'The engine did not accept the API key. Check that it is complete and not revoked.',
  'session-not-found': 'The engine has no such session. Create a new one.',
  'session-ended': 'The session has ended. Create a new one.',
  'session-busy': 'The session is in use. Try again later.',
  'engine-unreachable': 'The engine could not be reached. Check its address and the network.',
  'engine-busy': 'The engine is busy. Try again later.',
  'engine-error': 'The engine had a problem. Try again.',
  'bad-answer': 'The engine gave an answer that cannot be used. Check its address.',
  'connect-timeout': 'The engine took too long to answer. Try again.',
} satisfies Partial<Record<ErrorCode, string>>;

export type EngineErrorCode = keyof typeof SENTENCES;

interface EngineErrorDetails {
  readonly message?: string;
  readonly cause?: unknown;
  readonly status?: number;
  readonly retryAfterMs?: number | undefined;
}

/**
 * The one error of this entry. `code` is for programs, `message` says what failed and what to do,
 * `cause` is whatever was thrown or answered underneath. The API key is in none of them.
 */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  /** The HTTP status of the engine's refusal; `undefined` where it was no answer that failed. */
  readonly status: number | undefined;
  /** Milliseconds after which the engine asks to be tried again, where it does. */
  readonly retryAfterMs: number | undefined;

  constructor(code: EngineErrorCode, details: EngineErrorDetails = {}) {
    const {message = SENTENCES[code], cause, status, retryAfterMs} = details;
    super(message, cause === undefined ? undefined : {cause});
    this.name = 'EngineError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
