/**
 * Both ways to a conversation, each behind a button, so that a click of a real mouse begins them.
 * `bench` is what opening.mjs calls in this page.
 */

const element = document.querySelector('diarupt-interaction');
const bareButton = document.querySelector('#bare');
const NativeConnection = RTCPeerConnection;

let clickedAt = 0;
let opened = Promise.withResolvers();
let leave = async () => {};
let settings = {};

addEventListener('click', () => (clickedAt = performance.now()), {capture: true});

/** Neither way has an option for it: every connection of the page is made with these servers. */
globalThis.RTCPeerConnection = class extends NativeConnection {
  constructor(configuration) {
    const {iceServers = []} = settings;
    super({...configuration, iceServers});
  }
};

element.addEventListener('open', () => opened.resolve(performance.now() - clickedAt));
element.addEventListener('error', ({detail}) => opened.reject(detail));

bareButton.addEventListener('click', async () => {
  try {
    await openBare(settings);
  } catch (error) {
    opened.reject(error);
  }
});

/** The shortest code that opens the same: audio both ways, video to here, the data channel. */
async function openBare({engineUrl, sessionId, gathersFirst}) {
  const stream = await navigator.mediaDevices.getUserMedia({audio: true});
  const connection = new RTCPeerConnection();
  for (const track of stream.getTracks()) connection.addTrack(track, stream);
  connection.addTransceiver('video', {direction: 'recvonly'});
  let location;
  leave = async () => {
    for (const track of stream.getTracks()) track.stop();
    connection.close();
    if (location) await fetch(engineUrl + location, {method: 'DELETE'});
  };
  const channel = connection.createDataChannel('interaction', {negotiated: true, id: 0});
  channel.onopen = () => opened.resolve(performance.now() - clickedAt);
  await connection.setLocalDescription();
  if (gathersFirst) await gathered(connection);
  const response = await fetch(`${engineUrl}/session/${sessionId}/connection`, {
    method: 'POST',
    headers: {'Content-Type': 'application/sdp'},
    body: connection.localDescription.sdp,
  });
  location = response.headers.get('Location');
  await connection.setRemoteDescription({type: 'answer', sdp: await response.text()});
}

function gathered(connection) {
  return new Promise(resolve => {
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState === 'complete') resolve();
    };
  });
}

globalThis.bench = {
  /** Readies the page for one click of either button. */
  prepare(next) {
    settings = next;
    opened = Promise.withResolvers();
    opened.promise.catch(() => {}); // Told by the one who asks for it.
    element.engineUrl = next.engineUrl;
    element.sessionId = next.sessionId;
    leave = () => element.disconnect();
    return element.updateComplete;
  },

  /** Milliseconds from the click's first handler to the open data channel; `limit` at most. */
  async timeToOpen(limit) {
    const expired = new Promise(resolve => setTimeout(resolve, limit, limit));
    return Promise.race([opened.promise, expired]);
  },

  leave: () => leave(),
};
