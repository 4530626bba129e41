/** More than a browser would use. */
const MAX_SERVERS = 8;

const ENTRY = /<([^<>]*)>((?:\s*;\s*[\w-]+=(?:"[^"]*"|[^\s;,"]*))*)/g;

/**
 * The ICE servers that a `Link` header names (RFC 9725 §4.6). What is no `stun:`, `turn:` or
 * `turns:` address, and a relay without credentials, is passed over.
 */
export function parseIceServers(link: string | null): RTCIceServer[] {
  return [...(link ?? '').matchAll(ENTRY)]
    .flatMap(([, urls = '', parameters = '']) => {
      const value = (name: string) => {
        const found = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^\\s;,"]*))`).exec(parameters);
        return found?.[1] ?? found?.[2] ?? '';
      };
      const server = {urls, username: value('username'), credential: value('credential')};
      if (value('rel') !== 'ice-server') return [];
      if (urls.startsWith('stun:')) return {urls};
      return /^turns?:/.test(urls) && server.username && server.credential ? server : [];
    })
    .slice(0, MAX_SERVERS);
}
