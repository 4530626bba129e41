import {diarupt} from './engines/diarupt.js';
import type {Engine} from './link.js';

/** The engines by the names that a page has for them. A file of an engine's own adds it here. */
export const engines = new Map<string, Engine>([['diarupt', diarupt]]);
