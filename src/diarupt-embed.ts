/**
 * In `embed.html`: tells the page around it what happens to the element, and does what that asks for,
 * where it is of this origin or of one that the script's `data-parents` names.
 */
import type {DiaruptInteraction} from './element.js';
import {commandOf, EMBED_EVENTS, type Command, type EventMessage} from './embed/message.js';

const element = document.querySelector('diarupt-interaction');
const {parents = ''} = document.currentScript?.dataset ?? {};
const allowed = [location.origin, ...parents.split(/\s+/)];
let isTelling = false;

addEventListener('message', ({source, origin, data}: MessageEvent<unknown>) => {
  const command = commandOf(data);
  if (source !== parent || !allowed.includes(origin) || !command || !element) return;
  if (command !== 'listen') void act(element, command);
  else if (!isTelling) tell(element, origin);
});

/** From now on: the page around a frame is of one origin for good. */
function tell(element: DiaruptInteraction, origin: string): void {
  isTelling = true;
  for (const event of EMBED_EVENTS) {
    element.addEventListener(event, ({detail}: CustomEvent<unknown>) => {
      const message: EventMessage = {diarupt: event, detail: cloneable(detail)};
      parent.postMessage(message, origin);
    });
  }
}

async function act(element: DiaruptInteraction, command: Exclude<Command, 'listen'>) {
  await customElements.whenDefined('diarupt-interaction');
  try {
    await element[command]();
  } catch {} // It is told as an error.
}

function cloneable(detail: unknown): unknown {
  if (!(detail instanceof Error)) return detail;
  const {code, message} = detail as Error & {code?: unknown};
  return {code, message};
}
