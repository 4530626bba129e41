/** OpenAI Realtime, for a page that has the single file. */
import './engines/openai.js';
