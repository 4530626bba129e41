import {expect, fixture, html, nextFrame} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';

/** What the page sees of a layout, and of a part in it, wherever that is. */
function looks(element: DiaruptInteraction): Record<string, string | undefined> {
  const styleOf = (seen: Element | null | undefined) =>
    seen?.ownerDocument.defaultView?.getComputedStyle(seen);
  const layout = element.renderRoot.querySelector('.layout');
  const part = layout?.querySelector('diarupt-call-button');
  const button = styleOf(part?.shadowRoot?.querySelector('button'));
  return {
    layout: styleOf(layout)?.display,
    part: styleOf(part)?.display,
    button: button?.borderTopLeftRadius,
    colour: button?.backgroundColor,
  };
}

const STYLED = {layout: 'grid', part: 'block', button: '999px', colour: 'rgb(79, 70, 229)'};

describe('an element in another document', () => {
  let element: DiaruptInteraction;
  let place: HTMLElement;
  let frame: HTMLIFrameElement;
  let uncaught: string[];

  const listen = ({message}: ErrorEvent) => void uncaught.push(message);
  const shown = async () => {
    await element.updateComplete;
    await nextFrame();
    await nextFrame();
  };
  /** With something of the page's in the place of the layout, and without. */
  const layOutAnew = async () => {
    const child = document.createElement('p');
    element.append(child);
    await shown();
    expect(element.renderRoot.querySelector('.layout')).to.equal(null);
    child.remove();
    await shown();
  };

  beforeEach(async () => {
    place = await fixture(html`<section><diarupt-interaction></diarupt-interaction></section>`);
    element = place.querySelector('diarupt-interaction') as DiaruptInteraction;
    frame = document.createElement('iframe');
    document.body.append(frame);
    uncaught = [];
    addEventListener('error', listen);
  });

  afterEach(() => {
    removeEventListener('error', listen);
    frame.remove();
    expect(uncaught).to.deep.equal([]);
  });

  it('is styled there as it was', async () => {
    expect(looks(element)).to.deep.equal(STYLED);
    frame.contentDocument?.body.append(element);
    await shown();
    expect(looks(element)).to.deep.equal(STYLED);
  });

  it('is laid out anew there', async () => {
    frame.contentDocument?.body.append(element);
    await layOutAnew();
    expect(looks(element)).to.deep.equal(STYLED);
  });

  it('is styled again when it comes back', async () => {
    frame.contentDocument?.body.append(element);
    await layOutAnew();
    place.append(element);
    await shown();
    expect(looks(element)).to.deep.equal(STYLED);
    await layOutAnew();
    expect(looks(element)).to.deep.equal(STYLED);
  });

  it('comes back from one that no window shows', async () => {
    document.implementation.createHTMLDocument().body.append(element);
    await layOutAnew();
    place.append(element);
    await shown();
    expect(looks(element)).to.deep.equal(STYLED);
  });
});
