import assert from 'node:assert/strict';
import {setTimeout as delay} from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** What a page remembers of its conversation, also where it is kept to go back to. */
const MEMORY = `<script>
  const memory = {events: [], statuses: [], tracks: [], isRestored: false};
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async constraints => {
    const stream = await ask(constraints);
    memory.tracks.push(...stream.getTracks());
    return stream;
  };
  for (const name of ['open', 'error', 'close']) {
    document.addEventListener(name, event => memory.events.push(event.type));
  }
  document.addEventListener('statechange', ({detail}) => memory.statuses.push(detail));
  addEventListener('pageshow', ({persisted}) => (memory.isRestored = persisted));
</script>`;
export const ELEMENT = `<script src="/dist/diarupt-interaction.js"></script>
  <diarupt-interaction session-id="{session}" engine-url="{engine}"></diarupt-interaction>`;
export const PAGE = {
  headers: {'Cache-Control': 'no-cache'}, // Kept to go back to, but not without being asked for.
  html: MEMORY + ELEMENT,
  files: {'/elsewhere': 'Another page.'},
};

/** In the page: what is remembered, as plain data. */
export function remembered(page) {
  return page.evaluate(() => ({
    ...memory,
    tracks: memory.tracks.map(({readyState}) => readyState),
  }));
}

export function reached(page, status) {
  const has = wanted => document.querySelector('diarupt-interaction').status === wanted;
  return page.waitForFunction(has, {timeout: PATIENCE_MS, polling: 100}, status);
}

/** Starts without a press; `open`, or the code of what comes instead. */
export async function connect(page) {
  return page.evaluate(async () => {
    await customElements.whenDefined('diarupt-interaction');
    const element = document.querySelector('diarupt-interaction');
    return element.connect().then(
      () => element.status,
      ({code}) => code,
    );
  });
}

export async function isActive(engineUrl, id) {
  const response = await fetch(`${engineUrl}/session/${id}`, {headers: {'X-API-KEY': 'test'}});
  return (await response.json()).status === 'ACTIVE';
}

export async function until(condition) {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `in time: ${condition}`);
    await delay(50);
  }
}
