"""
openai-whisper, fed with arrays, with everything fixed that can be fixed.

One temperature (0), greedy, no conditioning on earlier text (which is what makes Whisper
repeat itself), full precision, a seed. Inferences are made one at a time: the package keeps
state on its model and switches a class attribute while it times words.

Word times come from the cross-attention of the heads that its authors chose, for the official
weights only, recognised by name or by digest. For any other checkpoint, ours included,
nobody has chosen heads: there segments are trimmed to what is loud in them, and their words
spread over that and marked `interpolated`, since attention of unchosen heads was measured to be off
by half a second.

Robust Speech Recognition via Large-Scale Weak Supervision, Radford et al., 2022.
"""

import threading
import warnings
from pathlib import Path
from typing import Any

from transcription import exercise
from transcription.engines import timing, weights
from transcription.engines.engine import Parameters, Samples, Task, cut
from transcription.engines.flags import flags
from transcription.engines.windows import LONGEST_MS
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.exercise import digest_of
from transcription.span import Span
from transcription.transcript import Flag, Segment, Word

EXERCISE = "exercise"
EXERCISE_NOTICE = (
    "Exercise model: it knows a few hundred words of made-up radio traffic. Not for casework."
)
EXERCISE_FLOOR_PERMILLE = -1060  # of log-probability a token; see the model's README
EXERCISE_WINDOW_MS = 6_000  # it was trained on one or two phrases at a time
SEED = 0
NO_SPEECH_PERMILLE = 600
_UNTRANSLATING = ("turbo", ".en")
_inference = threading.Lock()


