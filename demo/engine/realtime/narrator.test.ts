import assert from 'node:assert/strict';
import {beforeEach, test} from 'node:test';
import type {Transcript} from '../messages.js';
import type {RealtimeEvent} from './events.js';
import {Narrator} from './narrator.js';

let events: RealtimeEvent[];
let narrator: Narrator;

beforeEach(() => {
  events = [];
  narrator = new Narrator(event => events.push(event));
});

const line = (role: Transcript['role'], content: string, complete: boolean) =>
  narrator.tell('transcript', {timestamp: '2026-01-01T00:00:00.000Z', role, content, complete});

const all = (type: string) => events.filter(event => event.type === type);
const responses = () => all('response.done').map(({response}) => response as RealtimeEvent);
/** How the AI's items are told to stand, each time. */
const said = () =>
  [...all('conversation.item.added'), ...all('conversation.item.done')].map(({item}) => {
    const {status, content} = item as RealtimeEvent;
    return [status, content];
  });

test('a line that is said to its end is a response that is completed', () => {
  line('assistant', 'Yes,', false);
  line('assistant', 'Yes, I can.', true);
  assert.deepEqual(said(), [
    ['in_progress', []],
    ['completed', [{type: 'output_audio', transcript: 'Yes, I can.'}]],
  ]);
  assert.deepEqual(
    responses().map(({status, status_details}) => [status, status_details]),
    [['completed', null]],
  );
  assert.equal(all('output_audio_buffer.stopped').length, 1);
  assert.equal(all('conversation.item.truncated').length, 0);
});

for (const [reason, cut] of [
  ['client_cancelled', () => narrator.cut()],
  ['turn_detected', () => narrator.speechStarted()],
] as const) {
  test(`a line that is cut off is a response that is cancelled: ${reason}`, () => {
    line('assistant', 'Yes,', false);
    cut();
    line('assistant', 'Yes,', true);
    assert.deepEqual(said().at(-1), ['incomplete', [{type: 'output_audio', transcript: 'Yes,'}]]);
    const [response] = responses();
    assert.deepEqual(response?.['status_details'], {type: 'cancelled', reason});
    assert.equal(all('output_audio_buffer.cleared').length, 1);
    assert.equal(all('output_audio_buffer.stopped').length, 0);
    assert.equal(all('conversation.item.truncated').length, 1);
  });
}

test('an item is told again, with what has been understood of it', () => {
  narrator.speechStarted();
  narrator.speechStopped();
  const id = String(all('input_audio_buffer.committed')[0]?.['item_id']);
  const read = () => {
    assert.equal(narrator.items.retrieve(id), true);
    return (all('conversation.item.retrieved').at(-1)?.['item'] as RealtimeEvent)['content'];
  };
  assert.deepEqual(read(), [{type: 'input_audio', transcript: null}]);
  line('user', 'Can you?', true);
  line('assistant', 'Yes.', true);
  assert.deepEqual(read(), [{type: 'input_audio', transcript: 'Can you?'}]);
});

test('an item that is not there is neither told again nor deleted', () => {
  line('assistant', 'Yes.', true);
  const id = String(narrator.items.last);
  assert.deepEqual(
    [narrator.items.retrieve('another'), narrator.items.delete('another')],
    [false, false],
  );
  assert.deepEqual([narrator.items.delete(id), narrator.items.retrieve(id)], [true, false]);
  assert.equal(all('conversation.item.deleted').length, 1);
});
