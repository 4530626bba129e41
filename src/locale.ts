import type {Language} from './components/words.js';
import type {DiaruptInteraction} from './element.js';

/** Adds a language when the element is defined, before that or after; on a server there is none. */
export function addLocale(words: Language): void {
  void globalThis.customElements
    ?.whenDefined('diarupt-interaction')
    .then(element => (element as typeof DiaruptInteraction).addWords(words));
}