class Whisper:
    """One loaded checkpoint."""

    def __init__(self, model: str, path: Path) -> None:
        import torch
        import whisper

        self._whisper, self._torch = whisper, torch
        self._digest = digest_of(path)
        self._known_as = _official_name(whisper, self._digest)
        self._model: Any = whisper.load_model(str(path), device="cpu")
        if self._known_as:
            self._model.set_alignment_heads(whisper._ALIGNMENT_HEADS[self._known_as])  # noqa: SLF001
        self._model_name = model
        # One thread for the small model: nothing is gained by more, and its answer does not
        # then depend on the number of cores.
        small = self._digest == exercise.DIGEST
        self._threads = 1 if small else int(torch.get_num_threads())
        self._read_vocabulary()
        # Whisper never writes what transcripts on the web rarely mean as speech, `:` among it (-1
        # stands for its own list); the exercise model was trained on text with colons.
        self._suppressed = () if self._digest == exercise.DIGEST else (-1,)

    @property
    def name(self) -> str:
        """`whisper:` and the model's name, or its file's name without the folder."""
        return f"whisper:{Path(self._model_name).name}"

    @property
    def version(self) -> str:
        """openai-whisper and torch."""
        return f"openai-whisper {self._whisper.__version__}, torch {self._torch.__version__}"

    @property
    def model_digest(self) -> str:
        """Digest of the weights file."""
        return self._digest

    @property
    def parameters(self) -> Parameters:
        """Every setting that bears on the output."""
        exercising = self._digest == exercise.DIGEST
        floor = {"logprob_floor_permille": EXERCISE_FLOOR_PERMILLE} if exercising else {}
        return {
            **floor,
            "device": "cpu",
            "fp16": False,
            "temperature": 0,
            "beam_size": 1,
            "condition_on_previous_text": False,
            "seed": SEED,
            "threads": self._threads,
            "suppress_tokens": ",".join(map(str, self._suppressed)),
            "word_times": "attention" if self._known_as else "interpolated",
        }

    @property
    def languages(self) -> frozenset[str]:
        """Whisper's hundred; English alone for `.en` models; three for the exercise model."""
        if self._digest == exercise.DIGEST:
            return exercise.LANGUAGES
        if not self._model.is_multilingual:
            return frozenset({"en"})
        return frozenset(self._whisper.tokenizer.LANGUAGES)

    @property
    def tasks(self) -> frozenset[Task]:
        """Both, except where the model was not trained to translate."""
        known_as = self._known_as or ""
        if not self._model.is_multilingual or known_as.endswith(_UNTRANSLATING):
            return frozenset({Task.TRANSCRIBE})
        return frozenset(Task)

    @property
    def window_ms(self) -> int:
        """Nearly the thirty seconds that Whisper hears; less for the exercise model."""
        return EXERCISE_WINDOW_MS if self._digest == exercise.DIGEST else LONGEST_MS

    @property
    def notice(self) -> str:
        """That the exercise model is one."""
        return EXERCISE_NOTICE if self._digest == exercise.DIGEST else ""

    def detect_language(self, samples: Samples, span: Span) -> str:
        """The likeliest of its languages in the first thirty seconds of `span`."""
        if not self._model.is_multilingual:
            return "en"
        heard = self._whisper.pad_or_trim(cut(samples, span))
        mel = self._whisper.log_mel_spectrogram(heard, self._model.dims.n_mels)
        with _inference:
            self._torch.set_num_threads(self._threads)
            _, likelihoods = self._model.detect_language(mel)
        return str(max(sorted(self.languages), key=likelihoods.__getitem__))

    def transcribe_window(
        self, samples: Samples, span: Span, *, language: str, task: Task = Task.TRANSCRIBE
    ) -> tuple[Segment, ...]:
        """See `Engine`; segments that Whisper itself takes for silence are left out by it."""
        if language not in self.languages:
            raise UnsupportedLanguage(language, by=self.name)
        if task not in self.tasks:
            raise EngineUnavailable(
                self.name,
                reason=f"this model does not {task}",
                remedy="Choose a multilingual model other than turbo.",
            )
        with _inference:
            self._torch.set_num_threads(self._threads)
            self._torch.manual_seed(SEED)
            result = self._whisper.transcribe(
                self._model,
                cut(samples, span),
                language=language,
                task=task.value,
                temperature=0.0,
                condition_on_previous_text=False,
                fp16=False,
                suppress_tokens=list(self._suppressed),
                word_timestamps=bool(self._known_as),
                verbose=None,
            )
        heard = (item for item in result["segments"] if self._trusted(item))
        found = (self._segment(item, samples, span) for item in heard)
        return tuple(segment for segment in found if segment.text)

    def _read_vocabulary(self) -> None:
        """Read the tokenizer's file now; the package leaves it to be closed by chance."""
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            self._whisper.tokenizer.get_tokenizer(
                self._model.is_multilingual, num_languages=self._model.num_languages
            )

    def _trusted(self, item: dict[str, Any]) -> bool:
        """Whether the exercise model is in its vocabulary; of other models, always."""
        if self._digest != exercise.DIGEST:
            return True
        return bool(item["avg_logprob"] * 1000 >= EXERCISE_FLOOR_PERMILLE)

    def _segment(self, item: dict[str, Any], samples: Samples, window: Span) -> Segment:
        text = str(item["text"]).strip()
        span = _absolute(item, window)
        if not self._known_as:
            span = timing.trimmed(samples, span)
        words = (
            tuple(_word(word, window) for word in item["words"])
            if self._known_as
            else timing.interpolated(text, span)
        )
        warned = flags(text, samples, span)
        if item["no_speech_prob"] * 1000 > NO_SPEECH_PERMILLE and not warned:
            warned = (Flag.HALLUCINATION_SUSPECT,)
        return Segment(text, span.start_ms, span.end_ms, words, flags=warned)


def _absolute(item: dict[str, Any], window: Span) -> Span:
    start = window.start_ms + round(float(item["start"]) * 1000)
    end = window.start_ms + round(float(item["end"]) * 1000)
    return timing.within(start, end, window)


def _word(item: dict[str, Any], window: Span) -> Word:
    span = _absolute(item, window)
    permille = round(float(item["probability"]) * 1000)
    return Word(str(item["word"]).strip(), span.start_ms, span.end_ms, permille)


def _official_name(package: Any, digest: str) -> str | None:
    """The official model with these weights: its address carries their SHA-256."""
    for name, address in package._MODELS.items():  # noqa: SLF001 - the only list there is
        if digest.removeprefix("sha256:") in address:
            return str(name)
    return None


def available(model: str, *, models_dir: Path | None) -> None:
    """Raise `EngineUnavailable` if `model` could not be loaded for want of its file."""
    if model != EXERCISE:
        weights.located(model, models_dir=models_dir)


def load(model: str, *, models_dir: Path | None) -> Whisper:
    """Load a checkpoint by name or path, or the bundled one by the name `exercise`."""
    if model == EXERCISE:
        return Whisper(model, exercise.checkpoint(weights.cache_dir() / "earwitness"))
    return Whisper(model, weights.located(model, models_dir=models_dir))
