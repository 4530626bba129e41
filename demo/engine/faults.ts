import {invalid, isObject} from './http.js';
import {SDP_EDITS, type SdpEdit} from './misbehavior.js';

/** A frame that the engine would not send of itself. */
export interface FaultyFrame {
  readonly when: 'open' | 'configure';
  readonly afterMs?: number;
  /** Where it is sent several times, `{n}` is which of them this is, from 0. */
  readonly text?: string;
  /** A binary frame. */
  readonly base64?: string;
  /** A text frame of so many characters. */
  readonly length?: number;
  readonly times?: number;
}

/** How the request for a connection goes wrong. */
export interface FaultyAnswer {
  /** For so many requests; all of them by default. */
  readonly times?: number;
  readonly delayMs?: number;
  /** Never answers. */
  readonly hang?: boolean;
  /** Instead of connecting. */
  readonly status?: number;
  /** Added or put in place of the engine's own, which `null` takes away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string;
  readonly base64?: string;
  /** A body of so many bytes. */
  readonly length?: number;
  readonly bytesPerSecond?: number;
  /** Cuts the connection after so many bytes of the body. */
  readonly cutAfterBytes?: number;
  readonly sdp?: readonly SdpEdit[];
}

/** What goes wrong in one session, for tests of clients. Told as JSON, replaced whole. */
export interface Faults {
  readonly answer?: FaultyAnswer;
  /** The status with which every `PATCH` is refused. */
  readonly patch?: number;
  /** The status with which the preflights of the session's addresses are refused. */
  readonly preflight?: number;
  /** `false` for no pings. */
  readonly pings?: false;
  readonly frames?: readonly FaultyFrame[];
  /**
   * Closes the channel alone or the whole peer so long after it opened, or has its process die,
   * without a word.
   */
  readonly close?: {readonly what: 'channel' | 'peer' | 'process'; readonly afterMs: number};
  /** Stops all of the engine's processes with the message of that number, which need not go out. */
  readonly stopAtSeq?: number;
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string';
const isCount: Check = value => typeof value === 'number' && value >= 0 && value <= 1e8;
const isStatus: Check = value =>
  Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const oneOf =
  (...values: unknown[]): Check =>
  value =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check);
const shape =
  (checks: Record<string, Check>): Check =>
  value =>
    isObject(value) &&
    Object.entries(value).every(([key, member]) => checks[key]?.(member) ?? false);

const isFaults = shape({
  answer: shape({
    times: isCount,
    delayMs: isCount,
    hang: oneOf(true, false),
    status: isStatus,
    headers: value =>
      isObject(value) && Object.values(value).every(header => header === null || isText(header)),
    body: isText,
    base64: isText,
    length: isCount,
    bytesPerSecond: isCount,
    cutAfterBytes: isCount,
    sdp: listOf(value => isText(value) && Object.hasOwn(SDP_EDITS, String(value))),
  }),
  patch: isStatus,
  preflight: isStatus,
  pings: oneOf(false),
  frames: listOf(
    shape({
      when: oneOf('open', 'configure'),
      afterMs: isCount,
      text: isText,
      base64: isText,
      length: isCount,
      times: isCount,
    }),
  ),
  close: shape({what: oneOf('channel', 'peer', 'process'), afterMs: isCount}),
  stopAtSeq: isCount,
});

/** @throws {Refusal} 422 where the value is not a description of faults: a misspelt test fails. */
export function parseFaults(value: Record<string, unknown>): Faults {
  if (!isFaults(value)) throw invalid('These faults are not known.');
  return value;
}
