/** Which of the engine's numbered messages have come; over a lost connection, some come again. */
export class Received {
  /** The number of the last one, 0 for none. */
  last = 0;
  #expectsAny = false;

  /** Whether that message is another's repetition; one without a number never is. */
  isRepeated(seq: number | undefined): boolean {
    if (seq === undefined) return false;
    if (seq <= this.last && !this.#expectsAny) return true;
    this.#expectsAny = false;
    this.last = seq;
    return false;
  }

  /** On a new connection, an engine that was started anew counts anew. */
  renew(): void {
    this.#expectsAny = true;
  }
}
