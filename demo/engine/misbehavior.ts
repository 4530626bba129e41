import {setTimeout as delay} from 'node:timers/promises';
import type {FaultyAnswer, FaultyFrame, Faults} from './faults.js';
import type {Reply} from './http.js';

/** What can be done to an answer. */
export const SDP_EDITS = {
  'no-audio': sdp => withoutMedia(sdp, 'audio'),
  'no-data-channel': sdp => withoutMedia(sdp, 'application'),
  'wrong-fingerprint': sdp => sdp.replace(/(a=fingerprint:\S+ )\S+/g, `$1${'AA:'.repeat(31)}AA`),
  'bad-fingerprint': sdp => sdp.replace(/(a=fingerprint:\S+ )\S+/g, '$1none'),
  'wrong-setup': sdp => sdp.replaceAll('a=setup:active', 'a=setup:actpass'),
  'no-candidates': sdp => sdp.replace(/a=(candidate:.*|end-of-candidates)\r\n/g, ''),
  'unreachable-candidate': sdp =>
    sdp.replace(/(a=candidate:\S+ \d \S+ \d+) \S+ \d+ /g, '$1 198.51.100.1 9 '),
  'duplicate-lines': sdp => sdp + sdp.slice(sdp.indexOf('m=')),
  'cr-only': sdp => sdp.replaceAll('\r\n', '\r'),
  nul: sdp => sdp.replace('s=-', 's=\0'),
} satisfies Record<string, (sdp: string) => string>;

export type SdpEdit = keyof typeof SDP_EDITS;

/** Hangs, for as long as the caller waits, or takes its time. Throws where the caller has gone. */
export async function stall({hang, delayMs}: FaultyAnswer, signal: AbortSignal): Promise<void> {
  const ms = hang ? 2 ** 31 - 1 : (delayMs ?? 0);
  if (ms > 0) await delay(ms, undefined, {signal});
}

/** The reply, spoilt. */
export function spoil(reply: Reply, fault: FaultyAnswer): Reply {
  const {status = reply.status, headers, bytesPerSecond, cutAfterBytes} = fault;
  const body = spoiltBody(typeof reply.body === 'string' ? reply.body : '', fault);
  const slow = bytesPerSecond !== undefined || cutAfterBytes !== undefined;
  return {
    status,
    headers: {...reply.headers, 'Content-Length': String(body.length), ...headers},
    body: slow ? drip(body, bytesPerSecond, cutAfterBytes) : body,
  };
}

function spoiltBody(answer: string, {body, base64, length, sdp = []}: FaultyAnswer): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  if (length !== undefined) return Buffer.alloc(length, 'a');
  return Buffer.from(body ?? sdp.reduce((edited, edit) => SDP_EDITS[edit](edited), answer));
}

async function* drip(
  body: Buffer,
  bytesPerSecond = Number.POSITIVE_INFINITY,
  cutAfterBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  const step = Math.min(bytesPerSecond, body.length, Math.max(cutAfterBytes, 1));
  for (let at = 0; at < body.length; at += step) {
    if (at >= cutAfterBytes) throw new Error('The body is cut here.');
    yield body.subarray(at, at + step);
    await delay(bytesPerSecond === Number.POSITIVE_INFINITY ? 0 : 1000);
  }
}

/** What faults can be done to. */
export interface Victim {
  send(frame: string | Uint8Array<ArrayBuffer>): void;
  readonly closeChannel: () => void;
  readonly closePeer: () => void;
  readonly killProcess: () => void;
}

/** Does what is due when the channel has opened, or when the client has first configured it. */
export function misbehave(
  {frames = [], close}: Faults,
  when: FaultyFrame['when'],
  victim: Victim,
  signal: AbortSignal,
): void {
  const later = (ms: number, act: () => void) => {
    if (ms === 0) return act();
    const timer = setTimeout(act, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
  };
  for (const frame of frames.filter(due => due.when === when)) {
    later(frame.afterMs ?? 0, () => {
      for (let n = 0; n < (frame.times ?? 1); n += 1) victim.send(payload(frame, n));
    });
  }
  if (close && when === 'open') {
    const acts = {
      channel: victim.closeChannel,
      peer: victim.closePeer,
      process: victim.killProcess,
    };
    later(close.afterMs, acts[close.what]);
  }
}

function payload({text, base64, length}: FaultyFrame, n: number): string | Uint8Array<ArrayBuffer> {
  if (base64 !== undefined) return Uint8Array.from(Buffer.from(base64, 'base64'));
  return text?.replaceAll('{n}', String(n)) ?? 'a'.repeat(length ?? 0);
}

function withoutMedia(sdp: string, kind: string): string {
  return sdp.replace(new RegExp(`^m=${kind}[^]*?(?=^m=|(?![^]))`, 'gm'), '');
}
