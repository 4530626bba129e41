import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

describe('captions', () => {
  let engine: PeerEngine;
  let element: DiaruptInteraction;

  const inside = (part: string, selector: string) =>
    element.renderRoot.querySelector(part)?.shadowRoot?.querySelector(selector);
  const button = () => inside('diarupt-captions-button', 'button') as HTMLButtonElement;
  const video = () => inside('diarupt-player', 'video') as HTMLVideoElement;
  const track = () => video().textTracks[0] as TextTrack;
  const shown = () => [...(track().activeCues ?? [])].map(cue => (cue as VTTCue).text);
  const shows = (...texts: string[]) =>
    waitUntil(() => shown().join() === texts.join(), `it shows “${texts.join()}”`);

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  before(() => document.addEventListener('error', stop));
  after(() => document.removeEventListener('error', stop));
  const stop = (event: Event) => event.stopPropagation();

  let minute = 0;
  function say(content: string, complete = false): void {
    const timestamp = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
    if (complete) minute += 1;
    engine.send('transcript', {timestamp, role: 'assistant', content, complete});
  }

  async function open(attributes: Partial<DiaruptInteraction> = {}): Promise<void> {
    Object.assign(element, attributes);
    await element.connect();
    await engine.hears('configure');
    await waitUntil(() => video().currentTime > 0, 'it plays');
  }

  beforeEach(async () => {
    engine = new PeerEngine();
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
  });

  afterEach(async () => {
    await element.disconnect();
    engine.close();
  });

  for (const [what, audioOnly] of [
    ['on the AI’s face', false],
    ['where there is a voice alone', true],
  ] as const) {
    it(`are shown ${what}, word by word in one place, and for a while when all is said`, async () => {
      await open({captions: true, audioOnly});
      for (const words of ['I', 'I listen', 'I listen and']) {
        say(words);
        await shows(words);
      }
      expect(video().checkVisibility({opacityProperty: true, visibilityProperty: true})).to.equal(
        true,
      );
      const cue = track().activeCues?.[0] as VTTCue;
      say('I listen and answer.', true);
      await shows('I listen and answer.');
      expect(track().activeCues?.[0]).to.equal(cue);
      await oneEvent(cue, 'exit');
      expect(shown()).to.deep.equal([]);
      say('So');
      await shows('So');
    });
  }

  it('are the last two rows of whole words, of which only the last one changes', async () => {
    await open({captions: true});
    const rows = ['I can tell you what this element', 'does, how it is put on a page,'];
    say(rows.join(' '));
    await shows(rows.join('\n'));
    say(`${rows.join(' ')} what it costs, and more`);
    await shows(`${rows[1]}\nwhat it costs, and more`);
    say('好'.repeat(90));
    await shows(`${'好'.repeat(32)}\n${'好'.repeat(26)}`);
  });

  it('show what looks like markup as the text it is', async () => {
    await open({captions: true});
    say('<b>2 &lt; 3</b> & 3 --> 2');
    await shows('&lt;b&gt;2 &amp;lt; 3&lt;/b&gt; &amp; 3 --&gt; 2');
  });

  it('are of the visitor’s words none', async () => {
    await open({captions: true});
    say('Hello');
    engine.send('transcript', {
      timestamp: new Date().toISOString(),
      role: 'user',
      content: 'What can you do?',
      complete: true,
    });
    await waitUntil(() => element.transcript.length === 2);
    await shows('Hello');
  });

  it('are gone with the conversation', async () => {
    await open({captions: true});
    say('I was about to');
    await shows('I was about to');
    await element.disconnect();
    await shows();
  });

  it('are switched by a button, by keyboard as well', async () => {
    await open();
    say('I listen');
    await waitUntil(() => element.transcript.length === 1);
    expect(track().mode).to.equal('disabled');
    expect([button().title, button().ariaPressed]).to.deep.equal(['Captions', 'false']);
    button().click();
    await shows('I listen');
    expect(element.getAttribute('captions')).to.equal('');
    expect(button().ariaPressed).to.equal('true');
    await expect(element).to.be.accessible();
    button().focus();
    await sendKeys({press: ' '});
    await waitUntil(() => track().mode === 'disabled');
    expect(element.hasAttribute('captions')).to.equal(false);
    await waitUntil(() => button().ariaPressed === 'false');
  });

  it('follow the browser’s own menu', async () => {
    await open();
    track().mode = 'showing';
    await waitUntil(() => element.captions && button().ariaPressed === 'true');
    say('I listen');
    await shows('I listen');
    track().mode = 'disabled';
    await waitUntil(() => !element.captions && button().ariaPressed === 'false');
  });

  it('go on where the browser holds the sound back, until one press starts it', async () => {
    const {play} = HTMLMediaElement.prototype;
    video().play = function (this: HTMLVideoElement) {
      if (this.muted) return play.call(this);
      return Promise.reject(new DOMException('not yet', 'NotAllowedError'));
    };
    await open();
    await waitUntil(() => inside('diarupt-player', 'button'));
    expect([video().muted, video().paused]).to.deep.equal([true, false]);
    say('I listen');
    await shows('I listen');
    expect(element.captions).to.equal(false);
    expect(button().ariaPressed).to.equal('false');

    Reflect.deleteProperty(video(), 'play');
    (inside('diarupt-player', 'button') as HTMLElement).click();
    await waitUntil(() => !video().muted && track().mode === 'disabled');
    expect(video().paused).to.equal(false);
    expect(inside('diarupt-player', 'button')).to.equal(null);
  });
});
