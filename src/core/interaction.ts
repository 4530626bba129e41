import {untilAborted} from './abort.js';
import {Connection, type MakeLink} from './connection.js';
import {withMessage} from './conversation.js';
import {InteractionError, asInteractionError, engineError} from './errors.js';
import type {InteractionEventArguments, Next} from './events.js';
import type {Credentials, Dial} from './link.js';
import {toEvent, type Command, type EngineMessage} from './messages.js';
import {isMicrophoneGranted} from './microphone.js';
import {resolveOptions, type ConnectOptions, type ResolvedOptions} from './options.js';
import {resolveSession, toCredentials, type Session} from './session.js';
import {
  NEW_CONVERSATION,
  WITHOUT_TURN,
  isSilent,
  type Conversation,
  type InteractionState,
  type Phase,
} from './state.js';
import {settled, type TranscriptLine} from './transcript.js';
import {Turns} from './turns.js';
import {Voice} from './voice.js';

const CLOSED = 'data channel closed';

interface InteractionListener {
  readonly next?: Next | undefined;
  /** Called after each change of the state, before the event that tells of it. */
  readonly onChange?: ((state: InteractionState) => void) | undefined;
  /** What was said before, where this interaction goes on with a session. */
  readonly transcript?: readonly TranscriptLine[] | undefined;
  /** What the page wants done before the visitor is asked for anything; its refusal is an end. */
  readonly before?: (() => Promise<unknown>) | undefined;
}

/**
 * One conversation, from connect to close. Its signal ends all that it holds; its state is
 * committed before anybody is told, so that a listener may call back into it.
 */
export class Interaction {
  readonly #ending = new AbortController();
  readonly #signal = this.#ending.signal;
  readonly #session: Session;
  readonly #options: ConnectOptions;
  readonly #listener: InteractionListener;
  #conversation: Conversation;
  #phase: Phase = {status: 'idle'};
  #state: InteractionState;
  #connection: Connection | undefined;
  #voice: Voice | undefined;
  #left: Promise<void> | undefined;
  /** What was asked for last. */
  #muted = false;
  #after: (() => Promise<void> | undefined) | undefined;

  /** What the visitor says, and when it is all of it. */
  readonly turns = new Turns({
    signal: this.#signal,
    state: () => this.#state,
    commit: change => this.#commit(change),
    send: message => this.#send(message),
  });

  /** `after` is what must be over before the engine is reached: the leaving of the one before. */
  constructor(
    session: Session,
    options: ConnectOptions,
    listener: InteractionListener = {},
    after?: () => Promise<void> | undefined,
  ) {
    this.#session = session;
    this.#options = options;
    this.#listener = listener;
    this.#after = after;
    const {transcript = NEW_CONVERSATION.transcript} = listener;
    this.#conversation = {...NEW_CONVERSATION, transcript};
    this.#state = Object.freeze({...this.#conversation, ...this.#phase});
  }

  get state(): InteractionState {
    return this.#state;
  }

  /** The microphone while it is open, to look at how loud it is; also while nothing of it is sent. */
  get microphone(): MediaStreamTrack | undefined {
    return this.#signal.aborted ? undefined : this.#voice?.track;
  }

