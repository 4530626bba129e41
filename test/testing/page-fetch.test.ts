import {expect} from '@open-wc/testing';
import {answerFetch} from '../../src/testing/page-fetch.js';

describe('a page whose requests to one origin are answered', () => {
  const pageFetch = globalThis.fetch;
  const endings: AbortController[] = [];
  let served: string[];

  const textOf = async (input: RequestInfo | URL, init?: RequestInit) =>
    (await fetch(input, init)).text();

  function answer(origin: string, what: string): AbortController {
    const ending = new AbortController();
    const serve = async (request: Request) => {
      served.push(`${request.method} ${request.url} ${await request.text()}`);
      return new Response(what);
    };
    answerFetch(globalThis, origin, serve, ending.signal);
    endings.push(ending);
    return ending;
  }

  beforeEach(() => (served = []));
  afterEach(() => {
    for (const ending of endings.splice(0)) ending.abort();
    globalThis.fetch = pageFetch;
  });

  it('has them answered in whatever form they are made', async () => {
    answer('https://engine.test', 'answered');
    const url = 'https://engine.test/path';
    const init = {method: 'POST', body: 'offer'};
    for (const input of [url, new URL(url), new Request(url)]) {
      expect(await textOf(input, init)).to.equal('answered');
    }
    expect(await textOf(new Request(url, init))).to.equal('answered');
    expect(served).to.deep.equal(Array(4).fill(`POST ${url} offer`));
  });

  it('makes its other requests as it did, with their bodies', async () => {
    const made: unknown[][] = [];
    globalThis.fetch = async (...args) => {
      made.push(args);
      return new Response(args[0] instanceof Request ? await args[0].text() : 'the page’s');
    };
    answer('https://engine.test', 'answered');
    const request = new Request('/relative', {method: 'POST', body: 'kept'});
    expect(await textOf(request)).to.equal('kept');
    expect(await textOf('relative')).to.equal('the page’s');
    expect(await textOf('https://engine.test.example/', {method: 'PUT'})).to.equal('the page’s');
    expect(made).to.deep.equal([
      [request, undefined],
      ['relative', undefined],
      ['https://engine.test.example/', {method: 'PUT'}],
    ]);
    expect(served).to.deep.equal([]);
  });

  it('gives up a request that is aborted', async () => {
    const ending = new AbortController();
    answerFetch(globalThis, 'https://engine.test', () => new Promise(() => {}), ending.signal);
    endings.push(ending);
    const caller = new AbortController();
    const request = fetch('https://engine.test/', {signal: caller.signal});
    caller.abort();
    expect(await request.catch((error: Error) => error.name)).to.equal('AbortError');
  });

  for (const [order, ...names] of [
    ['the first ends first', 'first', 'second'],
    ['the second ends first', 'second', 'first'],
  ] as const) {
    it(`has its own again where ${order} of two`, async () => {
      const answering = {
        first: answer('https://first.test', 'first'),
        second: answer('https://second.test', 'second'),
      };
      const [ended, left] = names;
      answering[ended].abort();
      expect(await textOf(`https://${left}.test/`)).to.equal(left);
      answering[left].abort();
      expect(globalThis.fetch).to.equal(pageFetch);
    });
  }

  it('keeps what it has put on top itself meanwhile', async () => {
    const ending = answer('https://engine.test', 'answered');
    const below = globalThis.fetch;
    const own: typeof fetch = (...args) => below(...args);
    globalThis.fetch = own;
    ending.abort();
    expect(globalThis.fetch).to.equal(own);
    expect(await textOf('data:,own')).to.equal('own');
  });
});
