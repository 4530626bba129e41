import type {DisconnectReason, Room, RoomEventCallbacks} from 'livekit-client';
import {onAbort, untilAborted} from '../../abort.js';
import {InteractionError, type ErrorCode} from '../../errors.js';
import type {Admission} from './admission.js';

/** Why a room is not entered: LiveKit's `ConnectionErrorReason`, in its order. */
const REFUSALS: readonly ErrorCode[] = [
  'unauthorized',
  'engine-unreachable',
  'engine-error',
  'connection-lost',
  'engine-busy',
  'connect-timeout',
  'engine-unreachable',
  'engine-unreachable',
];
/** That there is no such room is a refusal, too. */
const NOT_FOUND = 404;

/** The `DisconnectReason`s of who has been made to leave, or wanted to. */
const ENDED: ReadonlySet<number | undefined> = new Set([1, 4, 5, 10]);
const DUPLICATE_IDENTITY = 2;

/** Rejects with a code, or with the signal's reason. Who is let in may still not be connected. */
export async function enter(
  room: Room,
  {url, token}: Admission,
  signal: AbortSignal,
): Promise<void> {
  let isLetIn = false;
  listen(room, 'signalConnected', signal, () => (isLetIn = true));
  try {
    await untilAborted(room.connect(url, token), signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw new InteractionError(isLetIn ? 'engine-unreachable' : refusal(cause), {cause});
  }
}

function refusal(cause: unknown): ErrorCode {
  const {reason = -1, status} = cause as {reason?: number; status?: number};
  return status === NOT_FOUND ? 'session-not-found' : (REFUSALS[reason] ?? 'engine-error');
}

/** Listens until the signal is aborted. */
export function listen<Event extends keyof RoomEventCallbacks>(
  room: Room,
  event: Event,
  signal: AbortSignal,
  listener: RoomEventCallbacks[Event],
): void {
  room.on(event, listener);
  onAbort(signal, () => room.off(event, listener));
}

/** Whether somebody wanted that to be over. */
export function isEnd(reason: DisconnectReason | undefined): boolean {
  return ENDED.has(reason);
}

/** Whether the visitor has come again elsewhere, where they would be thrown out if we came again. */
export function isElsewhere(reason: DisconnectReason | undefined): boolean {
  return (reason as number | undefined) === DUPLICATE_IDENTITY;
}

/** Plays in `remote` what is heard and seen there, but no face where none is asked for. */
export function receive(
  room: Room,
  remote: MediaStream,
  audioOnly: boolean,
  signal: AbortSignal,
): void {
  listen(room, 'trackSubscribed', signal, ({mediaStreamTrack}, publication) => {
    if (mediaStreamTrack.kind === 'audio') return remote.addTrack(mediaStreamTrack);
    if (audioOnly) return publication.setSubscribed(false);
    // Without a picture Chromium plays no sound of a stream that has a place for one.
    const show = () => remote.addTrack(mediaStreamTrack);
    if (mediaStreamTrack.muted) mediaStreamTrack.addEventListener('unmute', show, {signal});
    else show();
  });
  listen(room, 'trackUnsubscribed', signal, ({mediaStreamTrack}) => {
    remote.removeTrack(mediaStreamTrack);
  });
}
