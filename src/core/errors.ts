/** What failed and what to do about it, by code: the sentences a person reads. */
export const SENTENCES = {
  'microphone-denied':
    'The microphone was not allowed. Allow it for this site in your browser, then try again.',
  'microphone-missing': 'No microphone was found. Connect one, then try again.',
  'microphone-busy':
    'The microphone could not be started. Close other programs that use it, then try again.',
  'microphone-lost': 'The microphone stopped. Check that it is connected, then start again.',
  'blocked-by-policy':
    'This page may not use the microphone. Open it in its own tab, or have the site allow it.',
  'insecure-context': 'The microphone needs a secure page. Open this page over https.',
  unsupported: 'This browser cannot hold a conversation. Use a current one.',
  'invalid-options': 'The conversation was set up wrongly. Tell the site.',
  unauthorized: 'The engine refused this conversation. Reload the page for a new one.',
  'session-not-found': 'The conversation could not be started. Reload the page for a new one.',
  'session-ended': 'This conversation has ended. Reload the page for a new one.',
  'session-busy': 'This conversation is open elsewhere. Close it there, then start again.',
  'engine-unreachable': 'The engine could not be reached. Check your connection, then start again.',
  'engine-busy': 'The engine is busy. Wait a little, then start again.',
  'engine-error': 'The engine had a problem. Start again.',
  'bad-answer': 'The engine had a problem. Start again.',
  'protocol-error': 'The engine had a problem. Start again.',
  'connect-timeout': 'The connection took too long. Check your connection, then start again.',
  'connection-lost': 'The connection was lost. Check your connection, then start again.',
  'playback-blocked': 'The browser holds the sound back. Press play to hear it.',
} as const;

export type ErrorCode = keyof typeof SENTENCES;

/** Whether `code`, which came from outside, is one of ours. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(SENTENCES, code);
}

interface ErrorDetails {
  readonly message?: string | undefined;
  readonly cause?: unknown;
  readonly retryAfterMs?: number | undefined;
}

/**
 * The one error of this package. `code` is for programs, `message` says to a person what failed
 * and what to do, `cause` is whatever was thrown or answered underneath.
 */
export class InteractionError extends Error {
  readonly code: ErrorCode;
  /** Milliseconds after which the engine asks to be tried again, where it does. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, {message, cause, retryAfterMs}: ErrorDetails = {}) {
    super(message || SENTENCES[code], cause === undefined ? undefined : {cause});
    // Defined: where a page has frozen what is built in, a name that is inherited cannot be set.
    Object.defineProperty(this, 'name', {value: 'InteractionError'});
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The error that the engine told of. */
export function engineError(said: {code: string; message: string}): InteractionError {
  const code = isErrorCode(said.code) ? said.code : 'engine-error';
  return new InteractionError(code, {message: said.message, cause: said});
}

/** An option that cannot be used, and why. */
export function invalid(message: string): InteractionError {
  return new InteractionError('invalid-options', {message});
}

/**
 * Whatever was thrown, as the one error that is told. What an engine in a file of its own throws is no
 * instance of this file's: its `code` counts.
 */
export function asInteractionError(cause: unknown): InteractionError {
  if (cause instanceof InteractionError) return cause;
  const {code} = Object(cause) as InteractionError;
  if (isErrorCode(code)) return new InteractionError(code, cause as InteractionError);
  const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError';
  return new InteractionError(timedOut ? 'connect-timeout' : 'engine-error', {cause});
}
