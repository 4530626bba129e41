const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The address, if it is `https:`, or `http:` on loopback, and has no password in it. One that
 * starts at `base`'s origin is as secure as the page is; what needs more says so itself.
 */
export function secureUrl(given: unknown, base?: string): URL | null {
  const url = typeof given === 'string' && URL.canParse(given, base) ? new URL(given, base) : null;
  const isSecure =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' &&
      (LOOPBACK.test(url.hostname) || base?.startsWith(`${url.origin}/`)));
  return isSecure && !url?.username && !url?.password ? url : null;
}
