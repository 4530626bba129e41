"""A Pipecat bot that hears, thinks and speaks on this machine: no account, nothing to download.

Silero (in `pipecat-ai`) hears when the visitor talks, PocketSphinx what they say, eSpeak NG
answers. Pipecat's own runner serves it: `python server.py --port 7860`.
"""

import asyncio
import ctypes

import espeakng_loader
from pipecat.audio.utils import create_stream_resampler
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    ErrorFrame,
    InterimTranscriptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.processors.frameworks.rtvi.frames import RTVIClientMessageFrame, RTVIServerMessageFrame
from pipecat.processors.frameworks.rtvi.observer import RTVIObserverParams
from pipecat.runner.utils import create_transport
from pipecat.services.settings import STTSettings, TTSSettings
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.base_transport import TransportParams
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner
from pocketsphinx import Decoder

HEARING_RATE = 16000
#: What was said before the VAD noticed it: a second of 16-bit samples.
BEFORE_SPEECH = HEARING_RATE * 2


#: Only so much is understood, which is known at once, on a slow machine, too.
GRAMMAR = """#JSGF V1.0; grammar visitor; public <said> = hello | good bye | thank you | stop |
  what can you do | who are you | how are you | tell me a story | one moment;"""


def new_decoder():
    decoder = Decoder(samprate=HEARING_RATE, loglevel="FATAL", lm=None)
    decoder.add_jsgf_string("visitor", GRAMMAR)
    decoder.activate_search("visitor")
    return decoder


#: To load one takes so long that the first visitor is not to wait for it.
spare_decoders = [new_decoder()]

STORY = [
    "Once upon a time there was a small engine.",
    "It listened to everybody who came by.",
    "It answered whatever it was asked.",
    "And when somebody talked, it fell silent at once.",
    "So they all lived happily ever after.",
]


class Ear(STTService):
    """Hears with PocketSphinx and the English model that is in its package."""

    def __init__(self):
        settings = STTSettings(model=None, language=None)
        # A turn in which nothing is understood ends after so many seconds; any other at once.
        super().__init__(sample_rate=HEARING_RATE, ttfs_p99_latency=2, settings=settings)
        self._decoder = spare_decoders.pop() if spare_decoders else new_decoder()
        self._before = bytearray()
        self._talking = False
        self._heard = ""

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if isinstance(frame, VADUserStartedSpeakingFrame) and not self._talking:
            self._talking = True
            self._heard = ""
            self._decoder.start_utt()
            await self.process_generator(self.run_stt(bytes(self._before)))
        elif isinstance(frame, VADUserStoppedSpeakingFrame) and self._talking:
            self._talking = False
            await asyncio.to_thread(self._decoder.end_utt)
            if text := self._understood():
                whole = TranscriptionFrame(text, "", time_now_iso8601(), finalized=True)
                await self.push_frame(whole)

    async def run_stt(self, audio):
        if not self._talking:
            self._before = (self._before + audio)[-BEFORE_SPEECH:]
            return
        await asyncio.to_thread(self._decoder.process_raw, audio)
        text = self._understood()
        if text and text != self._heard:
            self._heard = text
            yield InterimTranscriptionFrame(text, "", time_now_iso8601())

    async def cleanup(self):
        await super().cleanup()
        if self._talking:
            self._decoder.end_utt()
        spare_decoders.append(self._decoder)

    def _understood(self):
        hypothesis = self._decoder.hyp()
        return hypothesis.hypstr if hypothesis else ""


class Mind(FrameProcessor):
    """Answers what was said last, as an LLM would: word by word."""

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if not isinstance(frame, LLMContextFrame):
            return await self.push_frame(frame, direction)
        messages = frame.context.get_messages()
        said = messages[-1]["content"].strip()
        if said == "fail":
            error = ErrorFrame("Asked to fail.", fatal=True)
            return await self.push_frame(error, FrameDirection.UPSTREAM)
        if said == "note":
            await self.push_frame(RTVIServerMessageFrame(data={"note": "noted"}))
        answer = [f"You said {said}."]
        if said == "count":
            answer = [f"That was number {sum(one['role'] == 'user' for one in messages)}."]
        if "story" in said:
            answer = STORY
        await self.push_frame(LLMFullResponseStartFrame())
        for sentence in answer:
            for word in sentence.split():
                await self.push_frame(LLMTextFrame(f"{word} "))
                await asyncio.sleep(0)
        await self.push_frame(LLMFullResponseEndFrame())


