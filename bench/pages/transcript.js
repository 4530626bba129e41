/** The element in conversation with talker.js, and how long each state takes to be shown. */

const ENGINE_URL = 'https://engine.test';

const element = document.querySelector('diarupt-interaction');
const pageFetch = globalThis.fetch;

/** Only the engine's HTTP is short-circuited, by way of the bench: pages cannot listen. */
globalThis.fetch = async (input, init) => {
  const {url, method, body} = {method: 'GET', ...init, url: String(input)};
  if (!url.startsWith(ENGINE_URL)) return pageFetch(input, init);
  if (method !== 'POST') return new Response(null, {status: method === 'PATCH' ? 204 : 200});
  return new Response(await askTalker(body), {
    status: 201,
    headers: {'Content-Type': 'application/sdp', Location: '/connection/1', ETag: '"1"'},
  });
};

/** Lines that have arrived and are not on the screen, oldest first: [number, time]. */
const waiting = [];
const delays = [];
let arrived = 0;

element.addEventListener('transcript', ({detail}) => {
  arrived += 1;
  waiting.push([numberOf(detail.content), performance.now()]);
});

/** A line is shown when the frame that has it, or what came after it, has been painted. */
function watch() {
  requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => settle(performance.now());
    port2.postMessage(null);
    watch();
  });
}

function settle(now) {
  if (waiting.length === 0) return;
  const newest = numberOf(newestShown()?.textContent ?? '');
  while (waiting.length > 0 && waiting[0][0] <= newest) delays.push(now - waiting.shift()[1]);
}

function newestShown() {
  let last = logShown();
  while (last && last.part.value !== 'line') last = last.lastElementChild;
  return last;
}

function logShown() {
  const transcript = element.shadowRoot.querySelector('diarupt-transcript');
  return transcript.shadowRoot.querySelector('[role=log]');
}

/** The number that lines.js gave to a line. */
function numberOf(text) {
  return Number(/#(\d+)/.exec(text)?.[1] ?? -1);
}

globalThis.bench = {
  async connect() {
    element.engineUrl = ENGINE_URL;
    element.sessionId = 'bench';
    await element.connect();
    watch();
  },

  /** Settles when so many lines have arrived, and all of them have been shown. */
  async shown(count) {
    while (arrived < count || waiting.length > 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  },

  /** The milliseconds that each line since the last call has taken. */
  takeDelays() {
    return delays.splice(0);
  },

  isNewestInView() {
    const box = logShown().getBoundingClientRect();
    const {top} = newestShown().getBoundingClientRect();
    return top >= box.top && top < box.bottom;
  },
};
