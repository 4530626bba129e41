/**
 * A click of a real mouse begins a conversation by one of the modules of clients/, which has been loaded
 * before. `bench` is what clients.mjs calls in this page.
 */

let begin = async () => {};
let leave = async () => {};
let opened = Promise.withResolvers();

document.querySelector('button').addEventListener('click', async () => {
  const clickedAt = performance.now();
  try {
    await begin();
    opened.resolve(performance.now() - clickedAt);
  } catch (error) {
    opened.reject(error);
  }
});

globalThis.bench = {
  /** Readies the page for one click. */
  async prepare(name, settings) {
    const client = await import(`/clients/${name}.js`);
    begin = () => client.open(settings);
    leave = () => client.leave();
    opened = Promise.withResolvers();
    opened.promise.catch(() => {}); // Told by the one who asks for it.
  },

  /** Milliseconds from the click to the conversation; rejects where that takes longer than `limit`. */
  timeToOpen(limit) {
    const expired = new Promise((_, reject) => {
      setTimeout(() => reject(new Error('It did not open.')), limit);
    });
    return Promise.race([opened.promise, expired]);
  },

  leave: () => leave(),
};
