/** Looks at how loud a track is: from 0, digital silence, to 1; `NaN` where nobody can tell. */
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
      followed = track;
      source?.disconnect();
      source = sourceOf(context, track);
      source?.connect(analyser);
    }
    analyser.getByteFrequencyData(bins);
    return source ? Math.max(...bins) / 255 : NaN;
  };
}

/** Firefox refuses a track of another sample rate than its own. */
function sourceOf(context: AudioContext, track?: MediaStreamTrack): AudioNode | undefined {
  try {
    return track && context.createMediaStreamSource(new MediaStream([track]));
  } catch {
    return undefined;
  }
}
