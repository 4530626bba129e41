import {livekit} from '../core/engines/livekit.js';
import {engines} from '../core/registry.js';

engines.set('livekit', livekit);

export {livekit};
