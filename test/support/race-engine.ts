import {PeerEngine} from './peer-engine.js';
import {pause, type Random} from './random.js';

const STATUSES = [400, 401, 403, 404, 409, 410, 429, 500, 502, 503];
const NONSENSE = [
  '<!doctype html><title>Login</title>',
  '',
  'v=0\r\no=nothing',
  'v=0\r\n'.repeat(2e4),
];
const FRAMES = ['', 'null', '[]', '{', '{"event":7}', '{"event":"transcript"}', 'x'.repeat(7e4)];
const CODES = ['engine-busy', 'session-ended', 'engine-error', 'out-of-words', ''];

/** How often which request goes how. */
const ANSWERS = {
  POST: {rightly: 16, late: 3, never: 1, refused: 1.5, nonsense: 1, unreachable: 0.7},
  PATCH: {rightly: 5, late: 1, never: 0.5, refused: 3, nonsense: 0.5, unreachable: 1},
  DELETE: {rightly: 8, late: 2, never: 0, refused: 0.5, nonsense: 0, unreachable: 1},
} as const;

/** An engine in the page that answers as it likes, says what it likes, and leaves when it likes. */
export class RaceEngine {
  readonly page = new PeerEngine();
  /** Whether it misbehaves. */
  isFaulty = true;
  readonly #chances: Random;
  readonly #note: (what: string) => void;
  readonly #held: (() => void)[] = [];
  #lines = 1;
  #isWhole = false;
  #seq = 0;

  constructor(chances: Random, note: (what: string) => void) {
    this.#chances = chances;
    this.#note = note;
    this.page.script = ({method}) => this.#answer(method as keyof typeof ANSWERS);
  }

  /** Lets a request through that it had not answered. */
  answerLate(): void {
    this.#held.shift()?.();
  }

  /** Says something to the last visitor, or what is nothing. */
  say(random: Random): string {
    const what = random.weigh({line: 6, turn: 3, invented: 1, ping: 1, nonsense: 2});
    if (what === 'nonsense')
      this.#send(random.chance(0.2) ? new ArrayBuffer(8) : random.pick(FRAMES));
    else if (what === 'line') this.#tell('transcript', this.#line(random), random);
    else if (what === 'turn') this.#tellOfTurn(random);
    else this.#tell(what === 'ping' ? 'ping' : 'weather', null, random);
    return what;
  }

  /** Ends the conversation with the last visitor. */
  leave(random: Random): string {
    const how = random.weigh({closes: 2, fails: 2, channel: 2, peer: 2});
    if (how === 'closes') this.#send(JSON.stringify({event: 'close', data: 'time limit reached'}));
    if (how === 'channel') this.page.channel?.close();
    const peer = this.page.peers.at(-1);
    if (how === 'peer' && peer?.iceGatheringState === 'complete') peer.close(); // It has answered.
    if (how === 'fails') {
      const data = {code: random.pick(CODES), message: 'Out of words.'};
      this.#send(JSON.stringify({event: 'error', data}));
    }
    return how;
  }

  /** Is not heard any more by the last visitor, until it is, where it is ever. */
  async fallSilent(ms: number): Promise<void> {
    const goOn = await this.page.fallSilent().catch(() => undefined); // It may have left.
    await pause(ms);
    await goOn?.().catch(() => {});
  }

  /** Behaves from now on, and answers what it has not. */
  behave(): void {
    this.isFaulty = false;
    while (this.#held.length > 0) this.answerLate();
  }

  /** The connections that it has answered for and was not told the end of. */
  get abandoned(): string[] {
    const ended = this.page.requests.filter(({method}) => method === 'DELETE');
    const paths = new Set(ended.map(({path}) => path));
    return this.page.answered.filter(address => !paths.has(address));
  }

  async #answer(method: keyof typeof ANSWERS): Promise<Response> {
    const nothing = undefined as unknown as Response;
    const how = this.#chances.weigh(ANSWERS[method]);
    if (!this.isFaulty || how === 'rightly') return nothing;
    this.#note(`${method} answered: ${how}`);
    if (how === 'late') await pause(this.#chances.below(80));
    if (how === 'never') await new Promise<void>(resolve => this.#held.push(resolve));
    if (how === 'refused') return new Response('{}', this.#refusal());
    if (how === 'nonsense') return new Response(this.#chances.pick(NONSENSE), {status: 201});
    if (how === 'unreachable') throw new TypeError('Failed to fetch');
    return nothing;
  }

  #refusal(): ResponseInit {
    const after = this.#chances.pick(['', '0', '1', '1000000000', 'soon']);
    return {status: this.#chances.pick(STATUSES), headers: after ? {'Retry-After': after} : {}};
  }

  /** Lines grow, are withdrawn, and are whole some time; some are told again then. */
  #line(random: Random) {
    if (this.#isWhole && random.chance(0.8))
      [this.#lines, this.#isWhole] = [this.#lines + 1, false];
    const timestamp = new Date(1.8e12 + this.#lines * 1000).toISOString();
    const role = this.#lines % 3 === 0 ? 'user' : 'assistant';
    const isWithdrawn = !this.#isWhole && random.chance(0.1);
    const complete = (this.#isWhole ||= isWithdrawn || random.chance(0.5));
    const content = isWithdrawn ? '' : `Line ${this.#lines}${complete ? '.' : ''}`;
    return {timestamp, role, content, complete};
  }

  #tellOfTurn(random: Random): void {
    const names = ['user-started-talking', 'user-stopped-talking', 'user-resumed', 'user-paused'];
    this.#tell(random.pick(names), {timeout: random.chance(0.5) ? 2000 : null}, random);
  }

  #tell(event: string, data: unknown, random: Random): void {
    const numbered = random.chance(0.6) ? {seq: (this.#seq += random.below(2))} : {};
    this.#send(JSON.stringify({event, data, ...numbered}));
  }

  #send(frame: string | ArrayBuffer): void {
    if (this.page.channel?.readyState === 'open') this.page.sendFrame(frame);
  }
}
