/**
 * Before a snippet runs, in Node, Deno and Bun: every engine is the local one, and a server of
 * Node's takes whatever port is free, and tells which, as the others do.
 */
const {env} = globalThis.process;
const {fetch} = globalThis;

globalThis.fetch = (input, init) =>
  fetch(String(input).replace(/https:..(engine.diarupt.ai|api.openai.com)/, env.ENGINE_URL), init);

if (!globalThis.Deno && !globalThis.Bun) {
  const {Server} = await import('node:net');
  const {listen} = Server.prototype;
  Server.prototype.listen = function () {
    this.once('listening', () => console.log(`http://127.0.0.1:${this.address().port}`));
    return listen.call(this, 0, '127.0.0.1');
  };
}