Samples = ctypes.POINTER(ctypes.c_short)
SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, Samples, ctypes.c_int, ctypes.c_void_p)


class Mouth(TTSService):
    """Speaks with eSpeak NG, which is in `espeakng-loader`; it speaks one sentence at a time."""

    _espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    _rate = _espeak.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    _lock = asyncio.Lock()

    def __init__(self):
        settings = TTSSettings(model=None, voice=None, language=None)
        super().__init__(
            push_start_frame=True,
            push_stop_frames=True,
            push_text_frames=False,  # Words are told as they are spoken.
            settings=settings,
        )
        self._context = None
        self._seconds = 0.0
        self._resampler = create_stream_resampler()

    async def run_tts(self, text, context_id):
        async with self._lock:
            spoken = await asyncio.to_thread(self._synthesize, text)
        audio = await self._resampler.resample(spoken, self._rate, self.sample_rate)
        if context_id != self._context:
            self._context, self._seconds = context_id, 0.0
        words = text.split()
        seconds = len(spoken) / 2 / self._rate
        begins = [self._seconds + seconds * at / len(words) for at in range(len(words))]
        self._seconds += seconds
        await self.add_word_timestamps(list(zip(words, begins)), context_id)
        yield TTSAudioRawFrame(audio, self.sample_rate, 1, context_id=context_id)

    def _synthesize(self, text):
        spoken = bytearray()

        @SynthCallback
        def collect(samples, count, _):
            if samples and count:
                spoken.extend(ctypes.string_at(samples, count * 2))
            return 0

        self._espeak.espeak_SetSynthCallback(collect)
        sentence = text.encode()
        utf8 = 1
        self._espeak.espeak_Synth(sentence, len(sentence) + 1, 0, 0, 0, utf8, None, None)
        self._espeak.espeak_Synchronize()
        return bytes(spoken)


class TurnStart(VADUserTurnStartStrategy):
    """Begins the visitor's turn when they talk, and forgets what they have said when told to."""

    async def forget(self):
        await self.trigger_reset_aggregation()


class TurnStop(SpeechTimeoutUserTurnStopStrategy):
    """Ends the visitor's turn when they fall silent, or, where they push to talk, when they say so."""

    def __init__(self, start):
        super().__init__(user_speech_timeout=0.4, wait_for_transcript=False)
        self._start = start
        self._pushed = False
        self._cancelled = False

    async def process_frame(self, frame):
        if isinstance(frame, RTVIClientMessageFrame) and frame.type == "push_to_talk":
            self._pushed = frame.data["state"] == "start"
            self._cancelled = frame.data["state"] == "cancel"
            await self._maybe_trigger_user_turn_stopped()
        return await super().process_frame(frame)

    async def _maybe_trigger_user_turn_stopped(self):
        if not self._pushed:
            await super()._maybe_trigger_user_turn_stopped()

    async def trigger_user_turn_stopped(self, **kwargs):
        if not self._cancelled:
            return await super().trigger_user_turn_stopped(**kwargs)
        self._cancelled = False
        await self._start.forget()
        await self.trigger_user_turn_finalized(**kwargs)


async def bot(runner_args):
    params = lambda: TransportParams(audio_in_enabled=True, audio_out_enabled=True)
    transport = await create_transport(runner_args, {"webrtc": params})
    context = LLMContext()
    start = TurnStart()
    user, assistant = LLMContextAggregatorPair(
        context,
        user_params=LLMUserAggregatorParams(
            vad_analyzer=SileroVADAnalyzer(),
            user_turn_strategies=UserTurnStrategies(start=[start], stop=[TurnStop(start)]),
            # A turn that is pushed lasts as long as the visitor likes.
            user_turn_stop_timeout=3600,
            # What was not understood, or is to be forgotten, is not answered.
            empty_user_turn=None,
        ),
    )
    worker = PipelineWorker(
        Pipeline([transport.input(), Ear(), user, Mind(), Mouth(), transport.output(), assistant]),
        # Pauses within a pushed turn are told, too.
        rtvi_observer_params=RTVIObserverParams(vad_user_speaking_enabled=True),
    )
    runner = WorkerRunner(handle_sigint=runner_args.handle_sigint)

    @transport.event_handler("on_client_disconnected")
    async def on_client_disconnected(transport, client):
        await runner.cancel()

    await runner.add_workers(worker)
    await runner.run()


if __name__ == "__main__":
    from pipecat.runner.run import main

    main()
