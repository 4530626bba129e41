import {pipecat} from '../core/engines/pipecat.js';
import {engines} from '../core/registry.js';

engines.set('pipecat', pipecat);

export {pipecat};
