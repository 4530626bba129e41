import {onAbort, untilAborted} from './abort.js';
import {InteractionError, type ErrorCode} from './errors.js';

const CODES: Record<string, ErrorCode> = {
  NotAllowedError: 'microphone-denied',
  SecurityError: 'blocked-by-policy',
  NotFoundError: 'microphone-missing',
  OverconstrainedError: 'microphone-missing',
};

/**
 * What the visitor's voice is sent from. The track is ours when we acquired it, and stops with
 * the signal; a caller's is only borrowed: never stopped, never disabled. Its silent twin, always
 * ours, is what a muted microphone sends.
 */
export interface Microphone {
  readonly track: MediaStreamTrack;
  readonly silence: MediaStreamTrack;
}

/**
 * A microphone that `signal` ends: of the caller's stream, or acquired: that device, or where it is
 * empty the browser's choice. Rejects with one of the `microphone-*` codes, `blocked-by-policy`,
 * `insecure-context` or `unsupported`, or with the signal's reason.
 */
export async function openMicrophone(
  stream: MediaStream | null,
  deviceId: string,
  signal: AbortSignal,
): Promise<Microphone> {
  const track = stream ? liveTrack(stream) : await acquire(deviceId, signal);
  const silence = track.clone();
  silence.enabled = false;
  onAbort(signal, () => silence.stop());
  return {track, silence};
}

/** Whether the microphone can be had without asking the visitor. */
export async function isMicrophoneGranted(stream: MediaStream | null): Promise<boolean> {
  if (stream) return true;
  try {
    const {state} = await navigator.permissions.query({name: 'microphone'});
    return state === 'granted';
  } catch {
    return false; // A browser that cannot tell may ask.
  }
}

/** The stream's microphone. Throws `microphone-lost` where there is none any more. */
export function liveTrack(stream: MediaStream): MediaStreamTrack {
  const track = stream.getAudioTracks().find(({readyState}) => readyState === 'live');
  if (!track) throw new InteractionError('microphone-lost');
  return track;
}

async function acquire(deviceId: string, signal: AbortSignal): Promise<MediaStreamTrack> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) throw new InteractionError(isSecureContext ? 'unsupported' : 'insecure-context');
  // Automatic gain lifts the room's noise between words, which the engine would hear.
  const audio = {
    // As a wish alone, Chromium passes over it.
    deviceId: deviceId && {exact: deviceId},
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: false,
  };
  // The prompt cannot be taken back: whenever it is answered, the microphone ends with the signal.
  const granted = devices.getUserMedia({audio}).then(stream => {
    const track = liveTrack(stream);
    onAbort(signal, () => track.stop());
    return track;
  }, refused);
  return untilAborted(granted, signal);
}

function refused(cause: unknown): never {
  // By its name alone: in Firefox one of these errors is no `DOMException`.
  const {name} = (cause ?? {}) as Partial<Error>;
  const code = CODES[name ?? ''] ?? 'microphone-busy';
  throw new InteractionError(
    code === 'microphone-denied' && isBlockedByPolicy() ? 'blocked-by-policy' : code,
    {cause},
  );
}

/** Chromium tells a refusal by policy from one by the visitor; elsewhere both look the same. */
function isBlockedByPolicy(): boolean {
  const {featurePolicy} = document as {featurePolicy?: {allowsFeature(name: string): boolean}};
  return featurePolicy?.allowsFeature('microphone') === false;
}
