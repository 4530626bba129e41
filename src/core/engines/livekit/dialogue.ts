import {onAbort} from '../../abort.js';
import {isInteractionEvent} from '../../events.js';
import type {Command, EngineMessage} from '../../messages.js';
import type {Activity} from '../../state.js';
import {HandsOn} from '../hands-on.js';
import {Lines} from '../lines.js';
import {STATE} from './agent.js';

/** What can be done with the agent. */
export interface Partner {
  /** Calls a method of its. */
  readonly call: (method: string) => Promise<unknown>;
  readonly write: (text: string) => Promise<unknown>;
}

type Method = 'start_turn' | 'end_turn' | 'cancel_turn';

const ACTIVITIES: Readonly<Record<string, Activity>> = {
  idle: 'listening',
  listening: 'listening',
  thinking: 'thinking',
  speaking: 'speaking',
};
/** The code of a call to what the agent does not have. */
const UNSUPPORTED_METHOD = 1400;

/**
 * What is said with an agent, over all connections of a conversation: what is told in its room becomes our
 * messages, and our commands become what agents are told by convention. Who is heard to talk, the room
 * knows.
 */
export class Dialogue {
  readonly #tell: (message: EngineMessage) => void;
  readonly #lines: Lines;
  readonly #turn: HandsOn;
  #partner: Partner | undefined;
  /** What was told before there is anybody to hear it. */
  #untold: EngineMessage[] | undefined = [];
  #activity: Activity | undefined;
  /** Whether the microphone is on. */
  #isHeard = false;
  /** Whether the visitor talks just now. */
  #isTalking = false;
  /** Whether the visitor's turn is theirs to end. */
  #isPushed = false;
  /** Whether the agent knows nothing of that. */
  #decidesItself = false;
  /** The place that a turn has had in the conversation since it began, until something is understood of it. */
  #place: string | undefined;
  #turns = 0;
  /** Settles when the agent has done what it was called for last. */
  #called = Promise.resolve();
  readonly #items = new Map<string, string>();

