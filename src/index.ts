export {
  connect,
  disconnect,
  discardUserResponse,
  sendText,
  sendUserResponse,
  setMicrophone,
  setMuted,
} from './core/sdk.js';
export {InteractionError, type ErrorCode} from './core/errors.js';
export type {
  InteractionEventArguments,
  InteractionEventName,
  InteractionEvents,
  Next,
  Transcript,
} from './core/events.js';
export type {Credentials, Dial, Engine, Link, LinkOptions} from './core/link.js';
export type {Command, EngineMessage, TypedText} from './core/messages.js';
export type {ConnectOptions} from './core/options.js';
export {engines} from './core/registry.js';
export type {RequestSession, Session} from './core/session.js';
export type {Activity, Mode, Pause} from './core/state.js';
