/** What the directives of `diarupt/angular` take, and what becomes of it. */
import type {Attributes, Properties, Written} from './props.js';

/** The properties, and the same as attributes; either can be a text in the template. */
export type Inputs = {[K in keyof Properties]: Written<Properties[K]>} & Attributes;

/**
 * Sets the property. Only a text for what is a number or a yes-or-no is written as the attribute,
 * which the element reads by itself: a bare `audio-only` comes as ''.
 */
export function setInput(element: HTMLElement, name: string, value: unknown): void {
  const property = name.replaceAll(/-./g, dashed => dashed.slice(1).toUpperCase());
  const isNoText = /boolean|number/.test(typeof Reflect.get(element, property));
  if (typeof value === 'string' && isNoText) element.setAttribute(toAttribute(property), value);
  else Reflect.set(element, property, value);
}

function toAttribute(property: string): string {
  return property.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
