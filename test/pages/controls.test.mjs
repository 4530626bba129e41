import assert from 'node:assert/strict';
import {inEachBrowser} from '../support/pages.mjs';

const PAGE = {
  html: `<script src="/dist/diarupt-interaction.js"></script>
    <diarupt-interaction muted mode="hands-on" session-id="{session}" engine-url="{engine}"
    ></diarupt-interaction>`,
};

/** What the engine tells in a visitor's stead, who is muted: a turn, with a pause in it. */
const TURN = [
  {event: 'user-started-talking', data: null},
  {event: 'user-paused', data: {timeout: 600_000}},
].map(message => ({when: 'configure', text: JSON.stringify(message)}));

/** The ways in which a visitor presses something, and holds it until `release`. */
const WAYS = {
  keyboard: {
    async press(page, control) {
      await control.focus();
      await page.keyboard.press('Enter');
    },
    async hold(page, control) {
      await control.focus();
      await page.keyboard.down(' ');
      return () => page.keyboard.up(' ');
    },
  },
  mouse: {
    press: (page, control) => control.click(),
    async hold(page, control) {
      await control.hover();
      await page.mouse.down();
      return async () => {
        await page.mouse.move(1, 1); // Wherever it is let go.
        await page.mouse.up();
      };
    },
  },
  touch: {
    press: (page, control) => control.tap(),
    async hold(page, control) {
      await control.touchStart();
      return () => control.touchEnd();
    },
  },
};

/** In the page: keeps the names of what the engine is told. */
function watchMessages() {
  globalThis.told = [];
  const {send} = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function (text) {
    globalThis.told.push(JSON.parse(text).event);
    return send.call(this, text);
  };
}

for (const [way, {press, hold}] of Object.entries(WAYS)) {
  inEachBrowser(`every control works by ${way}`, async (visit, {engineUrl}) => {
    const {page, session} = await visit(PAGE);
    await fetch(`${engineUrl}/session/${session}/faults`, {
      method: 'PUT',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({frames: TURN}),
    });
    await page.evaluate(watchMessages);

    /** The control of that name in the part, as soon as there is one. */
    const find = (part, name) =>
      page.waitForFunction(
        (tag, selector) =>
          document
            .querySelector('diarupt-interaction')
            .renderRoot.querySelector(tag)
            ?.renderRoot.querySelector(selector),
        {},
        `diarupt-${part}`,
        `[part=${name}]`,
      );
    const use = async (part, name = 'button') => press(page, await find(part, name));
    const until = (condition, ...given) => page.waitForFunction(condition, {}, ...given);
    const becomes = (name, value) =>
      until((n, v) => document.querySelector('diarupt-interaction')[n] === v, name, value);
    const isPressed = async (part, pressed) =>
      until((button, p) => button.ariaPressed === p, await find(part, 'button'), pressed);
    const isTold = (event, times = 1) =>
      until((e, t) => globalThis.told.filter(told => told === e).length === t, event, times);

    await use('call-button');
    await becomes('status', 'open');
    await use('response-button', 'keep');
    await isTold('keep-user-turn');
    await use('response-button', 'discard');
    await isTold('discard-user-response');
    await use('mic-button');
    // Not before the microphone has been given: until then, the button unmutes.
    await isPressed('mic-button', 'false');
    await use('mic-button');
    await becomes('muted', true);
    await use('mode-toggle', 'switch');
    await becomes('mode', 'hands-free');
    await use('mode-toggle', 'switch');
    await becomes('mode', 'hands-on');
    await use('call-button');
    await becomes('status', 'closed');

    await use('call-button');
    await becomes('status', 'open');
    await find('response-button', 'keep');
    await use('response-button');
    await isTold('send-user-response');

    await page.$eval('diarupt-interaction', element => (element.handsOnControl = 'hold'));
    await isPressed('response-button', 'false');
    const release = await hold(page, await find('response-button', 'button'));
    await isPressed('response-button', 'true');
    await release();
    await isPressed('response-button', 'false');

    const uncaught = await page.evaluate(() => globalThis.seen.uncaught);
    assert.deepEqual(uncaught, []);
  });
}
