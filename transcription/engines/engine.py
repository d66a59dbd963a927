"""
What a speech engine is to the rest: something that turns one window of samples into segments.

The unit of work is the window (`windows.py`), at most 28 seconds, so that progress, cancelling and
resuming belong to the caller, who may keep each window's segments before asking for
the next. An engine carries everything that pins its output: name, version, digest of its model,
and every parameter.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcription.span import Span
from transcription.transcript import Segment

Samples: TypeAlias = NDArray[np.float32]
Parameters: TypeAlias = Mapping[str, str | int | bool]

SAMPLE_RATE_HZ = 16_000


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
        """The longest window that it hears well; for `windows(samples, longest_ms=...)`."""

    @property
    def notice(self) -> str:
        """A warning that belongs beside its output."""

    def detect_language(self, samples: Samples, span: Span) -> str:
        """The likeliest of its languages in one window."""

    def transcribe_window(
        self, samples: Samples, span: Span, *, language: str, task: Task = Task.TRANSCRIBE
    ) -> tuple[Segment, ...]:
        """
        What is said in `span` of a recording, with times from the start of the recording.

        `samples` are the whole recording at 16 kHz. Raises `UnsupportedLanguage`, or
        `EngineUnavailable` for a task that is not among `tasks`.
        """


def cut(samples: Samples, span: Span) -> Samples:
    """The samples of one span."""
    per_ms = SAMPLE_RATE_HZ // 1000
    return samples[span.start_ms * per_ms : span.end_ms * per_ms]
