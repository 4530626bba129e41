/** The elements, with what they are in Svelte's templates: `import 'diarupt/svelte'`. */
import type {HTMLAttributes} from 'svelte/elements';
import '../element.js';
import type {Attributes, Elements, Events, Properties, PropsOf} from './props.js';

/** Of Svelte 5, and of 4. */
type Handlers = {
  [E in keyof Events as `on${E}` | `on:${E}`]?: ((event: Events[E]) => void) | undefined;
};
type InteractionProps = Properties & Attributes & Handlers;

type SvelteElements = {
  [Tag in keyof Elements]: Omit<HTMLAttributes<Elements[Tag]>, keyof Handlers> &
    PropsOf<Tag, InteractionProps>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends SvelteElements {}
}
