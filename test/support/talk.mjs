import {until} from './until.mjs';

/** In the page, before anything else: what its element tells and shows, its connections and microphones. */
function watch() {
  Object.assign(globalThis, {told: [], statuses: [], peers: [], microphones: []});
  const getUserMedia = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const stream = await getUserMedia.call(this, constraints);
    globalThis.microphones.push(...stream.getTracks());
    return stream;
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      globalThis.peers.push(this);
    }
  };
  document.addEventListener('DOMContentLoaded', async () => {
    await customElements.whenDefined('diarupt-interaction');
    const element = document.querySelector('diarupt-interaction');
    element.next = (event, data) => {
      const error = data instanceof Error && {code: data.code, message: data.message};
      globalThis.told.push({event, data: error || data});
    };
    await element.updateComplete;
    const status = element.renderRoot.querySelector('diarupt-status');
    await status.updateComplete;
    const see = () => {
      const text = status.renderRoot.textContent.trim();
      if (text !== globalThis.statuses.at(-1)) globalThis.statuses.push(text);
    };
    const whole = {subtree: true, childList: true, characterData: true};
    new MutationObserver(see).observe(status.renderRoot, whole);
  });
}

/** A conversation on a page, as its visitor has it. */
export class Talk {
  #page;

  static async on(page, url) {
    const talk = new Talk();
    talk.#page = page;
    await page.evaluateOnNewDocument(watch);
    await page.goto(url);
    return talk;
  }

  /** Settles when it is open; rejects with the code of the error that comes instead. */
  async start() {
    await this.#page.evaluate(async () => {
      await customElements.whenDefined('diarupt-interaction');
      const element = document.querySelector('diarupt-interaction');
      await element.connect().catch(error => {
        throw new Error(error.code);
      });
    });
  }

  /** What the page's `getSession` returns. */
  give(credentials) {
    return this.#page.evaluate(given => {
      const element = document.querySelector('diarupt-interaction');
      element.getSession = () => Promise.resolve(given);
    }, credentials);
  }

  /** From now on, `getSession` is that, which runs here. */
  async fetchBy(getSession) {
    await this.#page.exposeFunction('fetchSession', getSession);
    await this.#page.evaluate(() => {
      const element = document.querySelector('diarupt-interaction');
      element.getSession = () => globalThis.fetchSession();
    });
  }

  call(method, ...args) {
    return this.#page.evaluate(
      (method, args) => document.querySelector('diarupt-interaction')[method](...args),
      method,
      args,
    );
  }

  /** What has been told so far, and how the transcript stands. */
  read() {
    return this.#page.evaluate(() => {
      const {transcript, error, status} = document.querySelector('diarupt-interaction');
      return {
        events: globalThis.told,
        names: globalThis.told.map(({event}) => event),
        transcript: transcript.map(({role, content, complete}) => ({role, content, complete})),
        status,
        statuses: globalThis.statuses,
        error: error && {code: error.code, message: error.message},
      };
    });
  }

  /** Whether anything but silence has come to be played. */
  async hasHeardVoice() {
    return this.#page.evaluate(async () => {
      const [peer] = globalThis.peers;
      const energies = [];
      for (const stats of (await peer.getStats()).values()) {
        if (stats.type === 'inbound-rtp' && stats.kind === 'audio') {
          energies.push(stats.totalAudioEnergy);
        }
      }
      return energies.some(energy => energy > 0.01);
    });
  }

  /** How wide the picture is that it shows; 0 where it shows none. */
  pictureWidth() {
    return this.#page.evaluate(
      () => document.querySelector('diarupt-interaction').player.videoWidth,
    );
  }

  /** What it still holds: microphones that are open, and connections that are not closed. */
  holds() {
    return this.#page.evaluate(() => ({
      microphones: globalThis.microphones.filter(({readyState}) => readyState === 'live').length,
      connections: globalThis.peers.filter(({connectionState}) => connectionState !== 'closed')
        .length,
    }));
  }

  /** Settles when that is so of what `read` reads; rejects with all of it when it takes too long. */
  async until(what, isSo) {
    await until(what, () => this.read(), isSo);
  }

  pass(ms) {
    return new Promise(resolve => setTimeout(resolve, ms));
  }
}
