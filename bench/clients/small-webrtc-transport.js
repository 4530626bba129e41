import {PipecatClient} from '@pipecat-ai/client-js';
import {SmallWebRTCTransport} from '@pipecat-ai/small-webrtc-transport';

/** The least that opens a microphone: the transport's own first fetches code of Daily's from elsewhere. */
class Microphone {
  supportsScreenShare = false;
  isMicEnabled = true;
  isCamEnabled = false;
  isSharingScreen = false;
  #track;

  async initialize() {
    const stream = await navigator.mediaDevices.getUserMedia({audio: true});
    [this.#track] = stream.getAudioTracks();
  }

  tracks() {
    return {local: {audio: this.#track}};
  }

  disconnect() {
    this.#track.stop();
  }

  setClientOptions() {}
  connect() {}
}

let client;

export function open({engineUrl}) {
  const transport = new SmallWebRTCTransport({mediaManager: new Microphone()});
  client = new PipecatClient({transport, enableMic: true, enableCam: false});
  const player = new Audio();
  player.autoplay = true;
  client.on('trackStarted', track => (player.srcObject = new MediaStream([track])));
  return client.connect({webrtcRequestParams: {endpoint: `${engineUrl}/api/offer`}});
}

export const leave = () => client.disconnect();
