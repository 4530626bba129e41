/** A page's heap, as Chromium's DevTools see it. */
export class Heap {
  #client;

  static async of(page) {
    const heap = new Heap();
    heap.#client = await page.createCDPSession();
    await heap.#client.send('Performance.enable');
    return heap;
  }

  async collectGarbage() {
    await this.#client.send('HeapProfiler.collectGarbage');
  }

  /** How many objects of each class there are, of whoever holds them. */
  async count(classes) {
    const counts = {};
    for (const name of classes) {
      counts[name] = await this.ask(name, 'function () { return this.length; }');
    }
    return counts;
  }

  /** What the function answers that is called on the array of all objects of that class. */
  async ask(name, functionDeclaration) {
    const objectGroup = 'heap';
    const send = (method, parameters) => this.#client.send(`Runtime.${method}`, parameters);
    const {result} = await send('evaluate', {expression: `${name}.prototype`, objectGroup});
    const prototype = {prototypeObjectId: result.objectId, objectGroup};
    const {objects} = await send('queryObjects', prototype);
    const call = {objectId: objects.objectId, functionDeclaration};
    const answer = await send('callFunctionOn', {...call, returnByValue: true, awaitPromise: true});
    await send('releaseObjectGroup', {objectGroup});
    return answer.result.value;
  }

  /** One of the browser's own metrics, by its name. */
  async measure(name) {
    const {metrics} = await this.#client.send('Performance.getMetrics');
    return metrics.find(metric => metric.name === name)?.value;
  }
}
