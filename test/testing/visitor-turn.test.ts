import {expect} from '@open-wc/testing';
import {Lines} from '../../src/testing/lines.js';
import {VisitorTurn} from '../../src/testing/visitor-turn.js';

it('a text that a client sends again after a loss is heard once', () => {
  const told: unknown[] = [];
  const send = (event: string) => told.push(event);
  const turn = new VisitorTurn(send, new Lines(send));
  const text = (id: number) => ({event: 'user-text', data: {text: 'Hello', id}});
  expect([turn.take(text(1)), turn.take(text(1)), turn.take(text(2))]).to.deep.equal([
    true,
    false,
    true,
  ]);
  expect(told).to.deep.equal(['transcript', 'transcript']);
});
