/**
 * The single file: defines the elements, and puts one in the place of each
 * `<div data-diarupt-interaction data-mode="hands-on">` that there is, or will be. Many editors keep a
 * `div` and its data, and strip what they do not know.
 */
import {DiaruptInteraction} from './element.js';

function upgrade(): void {
  for (const place of document.querySelectorAll('[data-diarupt-interaction]')) {
    const element = document.createElement('diarupt-interaction');
    for (const {name, value} of place.attributes) {
      // Of its data, only what the element has attributes for: `data-onclick` must not become one.
      const own = name.replace(/^data-/, '');
      if (own === name || DiaruptInteraction.observedAttributes.includes(own)) {
        element.setAttribute(own, value);
      }
    }
    // What the parser has yet to put into the place goes with it.
    place.replaceWith(element);
  }
}

upgrade();
new MutationObserver(upgrade).observe(document, {childList: true, subtree: true});
