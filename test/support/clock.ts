const SystemDate = Date;

/** Sets the page's clock, forward or back, as people and time servers do; timers go on as they were. */
export function setClock(byMs: number): void {
  globalThis.Date = class extends SystemDate {
    constructor(...given: []) {
      super(...(given.length > 0 ? given : ([SystemDate.now() + byMs] as unknown as [])));
    }

    static override now(): number {
      return SystemDate.now() + byMs;
    }
  } as DateConstructor;
}

export function restoreClock(): void {
  globalThis.Date = SystemDate;
}
