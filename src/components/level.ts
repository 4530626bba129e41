/** Looks at how loud a track is: from 0, which is digital silence, to 1. */
export type Meter = (track: MediaStreamTrack | undefined) => number;

/**
 * Makes a meter, which follows whatever track it is given. An analyser measures as people hear, by
 * decibels, and falls slower than it rises; it needs no worklet and no blob, which a strict policy
 * refuses.
 */
export function createMeter(context: AudioContext): Meter {
  const analyser = context.createAnalyser();
  const bins = new Uint8Array(analyser.frequencyBinCount);
  let followed: MediaStreamTrack | undefined;
  let source: AudioNode | undefined;
  return track => {
    if (track !== followed) {
      source?.disconnect();
      source = track && context.createMediaStreamSource(new MediaStream([track]));
      source?.connect(analyser);
      followed = track;
    }
    analyser.getByteFrequencyData(bins);
    return Math.max(...bins) / 255;
  };
}
