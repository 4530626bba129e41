import type {LocalTrackPublication, Room} from 'livekit-client';
import {onAbort, untilAborted} from '../../abort.js';
import {InteractionError} from '../../errors.js';
import type {LiveKit} from './client.js';
import {listen} from './room.js';

const FORBIDDEN = 403;

/**
 * The visitor's voice in a room. LiveKit's client enables whatever it publishes, so that a muted visitor
 * would be heard: it publishes silence, and what is sent is sent in the place of that.
 */
export class PublishedVoice {
  readonly #signal: AbortSignal;
  #track: MediaStreamTrack | undefined;
  #sender: RTCRtpSender | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Settles when it is there to be heard. Rejects with a code where it may not be. */
  async publishIn(
    room: Room,
    {Track, getEmptyAudioStreamTrack, releaseEmptyAudioStreamTrack}: LiveKit,
  ): Promise<void> {
    const silence = getEmptyAudioStreamTrack();
    onAbort(this.#signal, () => void releaseEmptyAudioStreamTrack(silence));
    // After a loss, it is published anew.
    listen(room, 'localTrackPublished', this.#signal, ({track}: LocalTrackPublication) => {
      this.#sender = track?.sender;
      void this.#replace();
    });
    const options = {source: Track.Source.Microphone, stopMicTrackOnMute: false};
    try {
      await room.localParticipant.publishTrack(silence, options);
    } catch (cause) {
      const isForbidden = (cause as {status?: unknown}).status === FORBIDDEN;
      throw new InteractionError(isForbidden ? 'unauthorized' : 'engine-error', {cause});
    }
  }

  /** Never rejects. */
  async send(track: MediaStreamTrack): Promise<void> {
    this.#track = track;
    await this.#replace();
  }

  async #replace(): Promise<void> {
    if (!this.#sender || !this.#track) return;
    // Where the connection is closed meanwhile, it never settles.
    await untilAborted(this.#sender.replaceTrack(this.#track), this.#signal).catch(() => {});
  }
}
