/**
 * What an element in a file of its own is made with. `DiaruptInteraction.kit` has it, so that such a
 * file finds it where the elements are, in the registry: see `extension` in `rollup.config.mjs`.
 */
export {css, html} from 'lit';
export {DiaruptPart} from './part.js';
