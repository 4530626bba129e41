/** LiveKit, its own client included, for a page that has the single file. */
import './engines/livekit.js';
