import {expect, fixture, html} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {createSession, engineUrl, setFaults} from '../support/local-engine.js';
import {waitUntil} from '../support/wait-until.js';

const COUNT = 10_000;

/** Over a real data channel, into the whole element. */
describe('an engine that says ten thousand things at once', () => {
  let element: DiaruptInteraction;
  afterEach(() => element.disconnect());

  /** Connects to an engine that sends `frame` so often; settles when it has sent the last. */
  async function flood(frame: object): Promise<void> {
    const session = await createSession();
    const frames = [
      {...frame, when: 'configure', times: COUNT},
      {when: 'configure', text: '{"event":"all-said"}'},
    ];
    await setFaults(session, {frames});
    element = await fixture(html`
      <diarupt-interaction session-id=${session} engine-url=${engineUrl} muted>
      </diarupt-interaction>
    `);
    const allSaid = new Promise(resolve => {
      element.addEventListener('interaction-event', ({detail}) => {
        if (detail.event === 'all-said') resolve(undefined);
      });
    });
    await element.connect();
    await allSaid;
  }

  /** Or is again: where the machine is busy, the engine is silent for seconds after all that. */
  const isOpen = () => waitUntil(() => element.status === 'open', 'it is open');

  it('is written down whole and in order, and the page draws its frames meanwhile', async () => {
    let told = 0;
    let most = 0;
    let watching = true;
    const draw = () => {
      most = Math.max(most, told);
      told = 0;
      if (watching) requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
    const count = () => void (told += 1);
    document.addEventListener('transcript', count);
    await flood({
      text: `{"event":"transcript","data":{"timestamp":{n},"role":"assistant","content":"Line {n}","complete":true}}`,
    });
    watching = false;
    draw();
    document.removeEventListener('transcript', count);

    // Not a clock: however slow the machine, no frame waits for half of what there is to be told.
    expect(most).to.be.within(1, COUNT / 2);
    const lines = element.transcript.map(({content}) => content);
    expect(lines).to.deep.equal(Array.from({length: COUNT}, (_, n) => `Line ${n}`));
    const shown = () =>
      element.shadowRoot?.querySelector('diarupt-transcript')?.shadowRoot?.textContent ?? '';
    await waitUntil(() => shown().includes(`Line ${COUNT - 1}`), 'the last is shown');
    await isOpen();
  });

  for (const [what, frame] of [
    ['pings', {text: '{"event":"ping","data":null}'}],
    ['what is no message', {text: '{"event":"transcript","data":[[[{n}'}],
    ['lines by nobody', {text: '{"event":"transcript","data":{"role":"system","content":"{n}"}}'}],
    ['bytes', {base64: btoa('{"event":"close","data":"by bytes"}')}],
    [
      'lines that are withdrawn',
      {text: '{"event":"transcript","data":{"role":"user","content":"","complete":true}}'},
    ],
  ] as const) {
    it(`does no harm by ${what}`, async () => {
      const errors: unknown[] = [];
      const note = ({detail}: CustomEvent) => void errors.push(detail);
      document.addEventListener('error', note as unknown as EventListener);
      await flood(frame);
      document.removeEventListener('error', note as unknown as EventListener);
      await isOpen();
      expect([element.transcript, errors]).to.deep.equal([[], []]);
    });
  }
});