  constructor(tell: (message: EngineMessage) => void) {
    this.#tell = tell;
    this.#lines = new Lines(data => this.#say({event: 'transcript', data}));
    this.#turn = new HandsOn({
      tell: message => this.#say(message),
      onTimeout: () => this.#end('end_turn'),
    });
  }

  /** Another connection, perhaps with another agent. */
  begin(partner: Partner, signal: AbortSignal): void {
    this.#partner = partner;
    this.#isPushed = this.#isTalking = this.#decidesItself = false;
    this.#activity = undefined;
    this.#called = Promise.resolve();
    this.#lines.settle();
    this.#lines.close();
    onAbort(signal, () => this.#turn.forget());
  }

  command(command: Command): void {
    switch (command.event) {
      case 'configure':
        return this.#configure(command.data);
      case 'send-user-response':
        return this.#end('end_turn');
      case 'discard-user-response':
        return this.#end('cancel_turn');
      case 'keep-user-turn':
        return this.#turn.keep();
      case 'user-text':
        return this.#write(command.data.text, command.data.id);
    }
  }

  /** The microphone is on, or off. Who turns it on means to talk. */
  beHeard(isHeard: boolean): void {
    const begins = isHeard && !this.#isHeard;
    this.#isHeard = isHeard;
    if (begins) this.#open();
  }

  /** The room has noticed that the visitor talks, or that they do not. */
  notice(isTalking: boolean): void {
    if (isTalking === this.#isTalking) return;
    this.#isTalking = isTalking;
    if (!isTalking) return this.#turn.pause();
    // What it notices after that is of before.
    if (this.#isHeard) this.#talk();
  }

  hear(segment: string, text: string, isWhole: boolean): void {
    const isNew = !this.#items.has(segment);
    // The room passes over who is quiet, and notices others later.
    if (isNew && !isWhole) this.#talk();
    this.#lines.understand(this.#itemOf(segment), text, isWhole);
    if (isWhole && !this.#isTalking) this.#turn.pause();
  }

  speak(segment: string, text: string, isWhole: boolean): void {
    if (!this.#items.has(segment)) {
      this.#items.set(segment, segment);
      this.#lines.settle(); // What came before has been cut off.
    }
    this.#lines.speak(segment, text, isWhole);
  }

  /** An attribute of the agent's has that value from now on. */
  follow(name: string, value: string): void {
    if (name === STATE) this.#change(ACTIVITIES[value]);
    this.handOn(name, value);
  }

  /** Whatever else is told there, under its own name, but where that is one of ours. */
  handOn(topic: string, data: unknown): void {
    const name = isInteractionEvent(topic) ? `livekit-${topic}` : topic;
    this.#say({event: 'other', name, data});
  }

  #configure(configuration: Extract<Command, {event: 'configure'}>['data']): void {
    const untold = this.#untold ?? [];
    this.#untold = undefined;
    // Later: that it is open is told first.
    queueMicrotask(() => untold.forEach(message => this.#tell(message)));
    this.#turn.configure(configuration);
    if (!this.#turn.isOn) this.#pushOff(this.#turn.isTalking ? 'end_turn' : 'cancel_turn');
    else if (this.#activity === undefined || this.#activity === 'listening') this.#open();
  }

  #change(activity: Activity | undefined): void {
    if (!activity) return;
    this.#activity = activity;
    if (activity === 'listening') return this.#open();
    const isTaken = !this.#turn.isOn || this.#decidesItself;
    if (isTaken) this.#turn.end();
    if (!this.#turn.isTalking) this.#lines.close();
  }

  #talk(): void {
    this.#open();
    if (this.#activity === 'thinking' && !this.#turn.isTalking) this.#activity = 'listening';
    if (!this.#turn.isTalking) {
      this.#lines.settle('user'); // What was not understood in the end is told no further.
      this.#lines.begin((this.#place = `turn-${++this.#turns}`));
    }
    this.#turn.talk();
  }

  #itemOf(segment: string): string {
    const known = this.#items.get(segment);
    if (known) return known;
    const item = this.#place ?? segment;
    this.#place = undefined;
    this.#items.set(segment, item);
    this.#lines.begin(item);
    return item;
  }

  #end(method: 'end_turn' | 'cancel_turn'): void {
    const isSent = method === 'end_turn';
    if (isSent && this.#activity) this.#activity = 'thinking';
    this.#pushOff(method);
    // Later, as an engine's answer comes: whoever sends has not finished with it.
    queueMicrotask(() => {
      this.#turn.end();
      if (isSent) return this.#lines.close();
      this.#lines.drop();
      this.#place = undefined;
    });
  }

  /** The next turn is the visitor's, too. It falls silent for that: not before it has answered, or they talk. */
  #open(): void {
    if (!this.#turn.isOn || this.#isPushed) return;
    this.#isPushed = true;
    this.#called = this.#call('start_turn');
  }

  #pushOff(method: 'end_turn' | 'cancel_turn'): void {
    if (!this.#isPushed) return;
    this.#isPushed = false;
    this.#called = this.#call(method);
    void this.#called.then(() => {
      if (method === 'cancel_turn' && this.#activity === 'listening') this.#open();
    });
  }

  async #call(method: Method): Promise<void> {
    try {
      await this.#partner?.call(method);
    } catch (cause) {
      const {code, message} = cause as {code?: unknown; message?: unknown};
      this.#decidesItself ||= code === UNSUPPORTED_METHOD;
      this.handOn('rpc-failed', {method, code, message});
    }
  }

  /** A turn of its own, which ends the one that is spoken. Agents do not repeat it: it is told here. */
  #write(content: string, id: number): void {
    if (this.#turn.isTalking) this.#end('cancel_turn');
    if (this.#activity) this.#activity = 'thinking';
    const partner = this.#partner;
    // A text may overtake a call, and who is called to begin a turn falls silent for it.
    const sent = this.#called.then(() => partner?.write(content));
    const told = () => this.#lines.type(`text-${id}`, content);
    // What has not been sent is sent again over the next connection.
    sent.then(told, () => {});
  }

  #say(message: EngineMessage): void {
    const told = {...(this.#activity && {activity: this.#activity}), ...message};
    if (this.#untold) this.#untold.push(told);
    else this.#tell(told);
  }
}
