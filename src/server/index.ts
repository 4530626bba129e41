export type {CallOptions} from './engine-call.js';
export {EngineClient, type EngineClientOptions, type PageOptions} from './engine-client.js';
export {EngineError, type EngineErrorCode} from './engine-error.js';
export {toNodeListener} from './node.js';
export {
  OpenAIClient,
  type OpenAIClientOptions,
  type OpenAISessionOptions,
} from './openai-client.js';
export type {
  Face,
  HistoryLine,
  OpenAISession,
  PipecatSession,
  Profile,
  Session,
  SessionOptions,
  SessionStatus,
} from './parse.js';
export {
  PipecatClient,
  type PipecatClientOptions,
  type PipecatSessionOptions,
} from './pipecat-client.js';
export {
  createSessionHandler,
  type Handler,
  type SessionHandlerOptions,
  type SessionSource,
  type SourceHandlerOptions,
} from './session-handler.js';
