/**
 * The engine's end of a real data channel, in a page and thus a process of its own: what it costs
 * to send is no cost of the page that is measured. `bench` is what transcript.mjs calls in it.
 */

import {lineOf} from './lines.js';

const TICK_MS = 4;
const PING_MS = 1000;

let channel;

globalThis.bench = {
  /** Answers an offer, with candidates and all. */
  async answer(sdp) {
    const peer = new RTCPeerConnection();
    channel = peer.createDataChannel('interaction', {negotiated: true, id: 0});
    channel.onopen = () => setInterval(() => send('ping', null), PING_MS);
    await peer.setRemoteDescription({type: 'offer', sdp});
    await peer.setLocalDescription();
    await new Promise(resolve => {
      peer.onicecandidate = ({candidate}) => candidate ?? resolve();
    });
    return peer.localDescription.sdp;
  },

  /** Tells the lines from `first` to before `last`, evenly, so many a second. */
  async tell(first, last, perSecond) {
    const started = performance.now();
    for (
      let next = first;
      next < last;
      await new Promise(resolve => setTimeout(resolve, TICK_MS))
    ) {
      const due = first + ((performance.now() - started) / 1000) * perSecond;
      for (; next < Math.min(due, last); next++) send('transcript', lineOf(next));
    }
  },
};

function send(event, data) {
  channel.send(JSON.stringify({event, data}));
}
