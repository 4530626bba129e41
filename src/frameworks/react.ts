/** The elements, with what they are in React 19's JSX: `import 'diarupt/react'`. */
import type {HTMLAttributes, RefAttributes} from 'react';
import '../element.js';
import type {Attributes, Elements, Events, Properties, PropsOf} from './props.js';

type Handlers = {[E in keyof Events as `on${E}`]?: ((event: Events[E]) => void) | undefined};
type InteractionProps = Properties & Attributes & Handlers;

type ReactElements = {
  [Tag in keyof Elements]: HTMLAttributes<Elements[Tag]> &
    RefAttributes<Elements[Tag]> &
    PropsOf<Tag, InteractionProps>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactElements {}
  }
}
