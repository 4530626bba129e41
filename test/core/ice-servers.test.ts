import {expect} from '@open-wc/testing';
import {parseIceServers} from '../../src/core/ice-servers.js';
import {Random, seedsOfThisRun} from '../support/random.js';

const STUN = '<stun:stun.example.org>; rel="ice-server"';
const TURN =
  '<turn:turn.example.org?transport=udp>; rel="ice-server"; username="u"; credential="c"';

describe('the ICE servers of a Link header', () => {
  for (const [what, link, servers] of [
    ['none without one', null, []],
    ['none of an empty one', '', []],
    ['one for addresses', STUN, [{urls: 'stun:stun.example.org'}]],
    [
      'a relay with its credentials',
      `${TURN}; credential-type="password"`,
      [{urls: 'turn:turn.example.org?transport=udp', username: 'u', credential: 'c'}],
    ],
    [
      'several, without quotes and white space',
      '<stun:a>;rel=ice-server,<turns:b>;rel=ice-server;username=u;credential=c',
      [{urls: 'stun:a'}, {urls: 'turns:b', username: 'u', credential: 'c'}],
    ],
    ['no relay without credentials', '<turn:a>; rel="ice-server"; username="u"', []],
    ['nothing of another relation', '<stun:a>; rel="preload", <stun:b>', []],
    ...['http://a', 'https://a', 'javascript:alert(1)', 'data:,', 'xstun:a', '//a', ''].map(
      url =>
        [`not “${url}”`, `<${url}>; rel="ice-server"; username="u"; credential="c"`, []] as const,
    ),
    [
      'no more than a browser would use',
      Array(50).fill(STUN).join(),
      Array(8).fill({urls: 'stun:stun.example.org'}),
    ],
  ] as const) {
    it(`are ${what}`, () => expect(parseIceServers(link)).to.deep.equal(servers));
  }

  for (const seed of seedsOfThisRun().seeds) {
    it(`are never anything else, whatever is in it, by the seed ${seed}`, () => {
      const pieces = [
        ...'<>;=," \t',
        STUN,
        TURN,
        'rel',
        'ice-server',
        'username="',
        'http:',
        '\u202e',
      ];
      for (let episode = 0; episode < 5000; episode++) {
        const random = new Random(seed, episode);
        const link = Array.from({length: random.below(40)}, () => random.pick(pieces)).join('');
        const urls = parseIceServers(link).map(server => String(server.urls));
        const told = `seed=${seed}&episode=${episode}: ${link}`;
        expect(
          urls.every(url => /^(stun|turns?):/.test(url)),
          told,
        ).to.equal(true);
        expect(urls.length, told).to.be.at.most(8);
      }
    });
  }
});
