export {TestEngine, type LineOptions, type TestEngineOptions} from './test-engine.js';
