import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';
import type {DiaruptDevices} from '../../src/devices.js';
import type {DiaruptInteraction} from '../../src/element.js';
import '../../src/devices.js';
import {FakeDevices} from '../support/devices.js';
import {PeerEngine} from '../support/peer-engine.js';
import {pause} from '../support/random.js';
import {openFakeMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('<diarupt-devices>', () => {
  let engine: PeerEngine;
  let devices: FakeDevices;
  let element: DiaruptInteraction;
  let menu: DiaruptDevices;

  const find = <E extends HTMLElement = HTMLSelectElement>(part: string) =>
    menu.renderRoot.querySelector(`[part=${part}]`) as E;
  const player = () =>
    element.renderRoot.querySelector('diarupt-player')?.shadowRoot?.querySelector('video') ??
    expect.fail('there is no player');
  const isOpen = () => find('menu').matches(':popover-open');
  const focused = () => (menu.renderRoot as ShadowRoot).activeElement;
  const optionsOf = (part: string) => [...find(part).options].map(({text}) => text.trim());
  const shown = (part: string) => find(part).selectedOptions[0]?.text.trim();
  const shows = (part: string, text: string) =>
    waitUntil(() => shown(part) === text, `${part} shows ${text}`);

  async function place(attributes: Partial<DiaruptInteraction> = {}): Promise<void> {
    element = await fixture(html`
      <diarupt-interaction session-id="session-1" engine-url=${engine.url}></diarupt-interaction>
    `);
    Object.assign(element, attributes);
    await element.updateComplete;
    menu = element.renderRoot.querySelector('diarupt-devices') as DiaruptDevices;
    await menu.updateComplete;
  }

  async function openMenu(): Promise<void> {
    find('button').click();
    await waitUntil(isOpen);
    const count = devices.looks.length;
    await waitUntil(() => devices.looks.length > count || optionsOf('microphone').length > 1);
    await waitUntil(() => !devices.allowed || optionsOf('microphone').length > 1);
  }

  function choose(part: string, value: string): void {
    find(part).value = value;
    find(part).dispatchEvent(new Event('change'));
  }

  beforeEach(() => {
    engine = new PeerEngine();
    devices = new FakeDevices();
    devices.plugIn('microphone-a', 'microphone-b', 'speaker-a', 'speaker-b');
  });

  afterEach(async () => {
    await element.disconnect();
    await devices.restore();
    engine.close();
  });

  describe('as a menu', () => {
    it('is opened by the keyboard, and gives the focus back', async () => {
      await place({layout: 'floating', expanded: true});
      find('button').focus();
      await sendKeys({press: 'Enter'});
      await waitUntil(isOpen);
      await waitUntil(() => focused() === find('microphone'), 'the focus is in it');
      await sendKeys({press: 'Escape'});
      await waitUntil(() => !isOpen());
      await waitUntil(() => focused() === find('button'), 'the button has the focus');
      expect(element.expanded, 'the panel around it stays').to.equal(true);
      await sendKeys({press: 'Escape'});
      await waitUntil(() => !element.expanded, 'which another Escape closes');
    });

    it('is closed by a press elsewhere', async () => {
      await place();
      await openMenu();
      await sendMouse({type: 'click', position: [2, 2]});
      await waitUntil(() => !isOpen());
    });

    it('names what there is, once the browser does', async () => {
      devices.allowed = false;
      await place();
      await openMenu();
      expect(optionsOf('microphone')).to.deep.equal(['Default']);
      expect(find('menu').textContent).to.include('once the microphone is allowed');
      devices.allowed = true;
      await element.connect();
      const expected = ['Default', 'The microphone-a', 'The microphone-b'];
      await waitUntil(() => optionsOf('microphone').length === 3, 'they are named');
      expect(optionsOf('microphone')).to.deep.equal(expected);
      expect(optionsOf('speaker')).to.deep.equal(['Default', 'The speaker-a', 'The speaker-b']);
      expect(find('menu').textContent).not.to.include('once the microphone is allowed');
    });

    it('can be used by everybody, in light and dark', async () => {
      await place();
      await openMenu();
      devices.busy.add('microphone-b');
      await element.connect();
      choose('microphone', 'microphone-b');
      await waitUntil(() => find('menu').querySelector('[role=alert]')?.textContent);
      for (const scheme of ['light', 'dark']) {
        document.documentElement.style.colorScheme = scheme;
        await expect(menu).to.be.accessible();
      }
      document.documentElement.style.colorScheme = '';
    });

    it('stays within a narrow window', async () => {
      await place();
      await openMenu();
      const {left, right, top, bottom} = find('menu').getBoundingClientRect();
      expect([left >= 0, top >= 0]).to.deep.equal([true, true]);
      expect([right <= innerWidth, bottom <= innerHeight]).to.deep.equal([true, true]);
    });
  });

  describe('of microphones', () => {
    it('changes it in the middle of a conversation, and for the next one', async () => {
      await place();
      await element.connect();
      await openMenu();
      const told = new Promise<void>(resolve =>
        element.addEventListener('deviceschange', () => resolve()),
      );
      choose('microphone', 'microphone-b');
      expect(shown('microphone')).to.equal('The microphone-b');
      await told;
      expect(element.microphoneId).to.equal('microphone-b');
      expect(devices.tracks.map(({readyState}) => readyState)).to.deep.equal(['ended', 'live']);
      expect(engine.peers).to.have.length(1);
      await shows('microphone', 'The microphone-b');
      await element.disconnect();
      await element.connect();
      expect(devices.asked).to.deep.equal(['', 'microphone-b', 'microphone-b']);
    });

    it('chooses it before a conversation', async () => {
      await place();
      await openMenu();
      choose('microphone', 'microphone-a');
      await waitUntil(() => element.microphoneId === 'microphone-a');
      expect(devices.asked).to.deep.equal([]);
      await element.connect();
      expect(devices.asked).to.deep.equal(['microphone-a']);
    });

    it('shows the one that is used where another cannot be', async () => {
      await place({microphoneId: 'microphone-a'});
      await element.connect();
      await openMenu();
      devices.busy.add('microphone-b');
      choose('microphone', 'microphone-b');
      await shows('microphone', 'The microphone-a');
      expect(find('menu').querySelector('[role=alert]')?.textContent).to.include(
        'Nothing has changed',
      );
      expect(element.microphoneId).to.equal('microphone-a');
      expect(element.status).to.equal('open');
    });

    it('shows the one that is heard, where the page has set another for the next start', async () => {
      await place({microphoneId: 'microphone-a'});
      await element.connect();
      await openMenu();
      element.microphoneId = 'microphone-b';
      await element.updateComplete;
      await menu.updateComplete;
      expect(shown('microphone')).to.equal('The microphone-a');
    });

    it('shows that the chosen one has gone, and uses it again when it is back', async () => {
      await place({microphoneId: 'microphone-b'});
      await element.connect();
      await openMenu();
      await shows('microphone', 'The microphone-b');
      devices.pullOut('microphone-b');
      devices.tracks[0]?.dispatchEvent(new Event('ended'));
      await shows('microphone', 'Default');
      expect(element.microphoneId).to.equal('microphone-b');
      devices.plugIn('microphone-b');
      await shows('microphone', 'The microphone-b');
      expect(devices.asked.at(-1)).to.equal('microphone-b');
    });

    it('offers none in the place of the page’s own', async () => {
      const stream = await openFakeMicrophone();
      await place({stream});
      await openMenu().catch(() => {});
      expect(find('microphone').disabled).to.equal(true);
      expect(optionsOf('microphone')).to.deep.equal([stream.getAudioTracks()[0]?.label]);
      stream.getTracks().forEach(track => track.stop());
    });
  });

  describe('of speakers', () => {
    it('is heard there at once, and remembered', async () => {
      await place();
      await openMenu();
      choose('speaker', 'speaker-b');
      await waitUntil(() => element.speakerId === 'speaker-b');
      expect(player().sinkId).to.equal('speaker-b');
      expect(shown('speaker')).to.equal('The speaker-b');
    });

    it('is the browser’s choice while the chosen one is away', async () => {
      await place();
      await openMenu();
      choose('speaker', 'speaker-b');
      await waitUntil(() => element.speakerId === 'speaker-b');
      devices.pullOut('speaker-b');
      await waitUntil(() => player().sinkId === '', 'the default speaks');
      await shows('speaker', 'Default');
      devices.plugIn('speaker-b');
      await waitUntil(() => player().sinkId === 'speaker-b', 'it is back');
      await shows('speaker', 'The speaker-b');
    });

    it('can be one that the browser asks for by itself', async () => {
      const {mediaDevices} = navigator as unknown as {
        mediaDevices: {selectAudioOutput?: () => Promise<{deviceId: string}>};
      };
      let answer: () => Promise<{deviceId: string}> = () =>
        Promise.reject(new DOMException('no', 'NotAllowedError'));
      mediaDevices.selectAudioOutput = () => answer();
      await place();
      await openMenu();
      find('other-speaker').click();
      await pause(0);
      expect(find('menu').querySelector('[role=alert]')?.textContent).to.equal('');
      answer = async () => ({deviceId: 'speaker-a'});
      find('other-speaker').click();
      await waitUntil(() => element.speakerId === 'speaker-a');
      expect(player().sinkId).to.equal('speaker-a');
      Reflect.deleteProperty(mediaDevices, 'selectAudioOutput');
    });
  });

  describe('with the volume', () => {
    it('makes the AI as loud as the visitor likes', async () => {
      await place();
      await openMenu();
      await waitUntil(() => find('volume'));
      const slider = find<HTMLInputElement>('volume');
      expect(slider.value).to.equal('1');
      slider.focus();
      await sendKeys({press: 'ArrowLeft'});
      await sendKeys({press: 'ArrowLeft'});
      await waitUntil(() => Math.abs(element.volume - 0.9) < 1e-6);
      expect(player().volume).to.be.closeTo(0.9, 1e-6);
      await waitUntil(() => slider.getAttribute('aria-valuetext') === '90 %');
    });

    it('is an attribute, too, and keeps what it is where that makes no sense', async () => {
      await place();
      element.setAttribute('volume', '0.3');
      await element.updateComplete;
      expect(player().volume).to.be.closeTo(0.3, 1e-6);
      for (const volume of [7, -1, NaN]) {
        element.volume = volume;
        await element.updateComplete;
        expect(player().volume).to.be.closeTo(0.3, 1e-6);
      }
      element.removeAttribute('volume');
      await element.updateComplete;
      expect(player().volume).to.equal(1);
    });

    it('is that of a player that comes later', async () => {
      await place({volume: 0.4});
      element.innerHTML = '<diarupt-player></diarupt-player>';
      const media = () =>
        element.querySelector('diarupt-player')?.shadowRoot?.querySelector('video');
      await waitUntil(() => Math.abs((media()?.volume ?? 1) - 0.4) < 1e-6);
    });
  });

  it('looks at most once a second, however often it is told to', async () => {
    await place();
    await openMenu();
    const before = devices.looks.length;
    for (let count = 0; count < 100; count++) {
      devices.tell();
      if (count % 10 === 0) await pause(30);
    }
    await waitUntil(() => devices.looks.length > before, 'it has looked');
    await pause(1500);
    const gaps = devices.looks.slice(1).map((at, index) => at - (devices.looks[index] ?? 0));
    expect(Math.min(...gaps)).to.be.greaterThan(990);
    expect(devices.looks.length - before).to.be.lessThan(4);
  });

  it('looks no more when it has left the page', async () => {
    await place();
    await openMenu();
    devices.tell();
    element.remove();
    const {length} = devices.looks;
    devices.tell();
    await pause(1500);
    expect(devices.looks).to.have.length(length);
  });
});
