/** Which of the engine's numbered messages have come; over a lost connection, some come again. */
export class Received {
  /** The number of the last one, 0 for none. */
  #last = 0;
  #expectsAny = true;
  #hasConnected = false;

  /** Whether that message is another's repetition; one without a number never is. */
  isRepeated(seq: number | undefined): boolean {
    if (seq === undefined) return false;
    if (seq <= this.#last && !this.#expectsAny) return true;
    this.#expectsAny = false;
    this.#last = seq;
    return false;
  }

  /**
   * On another connection, an engine that was started anew counts anew. What is to be repeated: all
   * after that number, unless it is the first connection.
   */
  renew(): {after: number} | null {
    this.#expectsAny = true;
    const repeat = this.#hasConnected ? {after: this.#last} : null;
    this.#hasConnected = true;
    return repeat;
  }
}
