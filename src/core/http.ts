import type {ErrorCode} from './errors.js';

export type RefusalCode = Extract<
  ErrorCode,
  | `session-${'not-found' | 'busy' | 'ended'}`
  | `engine-${'busy' | 'error'}`
  | 'unauthorized'
  | 'bad-answer'
>;

/** Refusals that mean one thing, whatever their body says. */
export const CODES: Readonly<Record<number, RefusalCode>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'session-not-found',
  409: 'session-busy',
  410: 'session-ended',
  429: 'engine-busy',
  503: 'engine-busy',
};

export function codeOf(status: number): RefusalCode {
  return CODES[status] ?? (status >= 500 ? 'engine-error' : 'bad-answer');
}

/** Seconds, or a date (RFC 9110 §10.2.3), as milliseconds from now; `undefined` for neither. */
export function parseRetryAfter(value: string | null): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
