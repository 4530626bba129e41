export {
  EngineClient,
  type CallOptions,
  type EngineClientOptions,
  type PageOptions,
} from './engine-client.js';
export {EngineError, type EngineErrorCode} from './engine-error.js';
export {toNodeListener} from './node.js';
export type {Face, HistoryLine, Profile, Session, SessionOptions, SessionStatus} from './parse.js';
export {createSessionHandler, type Handler, type SessionHandlerOptions} from './session-handler.js';
