import {isSessionId} from '../core/session-id.js';
import {EngineError} from './engine-error.js';

/** What a session is created with. */
export interface SessionOptions {
  /** The id of one of `listFaces()`. */
  readonly face: string;
  /** The id of one of `listProfiles()`. */
  readonly profile: string;
  /** What the AI is told to be like, in words. */
  readonly behavior?: string | undefined;
  /** Seconds of conversation after which the session is over. */
  readonly time_limit?: number | undefined;
  /** What the AI is told of this visitor. */
  readonly context?: string | Readonly<Record<string, unknown>> | undefined;
}

export type SessionStatus = (typeof STATUSES)[number];

export interface HistoryLine {
  readonly role: (typeof ROLES)[number];
  readonly content: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

export interface Session {
  readonly id: string;
  readonly status: SessionStatus;
  readonly options: SessionOptions;
  readonly history: readonly HistoryLine[];
  /** ISO 8601. */
  readonly created_at: string;
  /** Seconds of conversation. */
  readonly duration: number;
}

export interface Face {
  readonly id: string;
  readonly name: string;
  /** The address of a picture. */
  readonly image: string;
}

export interface Profile {
  readonly id: string;
  readonly short_name: string;
  readonly description: string;
}

/** What a page connects to a bot of Pipecat's with. */
export interface PipecatSession {
  readonly session_id: string;
  /** As the server names them. */
  readonly iceConfig?: Readonly<Record<string, unknown>>;
}

/** What a page begins a call of OpenAI Realtime with. */
export interface OpenAISession {
  /** A client secret. */
  readonly token: string;
  /** When it is no longer one, ISO 8601. */
  readonly expiresAt: string;
}

const STATUSES = ['IDLE', 'ACTIVE', 'PAUSED', 'TERMINATED'] as const;
const ROLES = ['user', 'assistant'] as const;

/** Reads `value`, which stands at `path` of an answer. Throws `bad-answer` where it is not that. */
export type Parse<T> = (value: unknown, path: string) => T;

const text = parser('a string', value => typeof value === 'string');
const number = parser('a number', value => typeof value === 'number');
const sessionId = parser('a session id', isSessionId);
const object = parser('an object', isObject);
const context = parser(
  'a string or an object',
  (value): value is string | Record<string, unknown> =>
    typeof value === 'string' || isObject(value),
);
const list = parser('a list', (value): value is unknown[] => Array.isArray(value));

export const parseCreated: Parse<{session_id: string}> = (value, path) => {
  const field = fieldsOf(value, path);
  return {session_id: field('session_id', sessionId)};
};

export const parseStarted: Parse<PipecatSession> = (value, path) => {
  const field = fieldsOf(value, path);
  const iceConfig = field('iceConfig', optional(object));
  return {session_id: field('sessionId', sessionId), ...(iceConfig && {iceConfig})};
};

export const parseSecret: Parse<OpenAISession> = (value, path) => {
  const field = fieldsOf(value, path);
  const expiresAt = new Date(field('expires_at', number) * 1000).toISOString();
  return {token: field('value', text), expiresAt};
};

export const parseSession: Parse<Session> = (value, path) => {
  const field = fieldsOf(value, path);
  return {
    id: field('id', sessionId),
    status: field('status', oneOf(STATUSES)),
    options: field('options', parseOptions),
    history: field('history', listOf(parseLine)),
    created_at: field('created_at', text),
    duration: field('duration', number),
  };
};

export const parseFace: Parse<Face> = (value, path) => {
  const field = fieldsOf(value, path);
  return {id: field('id', text), name: field('name', text), image: field('image', text)};
};

export const parseProfile: Parse<Profile> = (value, path) => {
  const field = fieldsOf(value, path);
  return {
    id: field('id', text),
    short_name: field('short_name', text),
    description: field('description', text),
  };
};

export function listOf<T>(parse: Parse<T>): Parse<T[]> {
  return (value, path) => list(value, path).map((one, at) => parse(one, `${path}[${at}]`));
}

const parseLine: Parse<HistoryLine> = (value, path) => {
  const field = fieldsOf(value, path);
  return {
    role: field('role', oneOf(ROLES)),
    content: field('content', text),
    timestamp: field('timestamp', text),
  };
};

const parseOptions: Parse<SessionOptions> = (value, path) => {
  const field = fieldsOf(value, path);
  return {
    face: field('face', text),
    profile: field('profile', text),
    behavior: field('behavior', optional(text)),
    time_limit: field('time_limit', optional(number)),
    context: field('context', optional(context)),
  };
};

function optional<T>(parse: Parse<T>): Parse<T | undefined> {
  return (value, path) => (value == null ? undefined : parse(value, path));
}

function oneOf<T extends string>(known: readonly T[]): Parse<T> {
  return parser(`one of ${known.join(', ')}`, (value): value is T => known.some(k => k === value));
}

function fieldsOf(value: unknown, path: string) {
  const fields = object(value, path);
  return <T>(name: string, parse: Parse<T>): T => parse(fields[name], `${path}.${name}`);
}

function parser<T>(what: string, is: (value: unknown) => value is T): Parse<T> {
  return (value, path) => {
    if (is(value)) return value;
    // The value itself is not told: it may be anything, and end in a log.
    throw new EngineError('bad-answer', {cause: new TypeError(`${path} is not ${what}.`)});
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
