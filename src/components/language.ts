import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {WORDS, type Language, type Words} from './words.js';

/** The words, and the page's language: the conversation's, too, as far as anybody knows. */
export type PageWords = Words & Partial<Language> & {readonly pageLang?: string};

const tables = new Map<string, Words>([['en', WORDS]]);
const standing = new Set<LanguageController>();

/** Adds a language, by its `lang`; elements that stand already take it up. */
export function addWords(words: Words & Partial<Language>): void {
  tables.set(words.lang.toLowerCase(), words);
  for (const controller of standing) controller.choose();
}

type LanguageHost = ReactiveControllerHost & HTMLElement & {words: Partial<Language> | undefined};

/**
 * Chooses the words of the language around an element, whatever that becomes, with those of the
 * page's own in their place.
 */
export class LanguageController implements ReactiveController {
  readonly #host: LanguageHost;
  readonly #onChange: (words: PageWords) => void;
  readonly #observer = new MutationObserver(() => this.choose());

  constructor(host: LanguageHost, onChange: (words: PageWords) => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  hostConnected(): void {
    standing.add(this);
    this.choose();
  }

  hostDisconnected(): void {
    standing.delete(this);
    this.#observer.disconnect();
  }

  /** By the `lang` of the element, or of the nearest that it is in, through shadow roots. */
  choose(): void {
    this.#observer.disconnect();
    let pageLang: string | null | undefined;
    let node: Node | undefined = this.#host;
    for (; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host) {
      pageLang ??= (node as Partial<Element>).getAttribute?.('lang');
      this.#observer.observe(node, {attributeFilter: ['lang']});
    }
    pageLang ??= '';
    // The nearest to it that there is: `zh-Hant-TW`, then `zh-Hant`, then `zh` (RFC 4647 §3.4).
    let range = pageLang.toLowerCase();
    while (range && !tables.has(range)) range = range.replace(/-?[^-]*$/, '');
    this.#onChange({...WORDS, ...tables.get(range), ...this.#host.words, pageLang});
  }
}
