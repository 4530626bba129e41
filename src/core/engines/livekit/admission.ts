import {invalid} from '../../errors.js';
import type {Credentials} from '../../link.js';
import {secureUrl} from '../../secure-url.js';
import {checkToken} from '../secret-key.js';

/** What a room is entered with. */
export interface Admission {
  readonly url: string;
  readonly token: string;
}

/** Three parts, of which the first is JSON. What they are signed with is nothing like it. */
const JWT = /^ey[\w-]+\.[\w-]+\.[\w-]+$/;

/** An access token, also by the name that it has with LiveKit's endpoints. Throws `invalid-options` for what is none. */
export function accessToken({token, participant_token}: Credentials): string {
  const given = checkToken(token ?? participant_token);
  if (JWT.test(given)) return given;
  throw invalid('This is no access token. Keep secrets on your server, and give what they sign.');
}

/** With the address that the page has given, or that came with the token. Throws `invalid-options`. */
export function admissionOf(credentials: Credentials, engineUrl: URL | null): Admission {
  const token = accessToken(credentials);
  const given = credentials.url ?? credentials.server_url;
  const http = typeof given === 'string' ? given.replace(/^ws/i, 'http') : given;
  const url = engineUrl ?? secureUrl(http);
  if (url) return {url: url.href, token};
  throw invalid('There is no secure url. Give the wss: address of your LiveKit server.');
}
