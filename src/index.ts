export {
  connect,
  disconnect,
  discardUserResponse,
  sendText,
  sendUserResponse,
  setMicrophone,
} from './core/sdk.js';
export {InteractionError, type ErrorCode} from './core/errors.js';
export type {
  InteractionEventArguments,
  InteractionEventName,
  InteractionEvents,
  Next,
  Transcript,
} from './core/events.js';
export type {ConnectOptions} from './core/options.js';
export type {Mode} from './core/state.js';
