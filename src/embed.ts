import {InteractionError, isErrorCode} from './core/errors.js';
import {eventOf, type Command, type CommandMessage, type EventMessage} from './embed/message.js';

/** The element in a frame, as far as the page around it may act. What fails is told as an `error`. */
export interface Embed {
  /** Starts the conversation, or continues it. */
  connect(): void;
  /** Ends it; the session is paused. */
  disconnect(): void;
  /** Hands-on: sends the visitor's response now. */
  sendUserResponse(): void;
}

/**
 * Has the events of the element in a frame that shows `embed.html` dispatched on the frame: the same
 * `CustomEvent`s, bubbling, until `signal` is aborted. What is posted goes to the origin of the frame's
 * `src` alone, and nothing is heard from another. The frame has to name this page's origin, too: by
 * `data-parents` in `embed.html`.
 */
export function attachEmbed(
  frame: HTMLIFrameElement,
  {signal}: {signal?: AbortSignal} = {},
): Embed {
  const {origin} = new URL(frame.src, document.baseURI);
  const options = signal ? {signal} : {};
  const post = (diarupt: Command) => {
    const message: CommandMessage = {diarupt};
    if (!signal?.aborted && !isBlank(frame)) frame.contentWindow?.postMessage(message, origin);
  };
  const hear = ({source, origin: from, data}: MessageEvent<unknown>) => {
    const isOfFrame = source !== null && source === frame.contentWindow && from === origin;
    const message = isOfFrame && eventOf(data);
    if (message) retell(frame, message);
  };
  addEventListener('message', hear, options);
  frame.addEventListener('load', () => post('listen'), options);
  post('listen'); // It may have been loaded before.
  return Object.freeze({
    connect: () => post('connect'),
    disconnect: () => post('disconnect'),
    sendUserResponse: () => post('sendUserResponse'),
  });
}

/** Whether there is no page in it yet: one of another origin cannot be looked at. */
function isBlank({contentDocument}: HTMLIFrameElement): boolean {
  return contentDocument?.URL === 'about:blank';
}

function retell(frame: HTMLIFrameElement, {diarupt: event, detail}: EventMessage): void {
  const data = event === 'error' ? asError(detail) : detail;
  frame.dispatchEvent(new CustomEvent(event, {bubbles: true, composed: true, detail: data}));
}

function asError(detail: unknown): InteractionError {
  const {code, message} = Object(detail) as {code?: unknown; message?: unknown};
  const known = String(code);
  return new InteractionError(isErrorCode(known) ? known : 'engine-error', {
    message: String(message),
  });
}
