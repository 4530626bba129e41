import {invalid} from '../errors.js';

/** OpenAI's keys, Stripe-like ones, and those of who calls theirs alike. */
const SECRET_KEY = /^sk[-_]/i;

/** The token, if it is one that a page may have. Throws `invalid-options`. */
export function checkToken(token: unknown): string {
  if (typeof token !== 'string' || token === '') {
    throw invalid('There is no token. Give the one that your server has made for this visitor.');
  }
  return checkPublic(token);
}

/** The token, unless it is secret. */
export function checkPublic(token: string): string {
  if (!SECRET_KEY.test(token)) return token;
  throw invalid('This is a secret key. Keep it on your server, and give a token that it has made.');
}
