import './engines/pipecat.js';
