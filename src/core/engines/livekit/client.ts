import {InteractionError} from '../../errors.js';

/** What is used of LiveKit's own client. */
export type LiveKit = Awaited<ReturnType<typeof load>>;

/** Ten times as much as all else: loaded when the first visitor starts. Rejects with a code. */
export async function loadClient(): Promise<LiveKit> {
  try {
    return await load();
  } catch (cause) {
    throw new InteractionError('engine-unreachable', {cause});
  }
}

/** By their names, so that the rest of it is left out of a bundle. */
async function load() {
  const {Room, Track, getEmptyAudioStreamTrack, releaseEmptyAudioStreamTrack} =
    await import('livekit-client');
  return {Room, Track, getEmptyAudioStreamTrack, releaseEmptyAudioStreamTrack};
}
