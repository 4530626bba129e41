/** Who talks in a page, with the `<diarupt-interaction>` of this or that id, by real input. */
export class Visitor {
  #page;
  #engineUrl;

  /** Of a page that is yet to be opened. */
  static async of(page, engineUrl) {
    await page.evaluateOnNewDocument(watchPeers);
    const visitor = new Visitor();
    [visitor.#page, visitor.#engineUrl] = [page, engineUrl];
    return visitor;
  }

  async insert(id) {
    const insert = (id, engineUrl) => {
      const element = document.createElement('diarupt-interaction');
      document.body.append(Object.assign(element, {id, engineUrl}));
    };
    await this.#page.evaluate(insert, id, this.#engineUrl);
  }

  async remove(id) {
    await this.#page.evaluate(id => document.getElementById(id).remove(), id);
  }

  /** Within the page. */
  async move(id) {
    await this.#page.evaluate(id => document.body.append(document.getElementById(id)), id);
  }

  async start(id, session) {
    const give = (id, session) => (document.getElementById(id).sessionId = session);
    await this.#page.evaluate(give, id, session);
    await this.press(id, 'call-button');
  }

  async press(id, part) {
    const button = await this.#page.waitForSelector(`#${id} >>> diarupt-${part} >>> button`);
    await button.click();
    await button.dispose();
  }

  /** Settles when the element has that status. */
  async sees(id, status) {
    const see = async (id, status) => {
      const element = document.getElementById(id);
      while (element.status !== status) {
        await new Promise(resolve =>
          element.addEventListener('statechange', resolve, {once: true}),
        );
      }
    };
    await this.#page.evaluate(see, id, status);
  }

  /** How many peer connections the page has made. */
  peers() {
    return this.#page.evaluate(() => globalThis.peers);
  }

  /**
   * Settles when the page has made so many, and the last one has gathered its candidates. Chromium
   * keeps one for good that is closed in the moment before it tells of that.
   */
  async gathers(peers = 0) {
    await this.#page.evaluate(async peers => {
      while (globalThis.peers < peers) await globalThis.nextPeer;
      await globalThis.gathered;
    }, peers);
  }
}

function watchPeers() {
  let tellNext = () => {};
  const expectNext = () => (globalThis.nextPeer = new Promise(resolve => (tellNext = resolve)));
  globalThis.peers = 0;
  expectNext();
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      globalThis.peers += 1;
      globalThis.gathered = new Promise(resolve => {
        this.onicegatheringstatechange = () => this.iceGatheringState === 'complete' && resolve();
      });
      tellNext();
      expectNext();
    }
  };
}
