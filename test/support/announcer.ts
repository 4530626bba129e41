import type {DiaruptInteraction} from '../../src/element.js';

/** What a screen reader would read out of the transcript, in order, from now on. */
export function watchAnnouncer(element: DiaruptInteraction): readonly string[] {
  const announced: string[] = [];
  const root = element.renderRoot.querySelector('diarupt-transcript')?.renderRoot;
  const region = root?.querySelector('[aria-live=polite]') as HTMLElement;
  new MutationObserver(records => {
    for (const {addedNodes, target} of records) {
      const added = addedNodes.length > 0 ? [...addedNodes] : [target];
      announced.push(...added.map(node => node.textContent?.trim() ?? ''));
    }
  }).observe(region, {childList: true, characterData: true, subtree: true});
  return announced;
}
