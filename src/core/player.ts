import {onAbort} from './abort.js';

/**
 * Plays the AI's `stream` in `player` until the signal ends it. `onRefused` is called when the
 * browser holds the sound back until the visitor asks for it: by what is returned.
 */
export function play(
  player: HTMLMediaElement,
  stream: MediaStream,
  signal: AbortSignal,
  onRefused: (cause: DOMException) => void,
): () => void {
  player.srcObject = stream;
  onAbort(signal, () => {
    // Another conversation may have taken the player over.
    if (player.srcObject === stream) player.srcObject = null;
  });
  const start = () => {
    player.play().catch((cause: unknown) => {
      // Every other refusal (an interrupted load, say) comes from a change that plays again itself.
      if (!signal.aborted && cause instanceof DOMException && cause.name === 'NotAllowedError') {
        onRefused(cause);
      }
    });
  };
  // A page that takes its player out, and puts it elsewhere perhaps, silences nobody.
  player.addEventListener('pause', () => player.isConnected || start(), {signal});
  start();
  return start;
}
