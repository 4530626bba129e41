import {expect} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import {Interaction} from '../../src/core/interaction.js';
import type {ConnectOptions} from '../../src/core/options.js';
import {connect, disconnect, setMicrophone, setMuted} from '../../src/index.js';
import {PeerEngine} from '../support/peer-engine.js';
import {microtasks, task} from '../support/random.js';
import {openFakeMicrophone, replaceMicrophone, restoreMicrophone} from '../support/voice.js';
import {waitUntil} from '../support/wait-until.js';

describe('the microphone of a conversation', () => {
  let engine: PeerEngine;
  let interaction: Interaction;
  let events: string[];
  let context: AudioContext;
  /** What has been asked for, exactly or rather, and what was given for it. */
  let asked: ConstrainDOMString[];
  let given: MediaStreamTrack[];

  const player = document.createElement('video');
  const silent = () => context.createMediaStreamDestination().stream;
  const trackOf = (stream: MediaStream) => stream.getAudioTracks()[0] as MediaStreamTrack;
  const failure = (choice: Promise<unknown>) =>
    choice.then(
      () => expect.fail('it should have been rejected'),
      (error: InteractionError) => error,
    );

  /** Devices in the place of the browser's: `loud` is its fake one, any other is silent. */
  function plugIn(open: (device: string) => Promise<MediaStream> | undefined = () => undefined) {
    return replaceMicrophone(async constraints => {
      const {deviceId = ''} = constraints?.audio as MediaTrackConstraints;
      asked.push(deviceId);
      const device = (deviceId as ConstrainDOMStringParameters).exact ?? deviceId;
      const opened = open(device as string);
      const stream = await (opened ?? (device === 'loud' ? openFakeMicrophone() : silent()));
      given.push(trackOf(stream));
      return stream;
    });
  }

  function begin(options: Partial<ConnectOptions> = {}) {
    interaction = new Interaction(
      'session-1',
      {player, engineUrl: engine.url, ...options},
      {next: (...[event]) => void events.push(event)},
    );
    return interaction.connect();
  }

  async function hears(): Promise<void> {
    const {energy} = await engine.voice();
    const grows = async () => (await engine.voice()).energy > energy + 1e-3;
    await waitUntil(grows, 'the engine hears it');
  }

  /** The energy of what comes once `count` packets, of 20 ms each, have come. */
  async function energyAfter(count: number): Promise<number> {
    const {packets} = await engine.voice();
    const enough = async () => (await engine.voice()).packets >= packets + count;
    await waitUntil(enough, `${count} packets`);
    return (await engine.voice()).energy;
  }

  beforeEach(() => {
    engine = new PeerEngine();
    context = new AudioContext();
    [events, asked, given] = [[], [], []];
  });

  afterEach(async () => {
    restoreMicrophone();
    await interaction?.disconnect();
    await disconnect();
    engine.close();
    await context.close();
  });

  it('is changed in the middle of it: the other is heard, the one before is off', async () => {
    plugIn();
    await begin();
    await interaction.setMicrophone('loud');
    const [before, after] = given;
    expect(asked).to.deep.equal(['', {exact: 'loud'}]);
    expect([before?.readyState, after?.readyState]).to.deep.equal(['ended', 'live']);
    expect(interaction.microphone).to.equal(after);
    await hears();
    expect(engine.peers).to.have.length(1);
    expect(events).to.deep.equal(['open']);
    await interaction.disconnect();
    expect(after?.readyState).to.equal('ended');
  });

  it('is heard until the other is there', async () => {
    let plug: (stream: MediaStream) => void = () => {};
    const late = new Promise<MediaStream>(resolve => (plug = resolve));
    plugIn(device => (device === 'late' ? late : undefined));
    await begin({microphoneId: 'loud'});
    const changed = interaction.setMicrophone('late');
    await hears();
    expect(given[0]?.readyState).to.equal('live');
    plug(silent());
    await changed;
    expect(given.map(({readyState}) => readyState)).to.deep.equal(['ended', 'live']);
  });

  it('stays as it is where the other cannot be had, which is told to who chose it', async () => {
    const cause = new DOMException('in use', 'NotReadableError');
    plugIn(device => (device === 'busy' ? Promise.reject(cause) : undefined));
    await begin({microphoneId: 'loud'});
    const error = await failure(interaction.setMicrophone('busy'));
    expect([error.code, error.cause]).to.deep.equal(['microphone-busy', cause]);
    expect(interaction.microphone).to.equal(given[0]);
    await hears();
    await interaction.setMicrophone('other');
    expect(interaction.microphone).to.equal(given[1]);
    expect(events).to.deep.equal(['open']);
  });

  it('stays muted when it is changed', async () => {
    plugIn();
    await begin();
    await interaction.setMuted(true);
    await interaction.setMicrophone('loud');
    expect(await energyAfter(60)).to.be.lessThan(1e-6);
    await interaction.setMuted(false);
    await hears();
  });

  it('is the last that was chosen, however late the others come', async () => {
    let plug: (stream: MediaStream) => void = () => {};
    const late = new Promise<MediaStream>(resolve => (plug = resolve));
    plugIn(device => (device === 'late' ? late : undefined));
    await begin();
    const first = failure(interaction.setMicrophone('late'));
    await interaction.setMicrophone('loud');
    expect((await first).name).to.equal('AbortError');
    const tooLate = silent();
    plug(tooLate);
    await waitUntil(() => trackOf(tooLate).readyState === 'ended', 'it is stopped');
    expect(interaction.microphone).to.equal(given[1]);
    await hears();
  });

  it('is the last of many that are chosen at once, and the only one that is on', async () => {
    plugIn();
    await begin();
    const choices = ['a', 'b', 'c', 'd'].map(async (device, later) => {
      await microtasks(later * 3);
      await interaction.setMicrophone(device);
    });
    await Promise.allSettled(choices);
    await choices.at(-1);
    await waitUntil(() => given.filter(({readyState}) => readyState === 'live').length === 1);
    expect(asked.at(-1)).to.deep.equal({exact: 'd'});
    expect(interaction.microphone).to.equal(given.at(-1));
    expect(interaction.microphone?.readyState).to.equal('live');
  });

  it('is off with the conversation, wherever a change of it was', async () => {
    for (let later = 0; later < 12; later++) {
      given = [];
      const microphone = plugIn();
      await begin();
      const changed = interaction.setMicrophone('other').catch((error: Error) => error);
      if (later > 0) await microtasks(later); // At first, in the same task.
      void interaction.disconnect();
      const {prompts} = microphone;
      await changed;
      for (let left = 5; left > 0; left--) await task();
      const states = given.map(({readyState}) => readyState);
      expect(states, `${later} microtasks later`).not.to.include('live');
      expect(microphone.prompts, `${later} microtasks later`).to.equal(prompts);
    }
  });

  it('is not asked for a second time while the visitor is being asked', async () => {
    let plug: (stream: MediaStream) => void = () => {};
    const late = new Promise<MediaStream>(resolve => (plug = resolve));
    const microphone = plugIn(device => (device === 'other' ? undefined : late));
    const started = begin();
    await waitUntil(() => microphone.prompts === 1);
    const changed = interaction.setMicrophone('other');
    for (let left = 5; left > 0; left--) await task();
    expect(microphone.prompts).to.equal(1);
    plug(silent());
    await Promise.all([started, changed]);
    expect(interaction.microphone).to.equal(given[1]);
    expect(given[0]?.readyState).to.equal('ended');
  });

  it('that is pulled out is asked for again, and is another where it is gone', async () => {
    const elsewhere = new RTCPeerConnection();
    const line = elsewhere.addTransceiver('audio');
    const gone = new DOMException('gone', 'NotFoundError');
    const chosen = [
      Promise.resolve(new MediaStream([line.receiver.track])),
      Promise.reject<MediaStream>(gone),
    ];
    chosen[1]?.catch(() => {});
    plugIn(device => (device === 'chosen' ? chosen.shift() : undefined));
    await begin();
    await interaction.setMicrophone('chosen');
    line.stop();
    await waitUntil(() => given.length === 3, 'another one takes its place');
    expect(asked).to.deep.equal(['', {exact: 'chosen'}, {exact: 'chosen'}, '']);
    await waitUntil(() => interaction.microphone === given[2]);
    expect(events).to.deep.equal(['open']);
    elsewhere.close();
  });

  it('is the page’s own where it has given one, whatever is chosen', async () => {
    const microphone = plugIn();
    const stream = await openFakeMicrophone();
    await begin({stream});
    await interaction.setMicrophone('other');
    expect(interaction.microphone).to.equal(trackOf(stream));
    expect(microphone.prompts).to.equal(0);
    await hears();
    trackOf(stream).stop();
  });

  it('is not opened when there is no conversation', async () => {
    const microphone = plugIn();
    await setMicrophone('other');
    await begin();
    await interaction.disconnect();
    await interaction.setMicrophone('other');
    expect(microphone.prompts).to.equal(1);
  });

  describe('of who starts muted', () => {
    /** A prompt that the test answers. */
    function ask() {
      let answer: (stream: MediaStream | Promise<MediaStream>) => void = () => {};
      const microphone = plugIn(() => new Promise(resolve => (answer = resolve)));
      const isAsked = () => waitUntil(() => microphone.prompts > 0, 'the visitor is asked');
      return {
        microphone,
        isAsked,
        answer: (stream: Parameters<typeof answer>[0]) => answer(stream),
      };
    }

    const refusal = new DOMException('no', 'NotAllowedError');
    const refuse = () => Promise.reject<MediaStream>(refusal);
    const isMuted = () => interaction.state.muted;

    it('is not asked for, and they are answered all the same', async () => {
      const microphone = plugIn();
      let queries = 0;
      navigator.permissions.query = () => Promise.reject(new Error(`${(queries += 1)}`));
      await begin({muted: true});
      expect(interaction.turns.sendText('Hello')).to.equal(true);
      expect(await engine.hears('user-text')).to.include({text: 'Hello'});
      const line = {timestamp: new Date().toISOString(), role: 'user', content: 'Hello'};
      engine.send('transcript', {...line, complete: true});
      await waitUntil(() => interaction.state.transcript.length === 1);
      expect([microphone.prompts, queries]).to.deep.equal([0, 0]);
      expect(interaction.microphone).to.equal(undefined);
      expect(events).to.deep.equal(['open', 'transcript']);
    });

    it('is asked for when they unmute, and heard, without another connection', async () => {
      const {microphone, isAsked, answer} = ask();
      await begin({muted: true});
      const unmuted = interaction.setMuted(false);
      await isAsked();
      expect(isMuted()).to.equal(true);
      answer(openFakeMicrophone());
      await unmuted;
      expect(isMuted()).to.equal(false);
      await hears();
      expect(microphone.prompts).to.equal(1);
      expect(engine.peers).to.have.length(1);
      await interaction.disconnect();
      expect(given[0]?.readyState).to.equal('ended');
    });

    it('is asked for once, however often they unmute meanwhile', async () => {
      const {microphone, isAsked, answer} = ask();
      await begin({muted: true});
      const unmuted = [interaction.setMuted(false), interaction.setMuted(false)];
      await isAsked();
      unmuted.push(interaction.setMuted(false));
      answer(openFakeMicrophone());
      await Promise.all(unmuted);
      await interaction.setMuted(true);
      await interaction.setMuted(false);
      expect(microphone.prompts).to.equal(1);
      await hears();
    });

    it('that is refused costs them nothing, and can be asked for again', async () => {
      plugIn(refuse);
      await begin({muted: true});
      const error = await failure(interaction.setMuted(false));
      expect([error.code, error.cause]).to.deep.equal(['microphone-denied', refusal]);
      expect([interaction.state.status, isMuted()]).to.deep.equal(['open', true]);
      expect(interaction.turns.sendText('Hello')).to.equal(true);
      await engine.hears('user-text');
      expect(events).to.deep.equal(['open']);
      plugIn(() => openFakeMicrophone());
      await interaction.setMuted(false);
      expect(isMuted()).to.equal(false);
      await hears();
    });

    it('that is not there is looked for once', async () => {
      const none = new DOMException('There is none.', 'NotFoundError');
      const microphone = plugIn(() => Promise.reject(none));
      await begin({muted: true});
      const error = await failure(interaction.setMuted(false));
      expect([error.code, error.cause]).to.deep.equal(['microphone-missing', none]);
      expect(microphone.prompts).to.equal(1);
    });

    it('is silent where they have muted again while they were asked', async () => {
      const {isAsked, answer} = ask();
      await begin({muted: true});
      const unmuted = interaction.setMuted(false);
      await isAsked();
      await interaction.setMuted(true);
      answer(openFakeMicrophone());
      await unmuted;
      expect(isMuted()).to.equal(true);
      expect(await energyAfter(60)).to.be.lessThan(1e-6);
      await interaction.setMuted(false);
      await hears();
    });

    it('is stopped where it comes when all is over', async () => {
      const {isAsked, answer} = ask();
      await begin({muted: true});
      const unmuted = failure(interaction.setMuted(false));
      await isAsked();
      await interaction.disconnect();
      expect((await unmuted).name).to.equal('AbortError');
      const late = await openFakeMicrophone();
      answer(late);
      await waitUntil(() => trackOf(late).readyState === 'ended', 'it is stopped');
      expect(events).to.deep.equal(['open', 'close']);
    });

    it('is asked for while they still connect, which waits for nothing', async () => {
      const {isAsked, answer} = ask();
      const started = begin({muted: true});
      await waitUntil(() => interaction.state.status === 'connecting');
      const unmuted = interaction.setMuted(false);
      await isAsked();
      await started;
      expect([interaction.state.status, isMuted()]).to.deep.equal(['open', true]);
      answer(openFakeMicrophone());
      await unmuted;
      await hears();
    });

    it('that is refused while they still connect is no failure of that', async () => {
      plugIn(refuse);
      const started = begin({muted: true});
      await waitUntil(() => interaction.state.status === 'connecting');
      expect((await failure(interaction.setMuted(false))).code).to.equal('microphone-denied');
      await started;
      expect(events).to.deep.equal(['open']);
    });

    it('is asked for at the start where they unmute before it', async () => {
      const microphone = plugIn(() => openFakeMicrophone());
      let go: (done: unknown) => void = () => {};
      const before = () => new Promise(resolve => (go = resolve));
      const options = {player, engineUrl: engine.url, muted: true};
      interaction = new Interaction('session-1', options, {before});
      const started = interaction.connect();
      await interaction.setMuted(false);
      expect(microphone.prompts).to.equal(0);
      go(null);
      await started;
      expect([microphone.prompts, isMuted()]).to.deep.equal([1, false]);
      await hears();
    });

    it('is the one that they have chosen while they were muted', async () => {
      const microphone = plugIn();
      await begin({muted: true});
      await interaction.setMicrophone('loud');
      expect(microphone.prompts).to.equal(0);
      await interaction.setMuted(false);
      expect(asked).to.deep.equal([{exact: 'loud'}]);
      await hears();
    });

    it('is heard over the next connection where the one before is lost', async () => {
      plugIn(() => openFakeMicrophone());
      await begin({muted: true});
      await engine.hears('configure');
      engine.send('close', 'connection lost');
      await engine.hears('configure', 2);
      expect(engine.peers).to.have.length(2);
      expect(given).to.deep.equal([]);
      await interaction.setMuted(false);
      await hears();
    });

    it('is there from the start where they only have to hold to talk', async () => {
      const microphone = plugIn(() => openFakeMicrophone());
      await begin({mode: 'hands-on', handsOnControl: 'hold'});
      expect(microphone.prompts).to.equal(1);
      expect(await energyAfter(60)).to.be.lessThan(1e-6);
      interaction.turns.hold();
      await hears();
    });

    it('is unmuted by the SDK, too', async () => {
      const microphone = plugIn(() => openFakeMicrophone());
      await setMuted(false);
      await connect('session-2', {player, engineUrl: engine.url, muted: true});
      expect(microphone.prompts).to.equal(0);
      await setMuted(false);
      await hears();
      await setMuted(true);
      await disconnect();
      expect(given.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    });
  });

  describe('of the browser itself', () => {
    const used = () => interaction.microphone?.getSettings().deviceId;
    let devices: string[];

    beforeEach(async () => {
      const stream = await openFakeMicrophone(); // Without, Firefox tells of no device.
      const all = await navigator.mediaDevices.enumerateDevices();
      devices = all.filter(({kind}) => kind === 'audioinput').map(({deviceId}) => deviceId);
      trackOf(stream).stop();
    });

    it('is the one that was asked for, from the start and in the middle', async () => {
      await begin({microphoneId: devices.at(-1)});
      expect(used()).to.equal(devices.at(-1));
      await interaction.setMicrophone(devices[0] ?? '');
      expect(used()).to.equal(devices[0]);
      await interaction.setMicrophone('');
      await hears();
      await connect('session-2', {player, engineUrl: engine.url});
      await setMicrophone(devices.at(-1) ?? '');
    });

    it('is another at the start where that is not there, and the same in the middle', async () => {
      await begin({microphoneId: 'unplugged'});
      expect(used()).to.equal(devices[0]);
      const before = interaction.microphone;
      const error = await failure(interaction.setMicrophone('unplugged'));
      expect(error.code).to.equal('microphone-missing');
      expect(interaction.microphone).to.equal(before);
      await hears();
    });
  });
});
