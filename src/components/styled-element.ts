import {LitElement, type CSSResult} from 'lit';

/**
 * An element that is styled in whatever document it is. A style sheet is of the document that it was
 * made in: no other takes it, and an element that is taken into another one leaves its own behind.
 */
export abstract class StyledElement extends LitElement {
  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow({mode: 'open'});
    this.#style(root);
    return root;
  }

  adoptedCallback(): void {
    if (this.shadowRoot) this.#style(this.shadowRoot);
  }

  /** Where there is no window, nothing is shown, and no style sheet can be made. */
  #style(root: ShadowRoot): void {
    const {defaultView} = this.ownerDocument;
    const {elementStyles} = this.constructor as unknown as {elementStyles: CSSResult[]};
    root.adoptedStyleSheets = defaultView
      ? elementStyles.map(style => sheetOf(style, defaultView))
      : [];
  }
}

function sheetOf(
  {styleSheet, cssText}: CSSResult,
  realm: Window & typeof globalThis,
): CSSStyleSheet {
  if (realm === window && styleSheet) return styleSheet;
  const sheet = new realm.CSSStyleSheet();
  sheet.replaceSync(cssText);
  return sheet;
}
