import type {ReactiveController, ReactiveControllerHost} from 'lit';

/** Which pointer holds, or what else does. */
type Holder = number | 'key' | 'click' | null;

/**
 * Listens to a button that acts while it is held: by a pointer, wherever it goes meanwhile, by Space
 * or Enter, or from one click to the next where clicks are all there is (a screen reader's, a
 * voice's). Whatever takes the button from the person lets it go.
 */
export class HoldController implements ReactiveController {
  readonly #hold: () => void;
  readonly #release: () => void;
  #holder: Holder = null;

  constructor(host: ReactiveControllerHost, hold: () => void, release: () => void) {
    this.#hold = hold;
    this.#release = release;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('blur', this);
  }

  hostDisconnected(): void {
    removeEventListener('blur', this);
    this.#end();
  }

  handleEvent(event: Event): void {
    // By its name: in a frame, it is of no class of this window's.
    const {type} = event;
    if (type === 'blur') this.#end();
    else if (type === 'click') this.#onClick(event as MouseEvent);
    else if (type.startsWith('key')) this.#onKey(event as KeyboardEvent);
    else this.#onPointer(event as PointerEvent);
  }

  #onPointer({type, button, pointerId, currentTarget}: PointerEvent): void {
    if (type !== 'pointerdown') {
      if (pointerId === this.#holder) this.#end();
    } else if (this.#holder !== null) {
      this.#end();
    } else if (button === 0) {
      (currentTarget as Element).setPointerCapture(pointerId);
      this.#begin(pointerId);
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault(); // No click comes of it.
    if (event.type === 'keyup') this.#end();
    else if (!event.repeat && this.#holder === null) this.#begin('key');
  }

  #onClick({detail}: MouseEvent): void {
    if (detail > 0) return; // A pointer's.
    if (this.#holder === null) this.#begin('click');
    else this.#end();
  }

  #begin(holder: Holder): void {
    this.#holder = holder;
    this.#hold();
  }

  #end(): void {
    if (this.#holder === null) return;
    this.#holder = null;
    this.#release();
  }
}
