import {Interaction} from '../../src/core/interaction.js';
import {isLive} from '../../src/core/state.js';

/** The interactions that have begun, whoever has begun them. Watches until `restore()`. */
export class Interactions {
  opened = 0;
  readonly #begun: Interaction[] = [];
  readonly #starts: Promise<void>[] = [];
  readonly #connect = Interaction.prototype.connect;

  constructor() {
    const begin = (interaction: Interaction) => this.#begin(interaction);
    Interaction.prototype.connect = function () {
      return begin(this);
    };
  }

  get begun(): number {
    return this.#begun.length;
  }

  /** Those that hold what they need. */
  get live(): readonly Interaction[] {
    return this.#begun.filter(({state}) => isLive(state));
  }

  /** Why they failed, those that did. */
  get errors(): readonly Error[] {
    return this.#begun.flatMap(({state}) => (state.status === 'closed' && state.error) || []);
  }

  isFatal(error: unknown): boolean {
    return this.errors.includes(error as Error);
  }

  /** Settles when each start has, one way or the other. */
  async settled(): Promise<void> {
    await Promise.all(this.#starts);
  }

  restore(): void {
    Interaction.prototype.connect = this.#connect;
  }

  #begin(interaction: Interaction): Promise<void> {
    this.#begun.push(interaction);
    const start = this.#connect.call(interaction);
    this.#starts.push(
      start.then(
        () => void (this.opened += 1),
        () => {},
      ),
    );
    return start;
  }
}
