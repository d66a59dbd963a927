"""
What a speech engine is to the rest: something that turns one window of samples into segments.

The unit of work is the window (`windows`), at most 28 seconds of sound, so that progress, cancelling
and resuming belong to the caller, who may keep each batch of windows' segments before asking for the
next. An engine carries everything that pins its output: name, version, digest of its model,
and every parameter.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from transcription.activity.sound import Samples
from transcription.engines.forced import Forced
from transcription.engines.window import Window
from transcription.span import Span
from transcription.transcript import Segment, Word

Parameters: TypeAlias = Mapping[str, str | int | bool]


class Task(StrEnum):
    """Write down what is said, or what it means in English."""

    TRANSCRIBE = "transcribe"
    TRANSLATE = "translate"


class Engine(Protocol):
    """
    A loaded engine. Calls from several threads are safe; they are made one after another.

    `notice` is what a reader must be told about everything this engine writes, or empty.
    `model_digest` is `None` for an engine that has no model.
    """

    @property
    def name(self) -> str:
        """What `load` was asked for, free of local paths."""

    @property
    def version(self) -> str:
        """Software that runs, with its version."""

    @property
    def model_digest(self) -> str | None:
        """`sha256:<hex>` of the model's file or files."""

    @property
    def parameters(self) -> Parameters:
        """Every setting that bears on the output."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages it can write down."""

    @property
    def tasks(self) -> frozenset[Task]:
        """What it can do."""

    @property
    def window_ms(self) -> int:
        """The longest window that it hears well."""

    @property
    def batch(self) -> int:
        """How many windows it likes to hear in one call: the natural size of a durable step."""

    @property
    def notice(self) -> str:
        """A warning that belongs beside its output."""

    def windows(self, samples: Samples) -> tuple[Window, ...]:
        """
        What of a recording it wants to hear: windows in order that together answer for all of it.

        None at all where nothing may be speech. The same for the same samples, always.
        """

    def detect_language(self, samples: Samples, window: Window) -> str:
        """The likeliest of its languages in one window."""

    def transcribe_windows(
        self,
        samples: Samples,
        windows: Sequence[Window],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[tuple[Segment, ...], ...]:
        """
        What is said in each of some windows of a recording, with times from the recording's start.
        Once all are heard, `transcription.flags.flagged` adds its warnings to the whole.

        `samples` are the whole recording at 16 kHz (memory-mapped, if it is long). The answer to a
        window depends on the windows that share its call only within rounding, so keep to groups of
        `batch` from the first window on, and it comes out the same again. Raises
        `UnsupportedLanguage`, or `EngineUnavailable` for a task that is not among `tasks`.
        """


@runtime_checkable
class Forcing(Protocol):
    """
    An engine that can be made to say a given text, to see how surely and when: `isinstance` tells.

    The span is at most `window_ms`. Both raise as `transcribe_windows` does, and `TextTooLong` for
    more tokens than the model can take.
    """

    def forced_logprobs(
        self,
        samples: Samples,
        span: Span,
        texts: Sequence[str],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[Forced, ...]:
        """
        How likely each text is as what is said in `span`, token by token, over the full vocabulary.

        All texts share one pass over the audio. To see what the words alone suggest, ask the same
        of null audio: `numpy.zeros_like(samples)`, or a stretch of the recording in which nobody speaks.
        """

    def forced_times(
        self, samples: Samples, span: Span, text: str, *, language: str
    ) -> tuple[Word, ...]:
        """
        When each word of `text` is said in `span`, taking for granted that it is said there.

        Raises `EngineUnavailable` for a model of which no attention is known to follow the audio.
        """
