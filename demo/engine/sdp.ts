/** A candidate of one media line, as `addIceCandidate` takes it. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string;
}

/** What a trickle fragment tells (RFC 8840 §4.4, RFC 9725 §4.3.1). */
export interface Fragment {
  readonly ufrag: string | undefined;
  readonly pwd: string | undefined;
  readonly candidates: readonly Candidate[];
}

const CANDIDATE = /^a=(candidate:\S+ \d+ \S+ \d+ \S+ \d+ typ \S+.*)$/;

/** @returns `undefined` where the text is not a fragment. */
export function parseFragment(text: string): Fragment | undefined {
  const lines = text.split(/\r?\n/).filter(line => line !== '');
  if (!lines.every(line => /^[a-z]=/.test(line))) return undefined;
  let mid = '0';
  const candidates: Candidate[] = [];
  for (const line of lines) {
    if (line.startsWith('a=mid:')) mid = line.slice('a=mid:'.length);
    if (!line.startsWith('a=candidate:')) continue;
    const candidate = CANDIDATE.exec(line)?.[1];
    if (candidate === undefined) return undefined;
    candidates.push({candidate, sdpMid: mid});
  }
  return {ufrag: attribute(text, 'ice-ufrag'), pwd: attribute(text, 'ice-pwd'), candidates};
}

/** The fragment that tells a restarted description's credentials and candidates. */
export function toFragment(sdp: string): string {
  const [, media = ''] = sdp.split(/^(?=m=)/m);
  const told = ['m=', 'a=mid:', 'a=ice-ufrag:', 'a=ice-pwd:', 'a=candidate:'].flatMap(kind =>
    media.split(/\r?\n/).filter(line => line.startsWith(kind)),
  );
  return told.map(line => `${line}\r\n`).join('');
}

/** A description with the candidates of its media lines, each under its own. */
export function withCandidates(sdp: string, candidates: readonly RTCIceCandidateInit[]): string {
  return candidates.reduce(
    (described, {candidate, sdpMid}) =>
      described.replace(
        new RegExp(`^a=mid:${sdpMid ?? '0'}\\r\\n`, 'm'),
        line => `${line}a=${candidate}\r\n`,
      ),
    sdp,
  );
}

/** An offer or answer with other ICE credentials, and none of its old candidates. */
export function withCredentials(sdp: string, ufrag: string, pwd: string): string {
  return sdp
    .replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '')
    .replace(/^a=ice-ufrag:.*$/gm, () => `a=ice-ufrag:${ufrag}`)
    .replace(/^a=ice-pwd:.*$/gm, () => `a=ice-pwd:${pwd}`);
}

/** The value of an attribute's first occurrence. */
export function attribute(sdp: string, name: string): string | undefined {
  return new RegExp(`^a=${name}:(.*)$`, 'm').exec(sdp)?.[1];
}

export function hasMedia(sdp: string, kind: 'audio' | 'video' | 'application'): boolean {
  return new RegExp(`^m=${kind} `, 'm').test(sdp);
}
