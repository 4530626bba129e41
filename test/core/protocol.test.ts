import {expect} from '@open-wc/testing';
import {encode, parse} from '../../src/core/protocol.js';

const TIMESTAMP = '2026-01-02T03:04:05.678Z';
const LINE = {timestamp: TIMESTAMP, role: 'user', content: 'Hello', complete: true};

const frame = (event: unknown, data?: unknown) => JSON.stringify({event, data});

describe('the protocol', () => {
  it('encodes messages as the engine reads them', () => {
    const configure = {event: 'configure', data: {mode: 'hands-on', handsOnTimeout: null}} as const;
    expect(JSON.parse(encode(configure))).to.deep.equal(configure);
  });

  for (const [what, input, message] of [
    ['a talking event', frame('user-started-talking', 'x'), {event: 'user-started-talking'}],
    ['its end', frame('user-stopped-talking'), {event: 'user-stopped-talking'}],
    ['a ping', frame('ping', null), {event: 'ping'}],
    ['a line', frame('transcript', LINE), {event: 'transcript', data: LINE}],
    ['a reason to close', frame('close', 'enough'), {event: 'close', data: 'enough'}],
    ['a close without a reason', frame('close', 7), {event: 'close', data: ''}],
    [
      'an error',
      frame('error', {code: 'c', message: 'm'}),
      {event: 'error', data: {code: 'c', message: 'm'}},
    ],
    ['an error without a body', frame('error'), {event: 'error', data: {code: '', message: ''}}],
    ['an event it does not know', frame('click', [1]), {event: 'other', name: 'click', data: [1]}],
    ['one without data', frame('weather'), {event: 'other', name: 'weather', data: null}],
  ] as const) {
    it(`understands ${what}`, () => expect(parse(input)).to.deep.equal(message));
  }

  it('keeps the number of a message, if it is one', () => {
    const numbered = (seq: unknown) => parse(JSON.stringify({event: 'x', data: null, seq}))?.seq;
    expect([7, '7', 1.5, null].map(numbered)).to.deep.equal([7, undefined, undefined, undefined]);
  });

  it('normalises a line: the truth of older engines, times in any form, only the four fields', () => {
    const odd = {...LINE, complete: 'true', timestamp: Date.parse(TIMESTAMP), id: 'x'};
    expect(parse(frame('transcript', odd))).to.deep.equal({event: 'transcript', data: LINE});
    const {data} = parse(frame('transcript', {...LINE, timestamp: 'soon', complete: 1})) as {
      data: typeof LINE;
    };
    expect(data.complete).to.equal(false);
    expect(Math.abs(Date.parse(data.timestamp) - Date.now())).to.be.lessThan(60_000);
  });

  it('takes what is unprintable, and what would turn the text around it, out of every text', () => {
    const odd = {...LINE, content: 'a\0b\x1b[31m\u202ec\ud800\n\u{1f469}\u200d\u{1f4bb}\u05d0'};
    const content = 'ab[31mc\n\u{1f469}\u200d\u{1f4bb}\u05d0';
    expect(parse(frame('transcript', odd))).to.deep.include({data: {...LINE, content}});
    expect(parse(frame('close', 'a\u2028\u202db'))).to.deep.equal({
      event: 'close',
      data: 'a\u2028b',
    });
  });

  it('copies data that it does not know, without a prototype and to a depth of 32', () => {
    const hostile = '{"event":"x","data":[{"__proto__":{"admin":true},"a":{"b":1}}]}';
    const message = parse(hostile) as {data: unknown};
    expect(message.data).to.deep.equal([{a: {b: 1}}]);
    const target: {admin?: boolean} = Object.assign({}, (message.data as object[])[0]);
    expect(target.admin).to.equal(undefined);
    const deep = parse(`{"event":"x","data":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
    expect(JSON.stringify(deep)).to.include(`${'['.repeat(32)}null`);
  });

  for (const [what, input] of [
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['half a message', '{"event":'],
    ['a message without a name', '{"data":1}'],
    ['a name that is no string', frame({}, 1)],
    ['an empty name', frame('')],
    ['a name too long to be one', frame('x'.repeat(65))],
    ['a second open', frame('open', 'again')],
    ['a line by nobody', frame('transcript', {...LINE, role: 'system'})],
    ['a line without words', frame('transcript', {...LINE, content: null})],
    ['a line that is none', frame('transcript', 'Hello')],
    ['more than 64 KiB', frame('transcript', {...LINE, content: 'x'.repeat(65_536)})],
    ['bytes', new ArrayBuffer(4)],
    ['a blob', new Blob(['{}'])],
    ['lists within lists, ten thousand deep', `{"event":${'['.repeat(10_000)}`],
  ] as const) {
    it(`passes over ${what}`, () => expect(parse(input)).to.equal(null));
  }

  it('lets nobody into the prototype', () => {
    const hostile = '{"event":"transcript","data":{"__proto__":{"role":"user","content":"x"}}}';
    expect(parse(hostile)).to.equal(null);
    parse('{"__proto__":{"polluted":true},"event":"x"}');
    expect(({} as {polluted?: boolean}).polluted).to.equal(undefined);
  });
});
