import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';

describe('<diarupt-transcript>', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const inside = (selector: string) =>
    element.renderRoot
      .querySelector('diarupt-transcript')
      ?.shadowRoot?.querySelector<HTMLElement>(selector) as HTMLElement;
  const scroller = () => inside('[role=log]');
  const lines = () => [...scroller().querySelectorAll('.line')];
  const fromEnd = () => scroller().scrollHeight - scroller().clientHeight - scroller().scrollTop;

  let minute = 0;
  function say(role: 'user' | 'assistant', content: string, complete = true): void {
    const timestamp = new Date(Date.UTC(2026, 0, 1, 0, (minute += 1))).toISOString();
    engine.send('transcript', {timestamp, role, content, complete});
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

  it('reads out the whole lines of the AI, and no fragment', async () => {
    const live = () => inside('[aria-live=polite]').textContent;
    const heard: (string | null)[] = [];
    const observer = new MutationObserver(() => heard.push(live()));
    observer.observe(inside('[aria-live=polite]'), {
      childList: true,
      characterData: true,
      subtree: true,
    });
    for (const words of ['I', 'I listen', 'I listen and']) say('assistant', words, false);
    say('user', 'go on', false);
    say('assistant', 'I listen and answer.');
    await waitUntil(() => live() === 'I listen and answer.');
    observer.disconnect();
    expect(heard).to.deep.equal(['I listen and answer.']);
    expect(scroller().ariaLive).to.equal('off');
  });

  it('follows the conversation, but stays where the reader has gone', async () => {
    for (let count = 1; count <= 60; count++) say('assistant', `Line ${count}`);
    await waitUntil(() => lines().length === 60);
    await waitUntil(() => Math.abs(fromEnd()) <= 1, 'the end is in view');

    scroller().scrollTop = 40;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    say('assistant', 'Line 61');
    await waitUntil(() => lines().length === 61);
    expect(scroller().scrollTop).to.equal(40);

    scroller().scrollTop = scroller().scrollHeight;
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    say('assistant', 'Line 62');
    await waitUntil(() => lines().length === 62);
    await waitUntil(() => Math.abs(fromEnd()) <= 1, 'the end is in view again');
  });
});
