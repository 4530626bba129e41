import {setTimeout as pass} from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoBufferType,
  VideoFrame,
  VideoSource,
} from '@livekit/rtc-node';
import {AccessToken} from 'livekit-server-sdk';
import {createFace} from '../../../build/engine/speech/face.js';
import {SAMPLE_RATE} from '../../../build/engine/speech/types.js';

/** A source without a queue takes ten milliseconds at a time. */
const SOURCE_SAMPLES = SAMPLE_RATE / 100;
const FRAME_MS = 1000 / 15;
const CLOSED_MOUTH = {open: 0, wide: 0};

/** Publishes a voice. Settles, with what takes its frames, when there is somebody who hears it. */
export async function publishVoice({localParticipant}, signal) {
  const source = new AudioSource(SAMPLE_RATE, 1, 0);
  signal.addEventListener('abort', () => void source.close(), {once: true});
  const track = LocalAudioTrack.createAudioTrack('roomio_audio', source);
  const options = new TrackPublishOptions({source: TrackSource.SOURCE_MICROPHONE});
  const published = await localParticipant.publishTrack(track, options);
  await published.waitForSubscription();
  return ({samples}) => {
    for (let at = 0; at < samples.length; at += SOURCE_SAMPLES) {
      const part = samples.slice(at, at + SOURCE_SAMPLES);
      const frame = new AudioFrame(part, SAMPLE_RATE, 1, SOURCE_SAMPLES);
      source.captureFrame(frame).catch(() => {}); // Nobody is there to hear it.
    }
  };
}

/**
 * Sends somebody into the agent's room who shows its face and speaks in its place, as LiveKit's avatars
 * do. Settles as `publishVoice` does.
 */
export async function sendAvatar({url, apiKey, apiSecret}, {name, localParticipant}, signal) {
  const token = new AccessToken(apiKey, apiSecret, {
    identity: `avatar-${localParticipant.identity}`,
    attributes: {'lk.publish_on_behalf': localParticipant.identity},
  });
  token.kind = 'agent';
  token.addGrant({room: name, roomJoin: true});
  const room = new Room();
  await room.connect(url, await token.toJwt(), {autoSubscribe: false, dynacast: false});
  signal.addEventListener('abort', () => void room.disconnect(), {once: true});
  const shape = await publishFace(room, signal);
  const speak = await publishVoice(room, signal);
  return frame => {
    shape(frame.mouth ?? CLOSED_MOUTH);
    speak(frame);
  };
}

async function publishFace({localParticipant}, signal) {
  const face = createFace();
  const {width, height} = face;
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('face', source);
  const options = new TrackPublishOptions({source: TrackSource.SOURCE_CAMERA});
  await localParticipant.publishTrack(track, options);
  let mouth = CLOSED_MOUTH;
  const draw = async () => {
    const startedAt = performance.now();
    while (!signal.aborted) {
      const picture = face.draw((performance.now() - startedAt) / 1000, mouth);
      const data = new Uint8Array(picture.buffer);
      source.captureFrame(new VideoFrame(data, width, height, VideoBufferType.I420));
      await pass(FRAME_MS, undefined, {signal}).catch(() => {});
    }
    await source.close();
  };
  void draw();
  return shape => (mouth = shape);
}
