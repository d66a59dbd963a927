"""The engine: openai-whisper fed with arrays, everything fixed that can be fixed."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from transcription import exercise
from transcription.activity import Samples, has_pitch
from transcription.activity.islands import METHOD
from transcription.engines import timing
from transcription.engines.engine import Parameters, Task
from transcription.engines.forced import Forced
from transcription.engines.whisper import attention, forcing
from transcription.engines.whisper.attention import Timed, timed
from transcription.engines.whisper.checkpoint import Checkpoint, inference, threads_here
from transcription.engines.whisper.decoding import SEED, Encoder, Pass, decoded
from transcription.engines.whisper.segments import segments
from transcription.engines.whisper.settings import Settings
from transcription.engines.window import Window
from transcription.engines.windows import windows
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.span import Span
from transcription.transcript import Segment, Word

BATCH = 8
Answer = TypeVar("Answer")


class Whisper:
    """One loaded checkpoint under certain settings. `name` is what it was asked for by, without folders."""

    batch = BATCH

    def __init__(self, name: str, checkpoint: Checkpoint, settings: Settings) -> None:
        self.name = name
        self.checkpoint, self._settings = checkpoint, settings
        self._encoder = Encoder(checkpoint)
        # One thread for the small model: nothing is gained by more, and its answer does not
        # then depend on the number of cores.
        usual = threads_here()
        self._threads = 1 if checkpoint.is_exercise else usual

    @property
    def version(self) -> str:
        """openai-whisper and torch."""
        import torch
        import whisper

        return f"openai-whisper {whisper.__version__}, torch {torch.__version__}"

    @property
    def model_digest(self) -> str:
        """Digest of the weights file."""
        return self.checkpoint.digest

    @property
    def parameters(self) -> Parameters:
        """Every setting that bears on the output."""
        floor = (
            {"logprob_floor_permille": exercise.LOGPROB_FLOOR_PERMILLE}
            if self.checkpoint.is_exercise
            else {}
        )
        way = (
            {"attention": f"{attention.METHOD}, median of {self.checkpoint.smoothed_frames}"}
            if self.checkpoint.heads
            else {}
        )
        return {
            **floor,
            "device": "cpu",
            "fp16": False,
            "temperature_permille": self._settings.temperature_permille,
            "beam_size": self._settings.beam,
            "timestamps": self._settings.timestamps,
            "quantised": "int8" if self._settings.quantised else "no",
            "condition_on_previous_text": False,
            "seed": SEED,
            "threads": self._threads,
            "suppress_tokens": ",".join(map(str, self._settings.suppressed)),
            "windows": (
                f"{METHOD}, {'with pitch, ' if self.checkpoint.is_exercise else ''}"
                f"at most {self.window_ms} ms, {self.batch} at once"
            ),
            "word_times": "attention" if self.checkpoint.heads else "interpolated",
            **way,
        }

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the checkpoint."""
        return self.checkpoint.languages

    @property
    def tasks(self) -> frozenset[Task]:
        """Both, except where the model was not trained to translate."""
        return frozenset(Task) if self.checkpoint.translates else frozenset({Task.TRANSCRIBE})

    @property
    def window_ms(self) -> int:
        """Nearly the thirty seconds that Whisper hears; less for some settings."""
        return self._settings.window_ms

    @property
    def notice(self) -> str:
        """That the exercise model is one."""
        return exercise.NOTICE if self.checkpoint.is_exercise else ""

    def windows(self, samples: Samples) -> tuple[Window, ...]:
        """
        As for every engine, none longer than this one's settings have it.

        The exercise model has to make one of its few phrases of whatever it is given, and is given
        only what holds a voice.
        """
        if self.checkpoint.is_exercise:
            return windows(samples, longest_ms=self.window_ms, wanted=has_pitch)
        return windows(samples, longest_ms=self.window_ms)

    def detect_language(self, samples: Samples, window: Window) -> str:
        """The likeliest of its languages in the first thirty seconds of `window`."""
        if len(self.languages) == 1:
            return next(iter(self.languages))

        def likeliest() -> str:
            features = self._encoder(window.heard(samples))
            _, (likelihoods,) = self.checkpoint.model.detect_language(
                features, self.checkpoint.tokenizer("en", "transcribe")
            )
            return str(max(sorted(self.languages), key=likelihoods.__getitem__))

        return self._alone(likeliest)

    def transcribe_windows(
        self,
        samples: Samples,
        windows: Sequence[Window],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[tuple[Segment, ...], ...]:
        """See `Engine`; what Whisper itself takes for silence is left out by its own rule."""
        tokenizer = self._tokenizer(language, task)

        def times(tokens: list[int], one: Pass) -> list[Timed]:
            return timed(self.checkpoint, tokenizer, tokens, one.kept, one.duration_ms)

        def heard() -> tuple[tuple[Segment, ...], ...]:
            passes = decoded(
                self.checkpoint,
                self._encoder,
                [window.heard(samples) for window in windows],
                language=language,
                task=task.value,
                settings=self._settings,
                suppressed=self._settings.suppressed,
            )
            return tuple(
                segments(
                    tokenizer,
                    [one for one in own if self._trusted(one.logprob)],
                    times=times if self.checkpoint.heads else None,
                    samples=samples,
                    window=window,
                )
                for own, window in zip(passes, windows, strict=True)
            )

        return self._alone(heard)

    def forced_logprobs(
        self,
        samples: Samples,
        span: Span,
        texts: Sequence[str],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[Forced, ...]:
        """See `Forcing`."""
        tokenizer = self._tokenizer(language, task)
        return self._alone(
            lambda: forcing.forced(
                self.checkpoint, tokenizer, texts, self._encoder(Window.of(span).heard(samples))
            )
        )

    def forced_times(
        self, samples: Samples, span: Span, text: str, *, language: str
    ) -> tuple[Word, ...]:
        """See `Forcing`."""
        tokenizer = self._tokenizer(language, Task.TRANSCRIBE)
        if not self.checkpoint.heads:
            raise EngineUnavailable(
                self.name,
                reason="nobody has found which of this model's attention follows the audio",
                remedy="Choose an official Whisper model.",
            )
        sound = Window.of(span).heard(samples)
        tokens = forcing.encoded(self.checkpoint, tokenizer, text)
        found = self._alone(
            lambda: timed(
                self.checkpoint, tokenizer, tokens, self._encoder(sound), span.duration_ms
            )
        )
        return timing.placed(
            [timing.Rough(word.text, word.start_ms, word.end_ms, word.permille) for word in found],
            timing.pauses(samples, Window.of(span)),
            Window.of(span),
        )

    def _tokenizer(self, language: str, task: Task) -> Any:
        if language not in self.languages:
            raise UnsupportedLanguage(language, by=self.name)
        if task not in self.tasks:
            raise EngineUnavailable(
                self.name,
                reason=f"this model does not {task}",
                remedy="Choose a multilingual model other than turbo.",
            )
        return self.checkpoint.tokenizer(language, task.value)

    def _trusted(self, logprob: float) -> bool:
        """Whether the exercise model is in its vocabulary; of other models, always."""
        return not self.checkpoint.is_exercise or logprob * 1000 >= exercise.LOGPROB_FLOOR_PERMILLE

    def _alone(self, work: Callable[[], Answer]) -> Answer:
        """One inference at a time in this process, on the threads that the parameters name."""
        import torch

        with inference:
            torch.set_num_threads(self._threads)
            return work()
