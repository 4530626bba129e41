import {speakLine, type Stage} from './line.js';
import type {Configuration, TurnMessage, TypedText} from './messages.js';
import type {Ear, Mind, Speech} from './speech/types.js';
import {Turns, type Turn, type TurnListener} from './turns.js';

/** What a conversation needs of its connection. */
export interface Scene extends Omit<Stage, 'voice'> {
  readonly speech: Speech;
  readonly profile: string;
  /** Whether a text has come before, and was lost on the way only in the client's eyes. */
  readonly isRepeated: (text: TypedText) => boolean;
  /** Told when the conversation cannot go on. */
  readonly fail: (error: unknown) => void;
}

/**
 * The talk over one connection: whose turn it is, and what is said in it. Silent until it is first
 * configured. Whenever the visitor means to talk, the assistant falls silent. `signal` ends it, and
 * completes what either party was saying.
 */
export class Conversation implements TurnListener {
  readonly #scene: Scene;
  readonly #signal: AbortSignal;
  readonly #ended: Promise<undefined>;
  readonly #turns: Turns;
  readonly #mind: Mind;
  readonly #ear: Promise<Ear>;
  /** The visitor's last audio, on its way to an ear that may still be being prepared. */
  #listen: (samples: Int16Array) => void = () => undefined;
  /** Settles when what the visitor said before is in the history. */
  #taken: Promise<unknown> = Promise.resolve();
  /** Settles when what the assistant said is. */
  #spoken: Promise<unknown> = Promise.resolve();
  /** Aborts what the assistant is about to say. */
  #interruption = new AbortController();
  #replying = false;

  constructor(scene: Scene, signal: AbortSignal) {
    this.#scene = scene;
    this.#signal = signal;
    this.#ended = new Promise(resolve => {
      signal.addEventListener('abort', () => resolve(undefined), {once: true});
    });
    this.#turns = new Turns(this, scene.send, signal);
    this.#mind = scene.speech.mind(scene.profile);
    this.#ear = scene.speech.ear(this.#turns);
    this.#attempt(this.#openEar());
  }

  get configured(): boolean {
    return this.#turns.configured;
  }

  configure(configuration: Configuration): void {
    const first = !this.configured;
    this.#turns.configure(configuration);
    const greeting = this.#mind.greeting();
    if (first && greeting !== undefined && this.#scene.history.length === 0) {
      this.#attempt(this.#reply(() => [greeting]));
    }
  }

  receive(message: TurnMessage): void {
    if (!this.configured) return;
    switch (message.event) {
      case 'send-user-response':
        return this.#turns.respond();
      case 'keep-user-turn':
        return this.#turns.keep();
      case 'discard-user-response':
        return this.#drop();
      case 'user-text':
        if (this.#scene.isRepeated(message.data)) return;
        return this.#attempt(this.#answerTyped(message.data.text));
    }
  }

  /** Takes the visitor's next samples. */
  hear(samples: Int16Array): void {
    if (this.configured) this.#listen(samples);
  }

  turnInsists(): void {
    void this.#hush();
  }

  turnUnderstood({timestamp, words}: Turn): void {
    this.#tell(timestamp, words, false);
  }

  turnEnded(turn: Turn | undefined): void {
    this.#attempt(this.#answer(turn));
  }

  async #openEar(): Promise<void> {
    const ear = await this.#ear;
    this.#signal.addEventListener('abort', () => ear.close(), {once: true});
    if (this.#signal.aborted) ear.close();
    else this.#listen = samples => ear.listen(samples);
  }

  async #answer(turn: Turn | undefined): Promise<void> {
    const ear = await this.#ear;
    const cough = turn !== undefined && !turn.insistent && !this.#turns.handsOn;
    if (cough && this.#replying) return ear.discard();
    const said = await this.#take(ear, turn);
    if (cough && said?.text === '') return;
    const timestamp = turn?.timestamp ?? new Date().toISOString();
    if (said && !turn && this.#turns.handsOn) this.#announce();
    if (said || turn?.words) this.#tell(timestamp, said?.text ?? '', true);
    if (!said) return;
    await this.#answerLine(said.text, timestamp);
  }

  /** A text is a turn of its own. Who types has decided against what they were saying. */
  async #answerTyped(text: string): Promise<void> {
    const timestamp = new Date().toISOString();
    void this.#hush();
    this.#drop();
    this.#tell(timestamp, text, true);
    await (this.#taken = this.#taken.then(() => this.#hush()));
    await this.#answerLine(text, timestamp);
  }

  /** Silences the assistant. Settles when what it has said is in the history. */
  #hush(): Promise<unknown> {
    this.#interruption.abort();
    return this.#spoken;
  }

  /** Drops what the visitor is saying, noticed or not. */
  #drop(): void {
    const turn = this.#turns.drop();
    if (turn) this.#tell(turn.timestamp, '', true);
    this.#attempt(this.#ear.then(ear => ear.discard()));
  }

  /** `content` is empty where nobody has understood it. */
  async #answerLine(content: string, timestamp: string): Promise<void> {
    const {history} = this.#scene;
    const understood = content !== '';
    if (understood) history.push({role: 'user', content, timestamp});
    // Who goes on talking is answered when that turn is over, too.
    if (this.#signal.aborted || this.#turns.insistent) return;
    await this.#reply(signal => this.#mind.answer(history, understood, signal));
  }

  /**
   * What was said in a turn, told after the turns before. Where the conversation ends before the
   * ear has told, what had been understood by then, so that no line is left open.
   */
  #take(ear: Ear, turn: Turn | undefined): Promise<{text: string} | null> {
    const heard = Promise.race([this.#ended, ear.take()]);
    const taken = Promise.all([heard, this.#taken]).then(([said]) => {
      if (said !== undefined) return said;
      return turn ? {text: turn.words} : null;
    });
    this.#taken = taken.catch(() => undefined);
    return taken;
  }

  /** A turn that was over before anyone had noticed it. */
  #announce(): void {
    this.#scene.send('user-started-talking', null);
    this.#scene.send('user-stopped-talking', null);
  }

  async #reply(
    sentences: (signal: AbortSignal) => AsyncIterable<string> | Iterable<string>,
  ): Promise<void> {
    this.#interruption.abort();
    const interruption = (this.#interruption = new AbortController());
    const signal = AbortSignal.any([this.#signal, interruption.signal]);
    this.#replying = true;
    const stage = {...this.#scene, voice: this.#scene.speech.voice};
    const spoken = speakLine(sentences(signal), stage, signal);
    this.#spoken = spoken.catch(() => undefined);
    try {
      await spoken;
    } finally {
      if (this.#interruption === interruption) this.#replying = false;
    }
  }

  #tell(timestamp: string, content: string, complete: boolean): void {
    this.#scene.send('transcript', {timestamp, role: 'user', content, complete});
  }

  #attempt(task: Promise<void>): void {
    task.catch((error: unknown) => {
      if (!this.#signal.aborted) this.#scene.fail(error);
    });
  }
}
