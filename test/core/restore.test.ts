import {expect} from '@open-wc/testing';
import type {InteractionEventArguments} from '../../src/core/events.js';
import {Interaction} from '../../src/core/interaction.js';
import type {TypedText} from '../../src/core/messages.js';
import {watchPeers} from '../support/local-engine.js';
import {PeerEngine} from '../support/peer-engine.js';
import {waitUntil} from '../support/wait-until.js';

const RELAYS = [
  '<turn:127.0.0.1:3478?transport=udp>; rel="ice-server"; username="u"; credential="a,b;c"',
  '<stun:127.0.0.1:3478>; rel="ice-server"',
  '<https://evil.example>; rel="ice-server"',
].join(', ');

describe('the way to the engine', () => {
  let engine: PeerEngine;
  let watched: ReturnType<typeof watchPeers>;
  let interaction: Interaction;
  let events: InteractionEventArguments[];
  let statuses: string[];

  const requests = () => engine.requests.map(({method}) => method);
  const restarts = () => engine.requests.filter(({headers}) => headers.get('If-Match') === '*');
  const names = () => events.map(([name]) => name);

  beforeEach(() => {
    watched = watchPeers();
    engine = new PeerEngine();
    events = [];
    statuses = [];
    interaction = new Interaction(
      'session-1',
      {player: document.createElement('video'), engineUrl: engine.url, mode: 'hands-on'},
      {
        next: (...event) => events.push(event),
        onChange: ({status}) => status !== statuses.at(-1) && statuses.push(status),
      },
    );
  });

  afterEach(async () => {
    await interaction.disconnect();
    engine.close();
    watched.restore();
  });

  describe('that has fallen silent', () => {
    let goOn: () => Promise<void>;

    beforeEach(async () => {
      await interaction.connect();
      await engine.hears('configure');
      engine.send('user-started-talking');
      await waitUntil(() => interaction.state.turn === 'talking', 'the visitor talks');
      goOn = await engine.fallSilent();
    });

    it('is found anew by an ICE restart, with the connection and the turn kept', async () => {
      await waitUntil(() => restarts().length === 1, 'a restart is asked for');
      await goOn();
      await waitUntil(() => interaction.state.status === 'open', 'it is open again');
      expect(statuses).to.deep.equal(['connecting', 'open', 'reconnecting', 'open']);
      expect(engine.peers).to.have.length(1);
      expect(interaction.state.turn).to.equal('talking');
      expect(interaction.turns.send()).to.equal(true);
      await engine.hears('send-user-response');
      const fragment = restarts()[0]?.body ?? '';
      expect(engine.peers[0]?.currentRemoteDescription?.sdp).to.include(fragment.split('\r\n')[0]);
      expect(names()).to.deep.equal(['open', 'user-started-talking']);
    });

    it('tells what comes while it is being restored', async () => {
      await waitUntil(() => interaction.state.status === 'reconnecting', 'it is noticed');
      engine.send('user-stopped-talking');
      await waitUntil(() => interaction.state.status === 'open', 'it is open again');
      expect(names()).to.deep.equal(['open', 'user-started-talking', 'user-stopped-talking']);
    });

    it('is replaced where the engine restarts nothing', async () => {
      engine.script = ({method}) =>
        method === 'PATCH' ? new Response(null, {status: 405}) : undefined;
      await waitUntil(
        () => requests().filter(method => method === 'POST').length === 2,
        'a new one',
      );
      await waitUntil(() => interaction.state.status === 'open', 'it is open again');
      await engine.hears('resume');
      expect(interaction.state.turn).to.equal('waiting');
      expect(names()).to.deep.equal(['open', 'user-started-talking']);
    });

    it('is replaced, and told again what was typed, unless the engine had told of it', async () => {
      engine.script = ({method}) =>
        method === 'PATCH' ? new Response(null, {status: 405}) : undefined;
      for (const text of ['Told otherwise', 'One', 'Two']) interaction.turns.sendText(text);
      await engine.hears('user-text', 3);
      for (const [role, content] of Object.entries({user: 'One', assistant: 'Two'})) {
        engine.send('transcript', {timestamp: new Date(), role, content, complete: true});
      }
      await engine.hears('configure', 2);
      await waitUntil(() => interaction.state.status === 'open', 'it is open again');
      interaction.turns.sendText('Three');
      await engine.hears('user-text', 5);
      const texts = engine.received.filter(({event}) => event === 'user-text');
      expect(texts.map(({data}) => (data as TypedText).text)).to.deep.equal([
        'Told otherwise',
        'One',
        'Two',
        'Two',
        'Three',
      ]);
      const ids = texts.map(({data}) => (data as TypedText).id);
      expect(ids[3]).to.equal(ids[2]);
      expect(new Set(ids).size).to.equal(4);
    });

    it('is replaced by an engine that counts anew, and heard all the same', async () => {
      engine.script = ({method}) =>
        method === 'PATCH' ? new Response(null, {status: 405}) : undefined;
      engine.sendFrame(JSON.stringify({event: 'before', data: null, seq: 7}));
      await engine.hears('resume');
      await engine.hears('configure', 2);
      for (const seq of [1, 1, 2]) {
        engine.sendFrame(JSON.stringify({event: `after-${seq}`, data: null, seq}));
      }
      await waitUntil(() => names().includes('after-2' as 'open'), 'what it says');
      expect(names().slice(2)).to.deep.equal(['before', 'after-1', 'after-2']);
    });
  });

  it('is tried through the relays that the engine names, where there is no direct one', async () => {
    engine.tellsCandidates = false;
    engine.link = RELAYS;
    engine.script = ({method, headers}) =>
      method === 'PATCH' && headers.get('If-Match') !== '*'
        ? new Response(null, {status: 405})
        : undefined;
    await interaction.connect();
    expect(restarts()).to.have.length(1);
    const [client] = watched.peers.filter(peer => !engine.peers.includes(peer));
    const servers = client?.getConfiguration().iceServers ?? [];
    expect(servers.map(({urls}) => [urls].flat()[0])).to.deep.equal([
      'turn:127.0.0.1:3478?transport=udp',
      'stun:127.0.0.1:3478',
    ]);
    expect(servers[0]).to.include({username: 'u', credential: 'a,b;c'});
  });
});
