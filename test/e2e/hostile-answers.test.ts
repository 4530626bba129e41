import {expect} from '@open-wc/testing';
import type {InteractionError} from '../../src/core/errors.js';
import {connect, disconnect} from '../../src/index.js';
import {
  createSession,
  engineUrl,
  readSession,
  setFaults,
  watchPeers,
} from '../support/local-engine.js';
import {Network} from '../support/network.js';

/** For what never comes. */
const SHORT = {connectMs: 400};
const NOT_FOR_US = {'Access-Control-Allow-Origin': 'https://elsewhere.example'};

type Row = readonly [what: string, answer: object, code: string, patience?: object];

/** Over real HTTP: what `demo/engine/faults.ts` can do to the answer of an offer. */
describe('an offer', () => {
  let session: string;
  let player: HTMLVideoElement;
  let events: [name: string, data: unknown][];
  let requests: {method: string; url: URL}[];
  let prompts: Promise<MediaStream>[];
  let peers: ReturnType<typeof watchPeers>;
  const {fetch: pageFetch} = globalThis;
  const {getUserMedia} = MediaDevices.prototype;

  beforeEach(async () => {
    session = await createSession();
    peers = watchPeers();
    player = document.createElement('video');
    events = [];
    requests = [];
    prompts = [];
    globalThis.fetch = (input, init) => {
      const {method, url} = new Request(input, init);
      if (url.includes('/connection')) requests.push({method, url: new URL(url)});
      return pageFetch(input, init);
    };
    navigator.mediaDevices.getUserMedia = (...constraints) => {
      const prompt = getUserMedia.apply(navigator.mediaDevices, constraints);
      prompts.push(prompt);
      return prompt;
    };
  });

  afterEach(async () => {
    await disconnect();
    globalThis.fetch = pageFetch;
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    peers.restore();
  });

  const start = (patience = {}, url = engineUrl) =>
    connect(session, {player, engineUrl: url, patience}, (...event) => void events.push(event));

  /** Starts, which must fail, and leave nothing behind; what it has failed with. */
  async function failure(patience?: object, url?: string): Promise<InteractionError> {
    for (const list of [events, prompts, peers.peers]) list.length = 0;
    const error = await start(patience, url).then(
      () => expect.fail('it has opened'),
      (reason: InteractionError) => reason,
    );
    expect(events).to.deep.equal([
      ['error', error],
      ['close', 'data channel closed'],
    ]);
    // The prompt may be answered after the offer.
    const tracks = (await Promise.all(prompts)).flatMap(stream => stream.getTracks());
    expect(tracks.map(({readyState}) => readyState)).to.deep.equal(['ended']);
    expect(peers.peers.map(({signalingState}) => signalingState)).to.deep.equal(['closed']);
    expect(player.srcObject).to.equal(null);
    expect(chainOf(error)).not.to.include(session);
    return error;
  }

  const methods = () => requests.map(({method}) => method);

  describe('answered with', () => {
    const rows: readonly Row[] = [
      ['nothing', {body: ''}, 'bad-answer'],
      ['the page of a portal', {status: 200, body: '<!doctype html><h1>Welcome'}, 'bad-answer'],
      ['a page that is said to be created', {body: '<!doctype html><h1>Login'}, 'bad-answer'],
      ['JSON', {body: '{"sdp":"v=0"}', headers: {'Content-Type': 'text/json'}}, 'bad-answer'],
      ['twenty seconds of bytes', {length: 2e7, bytesPerSecond: 1e6}, 'bad-answer'],
      ['bytes', {base64: '//79/AAB'}, 'bad-answer'],
      ['a description of nothing', {body: 'v=0\r\n'}, 'bad-answer'],
      ['a description that is too long', {body: 'v=0\r\n'.repeat(20_000)}, 'bad-answer'],
      ['a description that is not created', {status: 200}, 'bad-answer'],
      ['half of a description', {cutAfterBytes: 300}, 'engine-unreachable'],
      ['less than is announced', {headers: {'Content-Length': '99999'}}, 'connect-timeout', SHORT],
      ['silence', {hang: true}, 'connect-timeout', SHORT],
      ['a byte a second', {bytesPerSecond: 1}, 'connect-timeout', SHORT],
      ['no audio', {sdp: ['no-audio']}, 'bad-answer'],
      ['no data channel', {sdp: ['no-data-channel']}, 'bad-answer'],
      ['the setup of an offer', {sdp: ['wrong-setup']}, 'bad-answer'],
      ['a fingerprint that is none', {sdp: ['bad-fingerprint']}, 'bad-answer'],
      ['the fingerprint of another', {sdp: ['wrong-fingerprint']}, 'engine-unreachable'],
      ['more lines than were offered', {sdp: ['duplicate-lines']}, 'bad-answer'],
      ['carriage returns only', {sdp: ['cr-only']}, 'bad-answer'],
      ['no address', {sdp: ['no-candidates']}, 'connect-timeout', SHORT],
      ['an address nobody has', {sdp: ['unreachable-candidate']}, 'connect-timeout', SHORT],
      [
        'what the page may not read',
        {headers: {'Access-Control-Allow-Origin': null}},
        'engine-unreachable',
      ],
      ['what another page may read', {headers: NOT_FOR_US}, 'engine-unreachable'],
    ];
    for (const [what, answer, code, patience] of rows) {
      it(`${what} fails with ${code}, and opens when the answer is sound`, async () => {
        // An engine that is told the client's addresses would find the way by itself.
        await setFaults(session, {answer, patch: 405});
        expect((await failure(patience)).code).to.equal(code);
        await setFaults(session, {});
        await start();
        expect(events.at(-1)?.[0]).to.equal('open');
      });
    }

    it('a NUL opens where the browser reads over it, and fails with bad-answer elsewhere', async () => {
      await setFaults(session, {answer: {sdp: ['nul']}});
      const code = await start().then(
        () => 'open',
        (error: InteractionError) => error.code,
      );
      expect(code).to.equal(navigator.userAgent.includes('Firefox') ? 'bad-answer' : 'open');
    });

    it('another offer fails with bad-answer', async () => {
      const other = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
      other.createDataChannel('interaction', {negotiated: true, id: 0});
      other.addTransceiver('audio');
      other.addTransceiver('video');
      const {sdp} = await other.createOffer();
      other.close();
      await setFaults(session, {answer: {body: sdp}});
      expect((await failure()).code).to.equal('bad-answer');
    });

    it('no leave to be sent fails with engine-unreachable', async () => {
      await setFaults(session, {preflight: 405});
      expect((await failure()).code).to.equal('engine-unreachable');
    });

    it('nobody there fails with engine-unreachable', async () => {
      const network = await Network.start();
      await network.stop();
      expect((await failure({}, network.url)).code).to.equal('engine-unreachable');
    });
  });

  describe('refused', () => {
    for (const [code, statuses] of [
      ['bad-answer', [300, 304, 400, 402, 405, 413, 415, 422, 428]],
      ['unauthorized', [401, 403]],
      ['session-not-found', [404]],
      ['session-busy', [409]],
      ['session-ended', [410]],
      ['engine-busy', [429, 503]],
      ['engine-error', [500, 502, 504, 599]],
    ] as const) {
      it(`with ${statuses.join(', ')} fails with ${code}`, async () => {
        for (const status of statuses) {
          await setFaults(session, {answer: {status, body: '<h1>Not now</h1>'}});
          const error = await failure();
          const said = (error.cause as Error).message;
          expect([error.code, said]).to.deep.equal([code, `HTTP status ${status}`]);
        }
      });
    }

    it('with a code of ours, where the status says nothing, and with words that are text', async () => {
      const error = {code: 'session-ended', message: '\u202eIt is\0 over.\ud800'};
      await setFaults(session, {answer: {status: 400, body: JSON.stringify({error})}});
      const {code, cause} = await failure();
      expect([code, (cause as Error).message]).to.deep.equal(['session-ended', 'It is over.']);
    });

    for (const [what, value, expected] of [
      ['seconds', '2', 2000],
      ['no second', '0', 0],
      ['more seconds than there are', '1000000000', 1e12],
      ['a number without end', '9'.repeat(400), Infinity],
      ['a date that has been', 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
      ['garbage', 'in a moment', undefined],
      ['seconds and more', '2; later', undefined],
    ] as const) {
      it(`with ${what} to wait tells of that`, async () => {
        await setFaults(session, {answer: {status: 503, headers: {'Retry-After': value}}});
        expect((await failure()).retryAfterMs).to.equal(expected);
      });
    }

    it('with a date to wait for tells of the time until then', async () => {
      const date = new Date(Date.now() + 3_600_000).toUTCString();
      await setFaults(session, {answer: {status: 503, headers: {'Retry-After': date}}});
      expect((await failure()).retryAfterMs).to.be.within(3_000_000, 3_600_000);
    });

    it('with a time to wait that the page may not read tells of none', async () => {
      const headers = {'Retry-After': '2', 'Access-Control-Expose-Headers': null};
      await setFaults(session, {answer: {status: 503, headers}});
      const {code, retryAfterMs} = await failure();
      expect([code, retryAfterMs]).to.deep.equal(['engine-busy', undefined]);
    });
  });

  describe('redirected', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`by ${status} within the origin does not go there`, async () => {
        const other = await createSession();
        const headers = {Location: `/session/${other}/connection`};
        await setFaults(session, {answer: {status, headers}});
        expect((await failure()).code).to.equal('protocol-error');
        expect((await readSession(other)).status).to.equal('IDLE');
      });

      it(`by ${status} to another origin does not go there`, async () => {
        const network = await Network.start();
        const headers = {Location: `${network.url}/session/${session}/connection`};
        await setFaults(session, {answer: {status, headers}});
        expect((await failure()).code).to.equal('protocol-error');
        expect((await network.read()).offers).to.equal(0);
        await network.stop();
      });
    }

    for (const [what, location] of [
      ['itself', ''],
      ['a script', 'javascript:alert(1)'],
      ['data', 'data:application/sdp,v=0'],
    ] as const) {
      it(`to ${what} does not go there`, async () => {
        await setFaults(session, {answer: {status: 307, headers: {Location: location}}});
        expect((await failure()).code).to.equal('protocol-error');
        expect(methods()).to.deep.equal(['POST']);
      });
    }
  });

  describe('answered with an address of the connection', () => {
    for (const [what, headers] of [
      ['that is missing', {Location: null}],
      ['that the page may not read', {'Access-Control-Expose-Headers': null}],
      ['that is a script', {Location: 'javascript:alert(1)'}],
      ['that is no address', {Location: 'https://['}],
      ['in a file', {Location: 'file:///etc/passwd'}],
    ] as const) {
      it(`${what} opens, and asks nothing more`, async () => {
        await setFaults(session, {answer: {headers}});
        await start();
        await disconnect();
        expect(methods()).to.deep.equal(['POST']);
        expect(events.map(([name]) => name)).to.deep.equal(['open', 'close']);
      });
    }

    it('at another origin opens, and asks nothing there', async () => {
      const network = await Network.start();
      const Location = `${network.url}/session/${session}/connection`;
      await setFaults(session, {answer: {headers: {Location}}});
      await start();
      await disconnect();
      expect([methods(), (await network.read()).offers]).to.deep.equal([['POST'], 0]);
      await network.stop();
    });
  });

  it('answered with ICE servers by the dozen, of every kind, gives the browser those that are some', async () => {
    const hostile = [
      'http://127.0.0.1:3478',
      'javascript:alert(1)',
      'turn:127.0.0.1:3478',
      'file:///etc',
    ];
    const links = [...hostile, ...Array<string>(50).fill('stun:127.0.0.1:3478')];
    const Link = links.map(link => `<${link}>; rel="ice-server"`).join(', ');
    await setFaults(session, {answer: {headers: {Link}}});
    await start();
    const servers = peers.peers[0]?.getConfiguration().iceServers ?? [];
    expect(servers.flatMap(({urls}) => urls)).to.deep.equal(Array(8).fill('stun:127.0.0.1:3478'));
  });
});

/** All that can be read in an error, and in what has caused it. */
function chainOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [error.name, error.message, error.stack, chainOf(error.cause)].join('\n');
}
