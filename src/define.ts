/** Names elements. A page may have a file twice, and a server has no elements to define. */
export function define<T extends keyof HTMLElementTagNameMap>(elements: {
  readonly [tag in T]: new () => HTMLElementTagNameMap[tag];
}): void {
  for (const [tag, element] of Object.entries<new () => HTMLElement>(elements)) {
    if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
  }
}
