/** The elements, with what they are in Solid's JSX: `import 'diarupt/solid'`. */
import type {JSX} from 'solid-js';
import '../element.js';
import type {Attributes, Elements, Events, Properties, PropsOf} from './props.js';

type Handlers = {[E in keyof Events as `on:${E}`]?: ((event: Events[E]) => void) | undefined};
type Explicit = {[K in keyof Properties as `prop:${K}`]?: Properties[K]};
type InteractionProps = Properties & Attributes & Handlers & Explicit;

type SolidElements = {
  [Tag in keyof Elements]: Omit<JSX.HTMLAttributes<Elements[Tag]>, keyof Handlers> &
    PropsOf<Tag, InteractionProps>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends SolidElements {}
  }
}
