import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {watchAnnouncer} from '../support/announcer.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

describe('<diarupt-transcript>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const inside = (selector: string) =>
    element.renderRoot
      .querySelector('diarupt-transcript')
      ?.shadowRoot?.querySelector<HTMLElement>(selector) as HTMLElement;
  const scroller = () => inside('[role=log]');
  const lines = () => [...scroller().querySelectorAll('.line')];
  /** How far the lines' end is below the box that shows them, in pixels; its padding may be. */
  const belowView = () => {
    const last = lines().at(-1) as Element;
    return last.getBoundingClientRect().bottom - scroller().getBoundingClientRect().bottom;
  };
  const firstTop = () => (lines()[0] as Element).getBoundingClientRect().top;

  const latest = () => inside('[part=latest]') as HTMLElement | null;
  const frame = () => new Promise(requestAnimationFrame);

  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))).toISOString();
  function say(
    role: 'user' | 'assistant',
    content: string,
    complete = true,
    timestamp = now(),
  ): void {
    engine.send('transcript', {timestamp, role, content, complete});
  }

  /** So many lines of the AI's; settles when the last is in view. */
  async function sayMany(count: number): Promise<void> {
    for (let line = 1; line <= count; line++) say('assistant', `Line ${line}.`);
    await waitUntil(() => lines().length === count);
    await waitUntil(() => belowView() <= 0, 'the end is in view');
  }

  async function goTo(line: number): Promise<void> {
    lines().at(line)?.scrollIntoView();
    await frame();
    await frame();
  }

  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
    await element.connect();
    await engine.hears('configure');
  });

  afterEach(async () => {
    await element.disconnect();
    engine.close();
  });

  it('invites before anything has been said', () => {
    expect(scroller().textContent?.trim()).to.equal('What you both say will appear here.');
    const {top, height} = inside('.lines').getBoundingClientRect();
    const box = scroller().getBoundingClientRect();
    expect(top + height / 2, 'in the middle').to.be.closeTo(box.top + box.height / 2, 1);
  });

  it('shows interim words in place, and who has said them', async () => {
    say('user', 'what can', false);
    await waitUntil(() => lines()[0]?.textContent?.trim() === 'You: what can');
    const [line] = lines();
    say('user', 'What can you do?');
    await waitUntil(() => lines()[0]?.textContent?.trim() === 'You: What can you do?');
    expect(lines()).to.deep.equal([line]);
    const content = line?.querySelector<HTMLElement>('.content');
    expect(content?.innerText).to.equal('What can you do?');
    say('assistant', 'This.');
    await waitUntil(() => lines()[1]?.textContent?.trim() === 'AI: This.');
  });

  it('shows markup as the text it is', async () => {
    const markup =
      '<img src=x onerror="window.attacked=true"><script>window.attacked=true</script>';
    say('assistant', markup);
    await waitUntil(() => lines()[0]?.textContent?.includes(markup));
    expect(lines()[0]?.querySelector('img, script')).to.equal(null);
    expect('attacked' in window).to.equal(false);
  });

  it('shows no line that has no content (yet)', async () => {
    say('user', '', false);
    say('user', ' ', false);
    say('assistant', 'Yes?');
    await waitUntil(() => lines()[0]?.textContent?.trim() === 'AI: Yes?');
    expect(lines()).to.have.length(1);
  });

  it('shows every line in its place, also what changes far above the end', async () => {
    const early = now();
    await sayMany(120);
    const shown = () => lines().map(line => line.querySelector('.content')?.textContent);
    const told = () => element.transcript.map(({content}) => content);
    const late = (content: string, complete: boolean, count: number) => {
      say('user', content, complete, early);
      return waitUntil(
        () => element.transcript.length === count && shown().join() === told().join(),
      );
    };
    await late('I', false, 121);
    await late('I listen.', false, 121);
    await late('', true, 120);
    await late('I listened.', true, 121);
    expect(shown()[0]).to.equal('I listened.');
  });

  it('writes each line in the direction of its own words', async () => {
    say('user', 'مرحبا');
    say('assistant', 'Hello');
    await waitUntil(() => lines().length === 2);
    const contents = [...scroller().querySelectorAll('.content')];
    expect(contents.map(content => getComputedStyle(content).direction)).to.deep.equal([
      'rtl',
      'ltr',
    ]);
  });

  describe('reads out', () => {
    let announced: readonly string[];
    const until = (last: string) => waitUntil(() => announced.at(-1) === last, `it says ${last}`);

    beforeEach(() => (announced = watchAnnouncer(element)));

    it('the whole lines of the AI, no fragment, and nothing of the visitor’s', async () => {
      for (const answer of ['I listen.', 'I listen and answer.', 'So do you.']) {
        const at = now();
        const words = answer.split(' ');
        for (const [end] of words.entries()) {
          say('assistant', words.slice(0, end + 1).join(' '), false, at);
          await frame();
          say('user', 'go on', false);
        }
        say('user', 'Go on.');
        say('assistant', answer, true, at);
      }
      await until('So do you.');
      expect(announced).to.deep.equal(['I listen.', 'I listen and answer.', 'So do you.']);
      expect(scroller().ariaLive).to.equal('off');
      expect(inside('[aria-live=polite]').checkVisibility()).to.equal(true);
    });

    it('every line that comes at once with others', async () => {
      for (const answer of ['One.', 'Two.', 'Three.']) say('assistant', answer);
      await until('Three.');
      expect(announced).to.deep.equal(['One.', 'Two.', 'Three.']);
    });

    it('the same words twice where they are said twice', async () => {
      for (const answer of ['Yes.', 'Yes.', 'No.']) {
        say('assistant', answer);
        const count = lines().length;
        await waitUntil(() => lines().length > count);
      }
      await until('No.');
      expect(announced).to.deep.equal(['Yes.', 'Yes.', 'No.']);
    });

    it('once what is told again, before and after a loss', async () => {
      const at = now();
      const tell = () => {
        say('assistant', 'I listen', false, at);
        say('assistant', 'I listen and', false, at);
        say('assistant', 'I listen and answer.', true, at);
        say('assistant', 'I listen', false, at);
        say('assistant', 'I listen and answer.', true, at);
      };
      tell();
      await until('I listen and answer.');
      engine.script = ({method}) =>
        method === 'PATCH' ? new Response(null, {status: 405}) : undefined;
      const lost = oneEvent(element, 'statechange');
      await engine.fallSilent();
      await lost;
      await engine.hears('resume');
      tell();
      say('assistant', 'So do you.');
      await until('So do you.');
      expect(announced).to.deep.equal(['I listen and answer.', 'So do you.']);
      expect(lines()).to.have.length(2);
    });

    it('nothing that was said before it was there', async () => {
      say('assistant', 'Hello.');
      await until('Hello.');
      const part = element.renderRoot.querySelector('diarupt-transcript');
      part?.replaceWith(document.createElement('diarupt-transcript'));
      await waitUntil(() => inside('.line'));
      expect(inside('[aria-live=polite]').textContent).to.equal('');
    });
  });

  it('follows the conversation, but stays where the reader has gone', async () => {
    await sayMany(60);
    await goTo(0);
    const place = firstTop();
    say('assistant', 'Line 61');
    await waitUntil(() => lines().length === 61);
    await frame();
    await frame();
    expect(firstTop()).to.be.closeTo(place, 1);

    await goTo(-1);
    say('assistant', 'Line 62');
    await waitUntil(() => lines().length === 62);
    await waitUntil(() => belowView() <= 0, 'the end is in view again');
  });

  describe('offers a reader further up the way down', () => {
    beforeEach(async () => {
      await sayMany(60);
      await goTo(0);
      expect(latest(), 'before anything new has come').to.equal(null);
      say('user', 'and', false);
      await waitUntil(latest, 'a button has come');
    });

    it('which is accessible', async () => {
      expect(latest()?.textContent?.trim()).to.equal('Latest words');
      await expect(element).to.be.accessible();
    });

    it('by keyboard, with the focus on the lines then', async () => {
      scroller().focus();
      await sendKeys({press: 'Tab'});
      const {activeElement} = scroller().getRootNode() as ShadowRoot;
      expect(activeElement).to.equal(latest());
      await sendKeys({press: 'Enter'});
      await waitUntil(() => !latest(), 'the button has gone');
      expect((scroller().getRootNode() as ShadowRoot).activeElement).to.equal(scroller());
      await waitUntil(() => belowView() <= 0, 'the end is in view');
      say('user', 'And now?');
      await waitUntil(() => lines().at(-1)?.textContent?.includes('And now?'));
      await waitUntil(() => belowView() <= 0, 'the end is still in view');
      expect(latest()).to.equal(null);
    });

    it('by pointer', async () => {
      const {left, top, width, height} = (latest() as HTMLElement).getBoundingClientRect();
      const position: [number, number] = [
        Math.round(left + width / 2),
        Math.round(top + height / 2),
      ];
      await sendMouse({type: 'click', position});
      await waitUntil(() => !latest(), 'the button has gone');
      await waitUntil(() => belowView() <= 0, 'the end is in view');
    });

    it('until they have found it themselves', async () => {
      await goTo(-1);
      await waitUntil(() => !latest(), 'the button has gone');
    });

    it('until there is nothing above', async () => {
      await element.disconnect();
      element.sessionId = 'session-2';
      await element.connect();
      await waitUntil(() => lines().length === 0);
      await waitUntil(() => !latest(), 'the button has gone');
    });
  });

  it('is found in by the browser, where it is out of sight', async () => {
    await sayMany(300);
    const {find} = window as unknown as {find: (text: string) => boolean};
    getSelection()?.removeAllRanges();
    expect(find.call(window, 'Line 3.')).to.equal(true);
  });

  it('is copied with who has said what', async () => {
    say('user', 'What can you do?');
    say('assistant', 'I listen.');
    await waitUntil(() => lines().length === 2);
    const field: HTMLTextAreaElement = await fixture(html`<textarea></textarea>`);
    scroller().focus();
    const press = async (key: string) => {
      await sendKeys({down: 'Control'});
      await sendKeys({press: key});
      await sendKeys({up: 'Control'});
    };
    await press('a');
    await press('c');
    field.focus();
    await press('v');
    await waitUntil(() => field.value !== '', 'it has been pasted');
    const pasted = field.value.split(/\s*\n\s*/);
    expect(pasted).to.include.members(['You: What can you do?', 'AI: I listen.']);
  });
});
