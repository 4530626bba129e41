/** The elements, with what they are in Vue's templates: `import 'diarupt/vue'`. */
import type {EmitFn, HTMLAttributes, PublicProps} from 'vue';
import '../element.js';
import type {Attributes, Elements, Events, Properties, PropsOf} from './props.js';

type Emits = {[E in keyof Events]: (event: Events[E]) => void};

type VueElements = {
  [Tag in keyof Elements]: new () => Elements[Tag] & {
    $props: Omit<HTMLAttributes, `on${Capitalize<keyof Events>}`> &
      PublicProps &
      PropsOf<Tag, Properties & Attributes>;
    $emit: EmitFn<PropsOf<Tag, Emits>>;
  };
};

declare module 'vue' {
  interface GlobalComponents extends VueElements {}
}