  /**
   * Settles when the AI is ready. Rejects with an `InteractionError`, after `error` and `close`,
   * or with an `AbortError` where the conversation was ended first. Called once.
   */
  async connect(): Promise<void> {
    try {
      this.#signal.throwIfAborted();
      const options = resolveOptions(this.#options);
      const session = this.#session;
      const known = typeof session === 'function' ? undefined : toCredentials(session);
      await this.#open(options, options.engine(known));
    } catch (cause) {
      this.#fail(asInteractionError(cause));
      throw this.#signal.reason;
    }
  }

  /** Ends the conversation at once; settles when the engine knows that the visitor has left. */
  async disconnect(): Promise<void> {
    this.#end({by: 'visitor', reason: CLOSED, error: null});
    await this.#waitForBefore();
    await this.#left;
  }

  /**
   * Hears the visitor from that microphone from now on, or from the browser's choice where it is
   * empty. Settles when it is so, or when there is no conversation; rejects with an
   * `InteractionError` where it cannot be had, and keeps the one before.
   */
  async setMicrophone(deviceId: string): Promise<void> {
    await this.#voice?.choose(deviceId);
  }

  /**
   * Settles when it is so. Who has been muted from the start is asked for the microphone by the first
   * unmuting: rejects with an `InteractionError` where it cannot be had, and they stay muted.
   */
  async setMuted(muted: boolean): Promise<void> {
    this.#muted = muted;
    if (!muted && !this.microphone) await this.#voice?.open();
    this.#commit({muted: this.#muted});
  }

  /** Starts the sound that the browser held back; call it from a gesture of the visitor's. */
  resumePlayback(): void {
    if (!this.#state.playbackBlocked) return;
    this.#commit({playbackBlocked: false});
    this.#connection?.startPlaying();
  }

  async #open(options: ResolvedOptions, dial: Dial): Promise<void> {
    const {mode, handsOnTimeout, handsOnControl, muted, stream} = options;
    const {engineUrl, audioOnly, patience} = options;
    const {before} = this.#listener;
    const step = before ? 'page' : 'microphone';
    this.#commit({mode, handsOnTimeout, handsOnControl, muted}, {status: 'connecting', step});
    if (before) await this.#waitForPage(before);
    this.#signal.throwIfAborted(); // Who heard of the new status may have ended it.
    const leave = () => void this.disconnect();
    addEventListener('pagehide', leave, {signal: this.#signal});
    document.addEventListener('freeze', leave, {signal: this.#signal});

    const makeLink: MakeLink = own =>
      dial({
        engineUrl,
        audioOnly,
        patience,
        transcript: () => this.#state.transcript,
        renewCredentials: () => this.#getCredentials(),
        onMessage: message => this.#receive(message),
        ...own,
      });
    const connection = (this.#connection = new Connection(makeLink, options, this.#signal, {
      onLost: () => {
        if (this.#state.status === 'open') void this.#reconnect();
        else this.#fail(new InteractionError('connection-lost'));
      },
      onClosed: () => this.#closedByEngine(CLOSED),
      onPlaybackRefused: this.#onPlaybackRefused,
    }));
    const voice = (this.#voice = new Voice(options, this.#signal, {
      send: track => connection.sendAudio(track),
      onLost: cause => this.#fail(new InteractionError('microphone-lost', {cause})),
    }));
    // Who is muted may only want to type: they are asked when they unmute.
    const microphone = stream || !this.#state.muted ? voice.open() : undefined;
    await Promise.all([microphone, this.#reach(connection, microphone, stream)]);
    connection.throwIfClosed();

    this.#commit({}, {status: 'open'});
    this.turns.sendConfiguration();
    // As above.
    if (!this.#signal.aborted) this.#notify('open', 'data channel opened');
  }

  async #waitForPage(before: () => Promise<unknown>): Promise<void> {
    try {
      await untilAborted(before(), this.#signal);
    } catch {
      await this.disconnect();
    }
    this.#signal.throwIfAborted();
    this.#commit({}, {status: 'connecting', step: 'microphone'});
  }

  /** Nothing is sent before the visitor has agreed; where they have, or are not asked, nothing waits. */
  async #reach(
    connection: Connection,
    microphone: Promise<void> | undefined,
    stream: MediaStream | null,
  ): Promise<void> {
    if (microphone && !(await isMicrophoneGranted(stream))) await microphone;
    this.#signal.throwIfAborted();
    this.#commit({}, {status: 'connecting', step: 'engine'});
    await untilAborted(this.#waitForBefore(), this.#signal);
    await connection.open(await this.#getCredentials());
  }

  #getCredentials(): Promise<Credentials> {
    return resolveSession(this.#session, this.#signal);
  }

  /** Forgotten then: a page's last conversation would else keep all that have been. */
  async #waitForBefore(): Promise<void> {
    await this.#after?.();
    this.#after = undefined;
  }

  /** The conversation goes on where it was; the visitor's turn has ended with the connection before. */
  async #reconnect(): Promise<void> {
    this.#commit({}, {status: 'reconnecting'});
    try {
      const replaced = await this.#connection?.reopen();
      this.#commit(replaced ? WITHOUT_TURN : {}, {status: 'open'});
      this.turns.sendConfiguration();
      if (replaced) this.turns.repeatTexts();
    } catch (cause) {
      this.#fail(asInteractionError(cause));
    }
  }

  #send(command: Command): void {
    this.#connection?.send(command);
  }

  #receive(message: EngineMessage): void {
    if (message.event === 'error') return this.#fail(engineError(message.data));
    if (message.event === 'close') return this.#closedByEngine(message.data || CLOSED);
    // Otherwise an engine is silent until it has been configured, which is when the conversation is open.
    if (!this.#hasOpened) return;
    if (message.event === 'transcript') this.turns.told(message.data);
    this.#commit(withMessage(this.#conversation, message));
    this.#notify(...toEvent(message));
  }

  #closedByEngine(reason: string): void {
    if (!this.#hasOpened) return this.#fail(new InteractionError('protocol-error'));
    this.#end({by: 'engine', reason, error: null});
  }

  /** Also while it is being reconnected: what was silent may be heard again. */
  get #hasOpened(): boolean {
    return this.#state.status === 'open' || this.#state.status === 'reconnecting';
  }

  #fail(error: InteractionError): void {
    this.#end({by: 'nobody', reason: CLOSED, error});
  }

  /** Everything is released before anybody is told, who may well start anew. */
  #end(closed: Omit<Extract<Phase, {status: 'closed'}>, 'status'>): void {
    if (this.#state.status === 'closed') return;
    this.#ending.abort(closed.error ?? undefined);
    this.#left = this.#connection?.leave();
    this.#connection = this.#voice = undefined; // What is over is garbage, whoever keeps this.
    const transcript = settled(this.#state.transcript);
    this.#commit(
      {...WITHOUT_TURN, transcript, held: false, playbackBlocked: false},
      {status: 'closed', ...closed},
    );
    if (closed.error) this.#notify('error', closed.error);
    this.#notify('close', closed.reason);
  }

  readonly #onPlaybackRefused = (cause: DOMException): void => {
    if (this.#state.playbackBlocked) return;
    this.#commit({playbackBlocked: true});
    this.#notify('error', new InteractionError('playback-blocked', {cause}));
  };

  #commit(change: Partial<Conversation>, phase: Phase = this.#phase): void {
    this.#conversation = {...this.#conversation, ...change};
    this.#phase = phase;
    this.#state = Object.freeze({...this.#conversation, ...phase});
    this.#voice?.setSilent(isSilent(this.#conversation));
    this.#listener.onChange?.(this.#state);
  }

  /** A listener that throws is the page's affair, not the conversation's. */
  #notify(...event: InteractionEventArguments): void {
    try {
      this.#listener.next?.(...event);
    } catch (error) {
      reportError(error);
    }
  }
}
