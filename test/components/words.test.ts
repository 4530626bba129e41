import {expect, fixture, html} from '@open-wc/testing';
import {WORDS} from '../../src/components/words.js';
import {DiaruptInteraction} from '../../src/element.js';
import {PeerEngine} from '../support/peer-engine.js';
import {restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

const GERMAN = {
  ...WORDS,
  lang: 'de',
  start: 'Gespräch beginnen',
  idle: 'Bereit.',
  listening: 'Ich höre zu',
  launcher: 'Mit der KI sprechen',
  agree: 'Einverstanden',
  transcriptEmpty: 'Noch nichts.',
  user: 'Sie',
  'engine-busy': 'Gerade ist kein Platz frei. Warten Sie kurz.',
};

describe('the words of <diarupt-interaction>', () => {
  let element: DiaruptInteraction;
  const {documentElement: page} = document;

  const part = (name: string) =>
    (element.renderRoot.querySelector(name) ?? element.querySelector(name))
      ?.shadowRoot as ShadowRoot;
  const start = () => part('diarupt-call-button').textContent?.trim();
  const status = () => part('diarupt-status').querySelector('p') as HTMLElement;
  const says = (text: string) => waitUntil(() => start() === text, `the button says ${text}`);

  /** The language that a browser takes something for, as assistive technology is told. */
  const langOf = (node: Element) =>
    ['en', 'de', 'fr', 'cs'].find(lang => node.matches(`:lang(${lang})`));

  async function place(content: ReturnType<typeof html>): Promise<void> {
    const box = await fixture(html`<div>${content}</div>`);
    element = box.querySelector('diarupt-interaction') as DiaruptInteraction;
    await element.updateComplete;
  }

  // Where an error event reaches the window, the test runner takes it for an uncaught one.
  const stop = (event: Event) => event.stopPropagation();
  before(() => {
    document.addEventListener('error', stop);
    DiaruptInteraction.addWords(GERMAN);
  });
  after(() => document.removeEventListener('error', stop));
  afterEach(() => {
    page.lang = 'en';
    page.dir = '';
  });

  describe('are in the language', () => {
    it('of the element', async () => {
      await place(html`<diarupt-interaction lang="de"></diarupt-interaction>`);
      await says(GERMAN.start);
      element.lang = 'en-GB';
      await says(WORDS.start);
      page.lang = 'de';
      await element.updateComplete;
      expect(start()).to.equal(WORDS.start);
      element.removeAttribute('lang');
      await says(GERMAN.start);
    });

    it('of what is around the element, whatever the region', async () => {
      await place(html`<p lang="DE-ch"><diarupt-interaction></diarupt-interaction></p>`);
      await says(GERMAN.start);
      element.closest('p')?.setAttribute('lang', 'fr');
      await says(WORDS.start);
    });

    it('of the page, as it changes', async () => {
      await place(html`<diarupt-interaction></diarupt-interaction>`);
      await says(WORDS.start);
      page.lang = 'de';
      await says(GERMAN.start);
      page.lang = 'en';
      await says(WORDS.start);
    });

    it('of what is around the shadow tree that the element is in', async () => {
      await place(
        html`<p lang="de"><span></span></p>
          <diarupt-interaction></diarupt-interaction>`,
      );
      const outer = element.parentElement?.querySelector('span') as HTMLElement;
      outer.attachShadow({mode: 'closed'}).append(element);
      await says(GERMAN.start);
      outer.lang = 'en';
      await says(WORDS.start);
    });

    it('of the place that the element is moved to', async () => {
      await place(
        html`<p lang="de"></p>
          <diarupt-interaction></diarupt-interaction>`,
      );
      const paragraph = element.parentElement?.querySelector('p') as HTMLElement;
      paragraph.append(element);
      await says(GERMAN.start);
      page.append(element);
      await says(WORDS.start);
      paragraph.lang = 'en';
      if ('moveBefore' in paragraph) {
        paragraph.lang = 'de';
        paragraph.moveBefore(element, null);
        await says(GERMAN.start);
      }
      element.remove();
    });

    it('of parts that the page has laid out', async () => {
      await place(html`
        <diarupt-interaction lang="de"
          ><diarupt-call-button></diarupt-call-button
        ></diarupt-interaction>
      `);
      await says(GERMAN.start);
    });

    it('that is as near as there is one', async () => {
      DiaruptInteraction.addWords({...WORDS, lang: 'zh-Hant', start: '開始對話'});
      DiaruptInteraction.addWords({...WORDS, lang: 'zh', start: '开始对话'});
      await place(html`<diarupt-interaction lang="zh-Hant-HK"></diarupt-interaction>`);
      await says('開始對話');
      element.lang = 'zh-TW';
      await says('开始对话');
    });

    it('that comes when the element stands already', async () => {
      await place(html`<diarupt-interaction lang="la"></diarupt-interaction>`);
      await says(WORDS.start);
      DiaruptInteraction.addWords({...WORDS, lang: 'la', start: 'Incipe'});
      await says('Incipe');
    });

    it('English, where there is none of the page, or a part is on its own', async () => {
      for (const lang of ['cs', 'x-unknown', '', '-', 'constructor']) {
        await place(html`<diarupt-interaction lang=${lang}></diarupt-interaction>`);
        expect(start(), lang).to.equal(WORDS.start);
      }
      const button = await fixture(html`<diarupt-call-button lang="de"></diarupt-call-button>`);
      expect(button.shadowRoot?.textContent?.trim()).to.equal(WORDS.start);
    });
  });

  it("are the page's own, where it has some, in any language", async () => {
    await place(html`
      <diarupt-interaction lang="de" .words=${{start: 'Los'}}></diarupt-interaction>
    `);
    expect(start()).to.equal('Los');
    expect(status().textContent).to.equal(GERMAN.idle);
    element.lang = 'en';
    await waitUntil(() => status().textContent === WORDS.idle);
    expect(start()).to.equal('Los');
    element.words = undefined;
    await says(WORDS.start);
  });

  it('stay as they are once the element is gone, until it is back', async () => {
    await place(html`<diarupt-interaction lang="eo" layout="floating"></diarupt-interaction>`);
    const launcher = () => element.renderRoot.querySelector('.launcher')?.ariaLabel;
    element.remove();
    element.lang = 'de';
    await Promise.resolve(); // Whoever observes is told by then.
    await element.updateComplete;
    expect(launcher()).to.equal(WORDS.launcher);
    element.lang = 'eo';
    DiaruptInteraction.addWords({...WORDS, lang: 'eo', launcher: 'Paroli'});
    await element.updateComplete;
    expect(launcher()).to.equal(WORDS.launcher);
    page.append(element);
    await waitUntil(() => launcher() === 'Paroli');
    element.remove();
  });

  describe('say to assistive technology what they are in', () => {
    const CZECH = html`
      <diarupt-interaction lang="cs" session-id="session-1" layout="floating" expanded>
        <p slot="consent">Ukládáme, co řeknete.</p>
      </diarupt-interaction>
    `;

    it('where they are English in a page that is not', async () => {
      await place(CZECH);
      const {renderRoot} = element;
      expect(langOf(renderRoot.querySelector('.launcher') as Element)).to.equal('en');
      expect(langOf(part('diarupt-call-button').querySelector('span') as Element)).to.equal('en');
      expect(langOf(status())).to.equal('en');
      element.lang = 'de';
      await says(GERMAN.start);
      expect(langOf(status())).to.equal('de');
      expect(langOf(renderRoot.querySelector('.launcher') as Element)).to.equal('de');
    });

    it('and leave what the page itself says as it is', async () => {
      await place(CZECH);
      void element.connect().catch(() => {});
      const agree = () => element.renderRoot.querySelector('.primary') as Element;
      await waitUntil(agree, 'the element asks for consent');
      expect(langOf(agree())).to.equal('en');
      const question = element.querySelector('p') as Element;
      expect(langOf(question)).to.equal('cs');
      // Chromium takes it over from where it is shown, and tells assistive technology that.
      const {webkitLocale = '"cs"'} = getComputedStyle(question) as {webkitLocale?: string};
      expect(webkitLocale).to.equal('"cs"');
      await element.disconnect();
    });
  });

  it("end on the side that their own direction ends on, whatever the page's is", async () => {
    const words = {idle: 'Ready.', start: 'أهلاً.'};
    await place(html`<diarupt-interaction .words=${words}></diarupt-interaction>`);
    const ends = (text: Text | null | undefined) => {
      const [first, last] = [0, (text?.length ?? 0) - 1].map(at => {
        const range = document.createRange();
        range.setStart(text as Text, at);
        range.setEnd(text as Text, at + 1);
        return range.getBoundingClientRect().x;
      }) as [number, number];
      return first < last ? 'right' : 'left';
    };
    const texts = () => [
      ends([...status().childNodes].find(node => node instanceof Text && node.data.trim()) as Text),
      ends(part('diarupt-call-button').querySelector('span')?.lastChild as Text),
    ];
    expect(texts()).to.deep.equal(['right', 'left']);
    page.dir = 'rtl';
    expect(texts()).to.deep.equal(['right', 'left']);
  });

  describe('in a conversation', () => {
    let engine: PeerEngine;
    beforeEach(async () => {
      engine = new PeerEngine();
      await place(html`
        <diarupt-interaction
          lang="de-AT"
          session-id="session-1"
          engine-url=${engine.url}
        ></diarupt-interaction>
      `);
    });
    afterEach(async () => {
      restoreMicrophone();
      await element.disconnect();
      engine.close();
    });

    const reads = (text: string) =>
      waitUntil(() => status().textContent === text, `the status says ${text}`);

    it('are announced in the language', async () => {
      await element.connect();
      await reads(GERMAN.listening);
      expect(status().role).to.equal('status');
    });

    it('stand before each line of the transcript, and change with the language', async () => {
      await element.connect();
      await engine.hears('configure');
      const timestamp = '2026-01-01T00:00:00.000Z';
      engine.send('transcript', {timestamp, role: 'user', content: 'Hallo', complete: true});
      const line = () => part('diarupt-transcript').querySelector('.line');
      await waitUntil(() => line()?.textContent?.trim() === 'Sie: Hallo');
      element.lang = 'cs';
      await waitUntil(() => line()?.textContent?.trim() === 'You: Hallo');
    });

    it('are not taken for the language of what is said', async () => {
      element.lang = 'cs';
      await element.connect();
      await engine.hears('configure');
      const timestamp = '2026-01-01T00:00:00.000Z';
      engine.send('transcript', {timestamp, role: 'assistant', content: 'Ahoj', complete: true});
      for (const selector of ['.content', '[aria-live=polite] > *']) {
        const said = () => part('diarupt-transcript').querySelector(selector) as Element;
        await waitUntil(() => said()?.textContent === 'Ahoj');
        expect(langOf(said())).to.equal('cs');
      }
    });

    it('tell what failed by its code', async () => {
      engine.script = () => new Response(null, {status: 503, headers: {'Retry-After': '999'}});
      await element.connect().catch(() => {});
      await reads(GERMAN['engine-busy']);
      expect(element.error?.message).to.equal(WORDS['engine-busy']);
    });

    it("give way to the engine's own sentence", async () => {
      await element.connect();
      await engine.hears('configure');
      engine.send('error', {code: 'engine-busy', message: 'Heute ist geschlossen.'});
      await reads('Heute ist geschlossen.');
    });
  });
});
