import {expect} from '@open-wc/testing';
import {parse, type WireMessage} from '../../src/core/protocol.js';
import {Random, seedsOfThisRun} from '../support/random.js';

const CASES = 10_000;
const MAX_LENGTH = 64 * 1024;
const MAX_DEPTH = 32;

const LINE = {timestamp: '2026-01-02T03:04:05.678Z', role: 'user', content: 'Hi', complete: true};
const VALID: readonly object[] = [
  {event: 'transcript', data: LINE, seq: 7},
  {event: 'transcript', data: {...LINE, role: 'assistant', complete: false}},
  {event: 'user-paused', data: {timeout: 5000}, seq: 8},
  {event: 'user-started-talking', data: null},
  {event: 'error', data: {code: 'engine-error', message: 'It broke.'}},
  {event: 'close', data: 'time limit reached'},
  {event: 'ping', data: null},
  {event: 'mood', data: {is: 'good', since: [1, {deep: ['er']}]}},
];

/** JSON, most of it, that an engine may say in place of anything. */
const FRAGMENTS: readonly string[] = [
  ...['null', 'true', 'false', '[]', '{}', '""', '"true"', 'NaN', 'undefined', "'x'"],
  ...['0', '-0', '-1', '0.1', '1e400', '-1e400', '8.64e15', '8640000000000001', '9007199254740993'],
  ...['"\\u0000"', '"\\ud800"', '"\\udc00\\ud800"', '"a\\u202eb\\u202a"', '"\\u0085\\u001b[2J"'],
  ...['"+275760-09-13T00:00:00.000Z"', '"soon"', '"1"', '"\\r\\n\\t"', '"\ud800"', '"\u202e"'],
  ...['"<img src=x onerror=alert(1)>"', '"javascript:alert(1)"', '"open"', '"cl\\u0000ose"'],
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toString":null,"valueOf":1,"hasOwnProperty":0,"toJSON":2,"then":3}',
  `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  `${'{"a":'.repeat(5000)}0${'}'.repeat(5000)}`,
  `{${Array.from({length: 5000}, (_, at) => `"${at}":0`).join()}}`,
  `"${'\\u202e'.repeat(2000)}"`,
  `"${'x'.repeat(MAX_LENGTH)}"`,
];
const KEYS = ['event', 'data', 'seq', 'name', 'role', '__proto__', 'constructor', '', 'then', '0'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Writes a message as JSON and goes astray on the way. */
function write(value: unknown, random: Random): string {
  if (random.chance(0.06)) return random.pick(FRAGMENTS);
  if (Array.isArray(value)) return `[${value.map(item => write(item, random)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const key = random.chance(0.04) ? random.pick(KEYS) : name;
    const times = random.weigh({1: 30, 0: 1, 2: 1});
    return Array.from({length: Number(times)}, () => `"${key}":${write(member, random)}`);
  });
  if (random.chance(0.1)) members.push(`"${random.pick(KEYS)}":${random.pick(FRAGMENTS)}`);
  return `{${members.join()}}`;
}

/** Cuts, doubles, turns round or replaces a piece of text. */
function damage(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  const to = from + random.below(12);
  const piece = text.slice(from, to);
  const how = random.weigh({cut: 1, double: 1, reverse: 1, replace: 1, end: 1});
  if (how === 'end') return text.slice(0, from);
  const put = {cut: '', double: piece + piece, reverse: [...piece].reverse().join('')};
  return text.slice(0, from) + (put[how as 'cut'] ?? random.pick(FRAGMENTS)) + text.slice(to);
}

function frameOf(random: Random): string {
  const text = write(random.pick(VALID), random);
  return random.chance(0.2) ? damage(text, random) : text;
}

const isPrintable = (value: unknown) =>
  typeof value === 'string' && !/[\p{Cs}\u202a-\u202e]|(?![\n\t])\p{Cc}/u.test(value);
const isIsoTime = (value: unknown) =>
  typeof value === 'string' && /^([+-]\d\d)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
const has = (value: unknown, ...keys: string[]): value is Record<string, unknown> =>
  isObject(value) && Object.keys(value).sort().join() === keys.sort().join();

/** What may come of any frame: the data of each event, where it has any. */
const SHAPES: Record<string, (data: unknown) => boolean> = {
  'user-started-talking': data => data === undefined,
  'user-stopped-talking': data => data === undefined,
  'user-resumed': data => data === undefined,
  ping: data => data === undefined,
  close: isPrintable,
  error: data =>
    has(data, 'code', 'message') && isPrintable(data.code) && isPrintable(data.message),
  'user-paused': data =>
    has(data, 'timeout') &&
    (data.timeout === null || (Number.isFinite(data.timeout) && Number(data.timeout) >= 0)),
  transcript: data =>
    has(data, 'timestamp', 'role', 'content', 'complete') &&
    isIsoTime(data.timestamp) &&
    (data.role === 'user' || data.role === 'assistant') &&
    isPrintable(data.content) &&
    typeof data.complete === 'boolean',
};
const KNOWN = [...Object.keys(SHAPES), 'open'];

/** Whether an event has the data that it may have; one of the engine's own has a name, too. */
function isKnownShape(message: WireMessage): boolean {
  const {event, name, data, seq = 0, ...more} = message as Record<string, unknown>;
  if (Object.keys(more).length > 0 || !Number.isSafeInteger(seq)) return false;
  if (event !== 'other') return name === undefined && SHAPES[String(event)]?.(data) === true;
  const isName = typeof name === 'string' && isPrintable(name) && /^[^]{1,64}$/.test(name);
  return isName && data !== undefined && !KNOWN.includes(name);
}

/** How many values are in it, where each is plain, own and not too deep; `Infinity` where not. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 1;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === (Array.isArray(value) ? Array : Object).prototype;
  if (!isPlain || depth > MAX_DEPTH + 1) return Infinity;
  if (Object.keys(value).some(key => !Array.isArray(value) && key in {})) return Infinity;
  return Object.values(value).reduce((sum: number, one) => sum + sizeOf(one, depth + 1), 1);
}

/** What is wrong with what has come of a frame. */
function faultOf(frame: string): string | undefined {
  const message = parse(frame);
  if (message === null) return undefined;
  if (!isKnownShape(message)) return 'a shape that is not known';
  // Not a clock, which is somebody else's too: no more is made of a frame than it has characters.
  if (sizeOf(message) > frame.length) return 'more than was said, or what is not plain';
  return undefined;
}

const namesOf = (value: object) => Reflect.ownKeys(value).map(String).sort().join();
const prototypes = () =>
  [Object, Array, String, Number, Function].map(one => namesOf(one.prototype));

describe('frames that nobody should send', () => {
  const {seeds, only} = seedsOfThisRun();
  for (const seed of seeds) {
    it(`are harmless, ${CASES} of them by the seed ${seed}`, () => {
      const before = prototypes();
      let understood = 0;
      for (let episode = only ?? 0; episode < (only === undefined ? CASES : only + 1); episode++) {
        const frame = frameOf(new Random(seed, episode));
        const fault = faultOf(frame);
        if (fault)
          expect.fail(`${fault}, by seed=${seed}&episode=${episode}: ${frame.slice(0, 500)}`);
        if (parse(frame)) understood += 1;
      }
      expect(prototypes()).to.deep.equal(before);
      expect(({} as {polluted?: boolean}).polluted).to.equal(undefined);
      // Else nothing would have been shown, by frames that are all nonsense or all sound.
      if (only === undefined) expect(understood / CASES).to.be.within(0.3, 0.9);
    });
  }

  for (const [what, frame] of [
    ['a million keys', `{"event":"x","data":{${'"k":0,'.repeat(1e6)}"l":0}}`],
    ['a million lists', `{"event":"x","data":${'['.repeat(1e6)}`],
    ['a name of a million characters', `{"event":"${'x'.repeat(1e6)}"}`],
  ] as const) {
    it(`are not even read where they have ${what}`, () => {
      const {parse: read} = JSON;
      let reads = 0;
      JSON.parse = (...args) => ((reads += 1), read(...args) as unknown);
      const message = parse(frame);
      JSON.parse = read;
      expect([message, reads]).to.deep.equal([null, 0]);
    });
  }

  it('are not looked into where they are no text', () => {
    const trap = () => expect.fail('it was looked into');
    const objects = [{}, [], () => {}].map(one => new Proxy(one, {get: trap, has: trap}));
    for (const frame of [...objects, new String('{"event":"ping"}'), 7, null, undefined]) {
      expect(parse(frame)).to.equal(null);
    }
  });

  it('of the largest size are taken, whatever is in them, and one character more is not', () => {
    const filled = (filling: (length: number) => string) => {
      const [head, tail] = ['{"event":"x","data":', '}'];
      return head + filling(MAX_LENGTH - head.length - tail.length) + tail;
    };
    const fillings: ((length: number) => string)[] = [
      length => `"${'x'.repeat(length - 2)}"`,
      length => `[${'0,'.repeat(length / 2 - 2).padEnd(length - 3)}0]`,
      length => `${'['.repeat(length / 2)}${']'.repeat(length / 2)}`.padEnd(length),
      length => `{${'"":0,'.repeat(length / 5 - 2).padEnd(length - 6)}"":0}`,
      length => `"${'\u202e'.repeat(length - 2)}"`,
    ];
    for (const filling of fillings) {
      const frame = filled(filling);
      expect([frame.length, parse(frame)?.event]).to.deep.equal([MAX_LENGTH, 'other']);
      expect(faultOf(frame)).to.equal(undefined);
      expect(parse(`${frame} `)).to.equal(null);
    }
  });
});
