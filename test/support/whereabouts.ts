import type {Random} from './random.js';

type Place = Element & {moveBefore?: (element: Element, before: Element | null) => void};

/** Where an element is: on one of two shelves of the page, in a frame of it, or nowhere. */
export class Whereabouts {
  readonly #page = document.createElement('main');
  readonly #shelves: readonly Place[] = [
    document.createElement('section'),
    document.createElement('section'),
  ];
  readonly #element: Element;

  constructor(element: Element) {
    this.#element = element;
    this.#page.append(...this.#shelves);
    document.body.append(this.#page);
    // To the test runner, one that reaches the window is an error of the test's.
    this.#page.addEventListener('error', event => event.stopPropagation());
    this.comeBack();
  }

  /** Puts it on a shelf, wherever it is. */
  comeBack(): void {
    if (!this.#shelves.some(shelf => shelf.contains(this.#element))) {
      this.#shelves[0]?.append(this.#element);
    }
  }

  /** From one shelf to the other, in the ways that there are. */
  move(random: Random): string {
    const how = random.pick(['append', 'moveBefore', 'removed and appended', 'by way of nowhere']);
    const shelf = this.#shelves.find(place => !place.contains(this.#element));
    if (how === 'moveBefore' && shelf?.moveBefore && this.#isOnAShelf) {
      shelf.moveBefore(this.#element, null);
      return how;
    }
    if (how === 'removed and appended') this.#element.remove();
    if (how === 'by way of nowhere') new DocumentFragment().append(this.#element);
    shelf?.append(this.#element);
    return how;
  }

  remove(random: Random): string {
    const how = random.pick(['remove', 'replaceChildren', 'innerHTML']);
    if (how === 'innerHTML' && this.#element.parentElement)
      this.#element.parentElement.innerHTML = '';
    else if (how === 'replaceChildren') this.#element.parentElement?.replaceChildren();
    else this.#element.remove();
    return how;
  }

  /** Into a frame's document, which is another page. */
  adopt(): void {
    const frame = document.createElement('iframe');
    frame.hidden = true;
    this.#page.append(frame);
    frame.contentDocument?.body.append(this.#element);
  }

  /** With all that is in them. */
  removeFrames(): void {
    for (const frame of this.#page.querySelectorAll('iframe')) frame.remove();
  }

  /** Whether it was in a frame that was removed: Chromium takes every listener from it then. */
  get isLost(): boolean {
    return this.#element.isConnected && !this.#element.ownerDocument.defaultView;
  }

  leave(): void {
    this.#element.remove();
    this.#page.remove();
  }

  get #isOnAShelf(): boolean {
    return this.#element.isConnected && this.#element.ownerDocument === document;
  }
}
