import {onAbort} from '../core/abort.js';

/**
 * A hum of no device, until the signal. Where the browser lets a page make no sound before anybody has
 * pressed something, it is silent, and a track all the same.
 */
export function hum(hertz: number, volume: number, signal: AbortSignal): MediaStreamTrack {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, {frequency: hertz});
  const destination = new MediaStreamAudioDestinationNode(context);
  oscillator.connect(new GainNode(context, {gain: volume})).connect(destination);
  oscillator.start();
  const [track] = destination.stream.getAudioTracks() as [MediaStreamTrack];
  onAbort(signal, () => {
    track.stop();
    void context.close();
  });
  return track;
}

/** A face of a kind: a picture that changes its colour, while anybody looks at it. */
export function picture(): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const [track] = canvas.captureStream(10).getVideoTracks() as [MediaStreamTrack];
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (track.readyState === 'ended') clearInterval(timer);
  }, 100);
  return track;
}
