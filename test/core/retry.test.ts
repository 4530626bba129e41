import {expect} from '@open-wc/testing';
import {InteractionError, type ErrorCode} from '../../src/core/errors.js';
import {retry} from '../../src/core/retry.js';

describe('retrying', () => {
  const {signal} = new AbortController();
  const failure = (code: ErrorCode, retryAfterMs?: number) =>
    new InteractionError(code, {retryAfterMs});

  /** Fails with those in order, then succeeds; counts the attempts. */
  function attempts(...failures: InteractionError[]) {
    const made: number[] = [];
    const attempt = async () => {
      made.push(performance.now());
      const error = failures[made.length - 1];
      if (error) throw error;
    };
    return {made, attempt};
  }

  const rejection = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('it should have been rejected'),
      (error: InteractionError) => error,
    );

  it('begins at once and goes on until it succeeds', async () => {
    const {made, attempt} = attempts(failure('engine-unreachable'), failure('session-busy'));
    await retry(attempt, signal, 60_000);
    expect(made).to.have.length(3);
    const [first = 0, second = 0, third = 0] = made;
    expect(second - first).to.be.greaterThan(0.8 * 300 - 5);
    expect(third - second).to.be.greaterThan(0.8 * 1200 - 5);
  });

  it('gives up what will not become better', async () => {
    const ended = failure('session-ended');
    const {made, attempt} = attempts(ended);
    expect(await rejection(retry(attempt, signal, 60_000))).to.equal(ended);
    expect(made).to.have.length(1);
  });

  it('has its time by a clock that nobody sets', async () => {
    const {now} = Date;
    for (const jumpMs of [3_600_000, -3_600_000]) {
      const {made, attempt} = attempts(failure('engine-busy'));
      const jump = () => {
        Date.now = () => now() + jumpMs;
        return attempt();
      };
      await retry(jump, signal, 5000).finally(() => (Date.now = now));
      expect(made).to.have.length(2);
    }
  });

  it('waits as long as the engine asks', async () => {
    const {made, attempt} = attempts(failure('engine-busy', 700));
    await retry(attempt, signal, 60_000);
    expect((made[1] ?? 0) - (made[0] ?? 0)).to.be.greaterThan(695);
  });

  it('is never faster than its own pace, whatever the engine asks', async () => {
    const {made, attempt} = attempts(failure('engine-busy', 0), failure('engine-busy', 0));
    await retry(attempt, signal, 60_000);
    expect((made[2] ?? 0) - (made[0] ?? 0)).to.be.greaterThan(0.8 * 1500 - 10);
  });

  it('gives up when the time is used up, with what was last in the way', async () => {
    const last = failure('engine-busy', 1e9);
    const {attempt} = attempts(last);
    const error = await rejection(retry(attempt, signal, 1000));
    expect([error.code, error.cause]).to.deep.equal(['connection-lost', last]);
  });

  it('waits while the browser is offline, and goes on at once when it is back', async () => {
    Object.defineProperty(navigator, 'onLine', {configurable: true, value: false});
    const {made, attempt} = attempts();
    const retried = retry(attempt, signal, 60_000);
    await new Promise(requestAnimationFrame);
    expect(made).to.have.length(0);
    Reflect.deleteProperty(navigator, 'onLine');
    dispatchEvent(new Event('online'));
    await retried;
    expect(made).to.have.length(1);
  });

  it('ends with its signal', async () => {
    const ending = new AbortController();
    const {attempt} = attempts(failure('engine-busy', 10_000));
    const retried = retry(attempt, ending.signal, 60_000);
    setTimeout(() => ending.abort(new Error('enough')));
    expect((await rejection(retried)).message).to.equal('enough');
  });
});
