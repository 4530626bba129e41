import {openEar, startHearing} from './ear.js';
import {eventsOf, field, type OpenAIServer, post} from './openai-api.js';
import {sentencesOf} from './sentences.js';
import {loudnessMouth, share} from './timing.js';
import {type HistoryLine, type Mind, SAMPLE_RATE, type Speech, type Voice} from './types.js';
import {atEngineRate, decodeWav, encodeWav} from './wav.js';

const TRANSCRIPTION_MODEL = process.env['OPENAI_TRANSCRIPTION_MODEL'] ?? 'whisper-1';
const CHAT_MODEL = process.env['OPENAI_MODEL'] ?? 'gpt-4o-mini';
const SPEECH_MODEL = process.env['OPENAI_SPEECH_MODEL'] ?? 'gpt-4o-mini-tts';
const SPEECH_VOICE = process.env['OPENAI_VOICE'] ?? 'alloy';

const TRANSCRIPTION_TIMEOUT_MS = 30_000;

const INSTRUCTIONS =
  'You are talking with a visitor of a website, by voice. Answer in one to three short sentences of ' +
  'plain spoken English, without lists, markup or emoji.';

const NOT_UNDERSTOOD = 'I am sorry, I did not understand that. Could you say it again?';

const GREETING = 'Hello! What would you like to talk about?';

/** Speech by an OpenAI-compatible server; only where speech begins and ends is found out here. */
export async function createOpenAISpeech(server: OpenAIServer): Promise<Speech> {
  const hearing = await startHearing();
  return {
    ear: listener => openEar(hearing, 'sound', listener, said => transcribe(server, said)),
    voice: createVoice(server),
    mind: profile => createMind(server, profile),
    close: () => hearing.close(),
  };
}

async function transcribe(server: OpenAIServer, said: string | Int16Array): Promise<string> {
  if (typeof said === 'string') return said;
  const form = new FormData();
  form.set('model', TRANSCRIPTION_MODEL);
  form.set('response_format', 'json');
  form.set('file', new Blob([encodeWav(said)], {type: 'audio/wav'}), 'speech.wav');
  const signal = AbortSignal.timeout(TRANSCRIPTION_TIMEOUT_MS);
  const response = await post(server, '/audio/transcriptions', form, signal);
  const text = field(await response.json(), 'text');
  if (typeof text !== 'string')
    throw new Error('The speech server sent a transcription without text.');
  return text.trim();
}

function createMind(server: OpenAIServer, profile: string): Mind {
  return {
    greeting: () => (profile === 'quiet-guide' ? undefined : GREETING),
    async *answer(history, understood, signal) {
      if (understood) yield* sentencesOf(chat(server, history, signal));
      else yield NOT_UNDERSTOOD;
    },
  };
}

async function* chat(
  server: OpenAIServer,
  history: readonly HistoryLine[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const messages = [
    {role: 'system', content: INSTRUCTIONS},
    ...history.map(({role, content}) => ({role, content})),
  ];
  const body = {model: CHAT_MODEL, stream: true, messages};
  const response = await post(server, '/chat/completions', body, signal);
  for await (const event of eventsOf(response)) {
    const message = field(field(event, 'error'), 'message');
    if (typeof message === 'string') {
      throw new Error(`The speech server broke off its answer: ${message}`, {cause: event});
    }
    const content = field(field(field(field(event, 'choices'), 0), 'delta'), 'content');
    if (typeof content === 'string') yield content;
  }
}

function createVoice(server: OpenAIServer): Voice {
  return {
    async speak(sentence, signal) {
      const body = {
        model: SPEECH_MODEL,
        voice: SPEECH_VOICE,
        input: sentence,
        response_format: 'wav',
      };
      const response = await post(server, '/audio/speech', body, signal);
      const samples = atEngineRate(decodeWav(Buffer.from(await response.arrayBuffer())));
      return {
        samples,
        words: share(sentence, {start: 0, end: samples.length / SAMPLE_RATE}),
        mouth: loudnessMouth(samples),
      };
    },
  };
}
