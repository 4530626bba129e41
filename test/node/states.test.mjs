import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stateShower} from '../../dist/components/states.js';
import {IDLE} from '../../dist/core/state.js';

test('of the states that an element shows, those that stay are not touched', () => {
  const changes = [];
  const show = stateShower({
    add: name => changes.push(`+${name}`),
    delete: name => changes.push(`-${name}`),
  });
  show(IDLE);
  assert.deepEqual(changes.splice(0), ['+idle', '+hands-free']);
  show({...IDLE, transcript: []});
  assert.deepEqual(changes.splice(0), []);
  show({...IDLE, status: 'connecting'});
  assert.deepEqual(changes.splice(0), ['-idle', '+connecting', '+listening']);
});

test('why the visitor cannot unmute is no state, that they are not heard is one', () => {
  const shown = new Set();
  const show = stateShower(shown);
  const open = {...IDLE, status: 'open', muted: true};
  show({...open, hint: 'microphone-denied'});
  assert.deepEqual([...shown], ['open', 'hands-free', 'listening', 'muted']);
  show({...open, hint: 'unheard'});
  assert.deepEqual([...shown].slice(-1), ['unheard']);
});
