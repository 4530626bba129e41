import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {Worker} from 'node:worker_threads';

test('the SDK is imported where there is no window, and does nothing there', async () => {
  const {connect, disconnect, sendUserResponse} = await import('diarupt');
  assert.equal(typeof connect, 'function');
  assert.equal(sendUserResponse(), false);
  await disconnect();
});

test('a module of the old kind requires it', () => {
  assert.equal(typeof createRequire(import.meta.url)('diarupt').connect, 'function');
});

test('a worker imports it, and the elements', async () => {
  const code = `
    Promise.all([import('diarupt'), import('diarupt/element')]).then(([{connect}]) =>
      require('node:worker_threads').parentPort.postMessage(typeof connect));`;
  const worker = new Worker(code, {eval: true});
  assert.deepEqual(await once(worker, 'message'), ['function']);
});

test('the elements are imported where there are none to define', async () => {
  const {DiaruptInteraction} = await import('diarupt/element');
  assert.equal(DiaruptInteraction.name, 'DiaruptInteraction');
});

test('the engine for tests is imported where there is no page to be in', async () => {
  const {TestEngine} = await import('diarupt/testing');
  assert.equal(TestEngine.name, 'TestEngine');
});

test('a transcript is exported where there is no page', async () => {
  const {exportTranscript} = await import('diarupt/transcript');
  const history = [{timestamp: '2026-01-01T00:00:00.000Z', role: 'user', content: 'Hello'}];
  assert.equal(exportTranscript(history, 'txt'), 'You: Hello\n');
});

test('so is the menu of devices', async () => {
  const {DiaruptDevices} = await import('diarupt/devices');
  assert.equal(DiaruptDevices.name, 'DiaruptDevices');
});
