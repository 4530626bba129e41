import type {LitElement} from 'lit';
import type {InteractionEvents} from '../core/events.js';
import type {DiaruptInteraction, DiaruptInteractionEventMap} from '../element.js';

/** The elements, by their tags. */
export type Elements = Pick<
  HTMLElementTagNameMap,
  Extract<keyof HTMLElementTagNameMap, `diarupt-${string}`>
>;

type EventName =
  keyof InteractionEvents | Exclude<keyof DiaruptInteractionEventMap, keyof HTMLElementEventMap>;

/** What `<diarupt-interaction>` dispatches, by name. */
export type Events = {
  [E in EventName]: DiaruptInteractionEventMap[E] & {readonly currentTarget: DiaruptInteraction};
};

type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Neither read-only, nor a method: those are never undefined. */
type SettableKey<T> = {
  [K in keyof T]-?: IsSame<Pick<T, K>, {-readonly [P in K]: T[P]}> extends true
    ? T[K] extends (...args: never) => unknown
      ? never
      : K
    : never;
}[keyof T];

/** What can be set of `<diarupt-interaction>`, as properties. */
export type Properties = Partial<
  Pick<DiaruptInteraction, Exclude<SettableKey<DiaruptInteraction>, keyof LitElement>>
>;

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;

type Primitive = string | number | boolean;

/** As it is written in HTML. */
export type Written<Value> =
  | Value
  | (NonNullable<Value> extends boolean ? '' : never)
  | (NonNullable<Value> extends number ? `${number}` | 'none' : never);

/** A visitor's, of their devices: no page can write them down. */
type Unwritten = 'microphoneId' | 'speakerId';

/** Of what can be set, what can be written. */
type Writable<Value> = Extract<Value, Primitive>;

/** The same as attributes, those that can be written. */
export type Attributes = {
  [
    K in Exclude<keyof Properties, Unwritten> as Writable<Properties[K]> extends never
      ? never
      : Kebab<K>
  ]?: Written<Writable<Properties[K]> | Extract<Properties[K], null | undefined>>;
};

/** What an element is given by its tag; the parts take nothing of their own. */
export type PropsOf<Tag, OfInteraction> = Tag extends 'diarupt-interaction'
  ? OfInteraction
  : unknown;
