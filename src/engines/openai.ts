import {openai} from '../core/engines/openai.js';
import {engines} from '../core/registry.js';

engines.set('openai', openai);

export {openai};
