import assert from 'node:assert/strict';
import {test} from 'node:test';
import {RateLimit} from '../../dist/server/rate-limit.js';

test('so many at once, then one by one as the minute passes', () => {
  const limit = new RateLimit(6);
  for (let i = 0; i < 6; i += 1) assert.equal(limit.take('a', 1000), 0);
  assert.equal(limit.take('a', 1000), 10_000);
  assert.equal(limit.take('a', 6000), 5000);
  assert.equal(limit.take('a', 11_000), 0);
  assert.equal(limit.take('a', 11_000), 10_000);
});

test('to ask while waiting makes the wait no longer', () => {
  const limit = new RateLimit(1);
  assert.equal(limit.take('a', 0), 0);
  for (let now = 1000; now < 59_000; now += 1000) assert.ok(limit.take('a', now) > 0);
  assert.equal(limit.take('a', 61_000), 0);
});

test('what is not taken is not saved up', () => {
  const limit = new RateLimit(2);
  limit.take('a', 0);
  const taken = [1, 2, 3].map(() => limit.take('a', 3_600_000));
  assert.deepEqual(taken, [0, 0, 30_000]);
});

test('one client does not wait for another', () => {
  const limit = new RateLimit(1);
  assert.equal(limit.take('a', 0), 0);
  assert.equal(limit.take('b', 0), 0);
  assert.equal(limit.take('a', 0), 60_000);
});

test('without a limit nobody waits', () => {
  const limit = new RateLimit(Infinity);
  for (let i = 0; i < 1000; i += 1) assert.equal(limit.take('a', 0), 0);
});

test('a clock that goes back gives nothing away and takes nothing', () => {
  const limit = new RateLimit(2);
  limit.take('a', 60_000);
  assert.equal(limit.take('a', 0), 0);
  assert.equal(limit.take('a', 0), 30_000);
});

test('of more clients than can be remembered, those who have been away longest are forgotten', () => {
  const limit = new RateLimit(1);
  limit.take('first', 0);
  limit.take('regular', 0);
  for (let i = 0; i < 20_000; i += 1) {
    limit.take(`client ${i}`, 0);
    if (i % 1000 === 0) assert.ok(limit.take('regular', 0) > 0, `${i}`);
  }
  assert.equal(limit.take('first', 0), 0);
});

test('of a name of any length no more is kept than tells clients apart', () => {
  const limit = new RateLimit(1);
  assert.equal(limit.take('a'.repeat(128), 0), 0);
  assert.ok(limit.take('a'.repeat(16_000), 0) > 0);
});
