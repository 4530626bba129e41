import {expect} from '@open-wc/testing';
import {trickle} from '../../src/core/trickle.js';
import {waitUntil} from '../support/wait-until.js';

describe('candidates', () => {
  it('are told no more of a connection that has been closed, by whomever', async () => {
    const connection = new RTCPeerConnection();
    const tell = trickle(connection, new AbortController().signal);
    connection.createDataChannel('');
    await connection.setLocalDescription();
    await waitUntil(() => connection.iceGatheringState === 'complete', 'they are found');
    const told: string[] = [];
    const telling = tell(
      async fragment => told.push(fragment) > 0,
      () => true,
    );
    connection.close();
    await telling;
    expect(told).to.deep.equal([]);
  });
});
