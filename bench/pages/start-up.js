/** Each start is in a frame of its own: a realm in which nothing has been defined yet. */

const scripts = {};

globalThis.bench = {
  /** Reads the scripts beforehand: the network is no part of a start. */
  async load(paths) {
    for (const path of paths) scripts[path] = await (await fetch(path)).text();
  },

  /**
   * Milliseconds of work until an element is on the screen: the script compiled and run, the
   * element made and rendered with all those within it, then the frame that lays out and paints
   * it. The wait for that frame to begin is not counted.
   */
  async start(path, tag, serial) {
    const frame = document.createElement('iframe');
    frame.width = 1000;
    frame.height = 700;
    document.body.append(frame);
    await nextFrame(frame); // The empty frame is painted: what follows is the element's.

    const page = frame.contentDocument;
    const script = page.createElement('script');
    // Another text at each start: what has been compiled once would not be compiled again.
    script.textContent = `/* ${serial} */${scripts[path]}`;
    const started = performance.now();
    page.head.append(script);
    const element = page.createElement(tag);
    page.body.append(element);
    await rendered(element);
    const work = performance.now() - started;
    const rendering = await nextFrame(frame);

    const shown = element.getBoundingClientRect().height > 0;
    frame.remove();
    if (!shown) throw new Error(`<${tag}> has not been shown.`);
    return work + rendering;
  },
};

async function rendered(element) {
  await element.updateComplete;
  for (const inner of element.shadowRoot.querySelectorAll('*')) await inner.updateComplete;
}

/** Milliseconds that the next frame takes, from its beginning until it has been painted. */
function nextFrame({contentWindow}) {
  return new Promise(resolve => {
    contentWindow.requestAnimationFrame(() => {
      const began = performance.now();
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - began);
      port2.postMessage(null);
    });
  });
}
