import {expect, fixture, html} from '@open-wc/testing';
import {nothing} from 'lit';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

const LINE = {
  timestamp: '2026-01-01T00:00:00.000Z',
  role: 'assistant',
  content: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  complete: true,
};

/** Less than a pixel is the browser's rounding. */
const SLACK_PX = 1;

describe('whatever box it gets, the element', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  beforeEach(() => (engine = new PeerEngine()));
  afterEach(async () => {
    document.documentElement.removeAttribute('style');
    await element.disconnect();
    engine.close();
  });

  /** A conversation with the most controls that there can be. */
  async function converse(width: number, direction: string, layout: 'bar' | null): Promise<void> {
    const box = await fixture(
      html`<div dir=${direction} style="inline-size: ${width}px">
        <diarupt-interaction
          session-id="session-1"
          mode="hands-on"
          layout=${layout ?? nothing}
          engine-url=${engine.url}
        ></diarupt-interaction>
      </div>`,
    );
    element = box.querySelector('diarupt-interaction') as DiaruptInteraction;
    await element.connect();
    await engine.hears('configure');
    engine.send('transcript', LINE);
    engine.send('user-started-talking');
    engine.send('user-paused', {timeout: 600_000});
    await waitUntil(() => parts().some(part => part.matches(':state(talking)')));
    await waitUntil(() => deep('[part=keep]').length === 1, 'the response can be kept');
  }

  const parts = () => [...element.renderRoot.querySelectorAll<HTMLElement>(':not(div, span)')];
  const deep = (selector: string) =>
    parts().flatMap(part => [...(part.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])]);

  /** What stands out of the element, by its name and how far. */
  function protruding(): string[] {
    const box = element.getBoundingClientRect();
    return [...parts(), ...deep('button, p, textarea')]
      .filter(shown => shown.checkVisibility() && !shown.closest('.visually-hidden'))
      .map(shown => ({shown, rect: shown.getBoundingClientRect()}))
      .filter(({rect}) => rect.left < box.left - SLACK_PX || rect.right > box.right + SLACK_PX)
      .map(({shown, rect}) => `${shown.localName} ${shown.className} ${rect.left}–${rect.right}`);
  }

  for (const direction of ['ltr', 'rtl']) {
    for (const layout of [null, 'bar'] as const) {
      for (const [width, fontSize] of [
        [240, '100%'],
        [320, '200%'],
        [700, '200%'],
        [1200, '100%'],
      ] as const) {
        it(`stays within ${width} pixels, ${layout ?? 'inline'}, ${direction}, text ${fontSize}`, async () => {
          document.documentElement.style.fontSize = fontSize;
          await converse(width, direction, layout);
          expect(protruding()).to.deep.equal([]);
        });
      }
    }
  }

  it('lies in two columns where there is room, the transcript at the end of the line', async () => {
    const left = (tag: string) =>
      (element.renderRoot.querySelector(tag) as HTMLElement).getBoundingClientRect().left;
    await converse(1000, 'ltr', null);
    expect(left('diarupt-transcript')).to.be.above(left('diarupt-player'));
    (element.parentElement as HTMLElement).dir = 'rtl';
    expect(left('diarupt-transcript')).to.be.below(left('diarupt-player'));
    (element.parentElement as HTMLElement).style.inlineSize = '400px';
    expect(left('diarupt-transcript')).to.equal(left('diarupt-player'));
  });
});
