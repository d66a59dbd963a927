"""
A transcript that another one is made from: translated window by window, or heard again.

Only windows in which a loop is flagged are heard again, by an engine under other settings:
all others keep their words, times and flags.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.canonical import Json
from app.transcripts.models import Transcript
from app.worker.derivation import windows_of
from app.worker.listening import whole
from transcription.flags import flagged
from transcription.span import Span
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

if TYPE_CHECKING:
    from transcription.engines import Engine, Samples, Window

TRANSLATION, RETRY = "translation", "retry"


@dataclass(frozen=True, slots=True)
class Parent:
    """The earlier transcript: its row and its words."""

    transcript: Transcript
    content: Content

    def relation(self, *, is_retry: bool) -> dict[str, Json]:
        """What the derivation of the new transcript says of this one."""
        return {
            "transcript": self.transcript.id,
            "content_sha256": self.transcript.content_sha256,
            "relation": RETRY if is_retry else TRANSLATION,
        }

    def same(self, samples: "Samples", engine: "Engine") -> "Sequence[Window]":
        """The windows that were heard then, where the engine hears windows of that length."""
        windows = windows_of(self.transcript.derivation or {})
        if windows and all(window.duration_ms <= engine.window_ms for window in windows):
            return windows
        return whole(samples, engine)

    def looped(self, samples: "Samples", engine: "Engine") -> "Sequence[Window]":
        """What the engine is to hear again: each window with a loop, cut as the engine likes it."""
        return [
            window
            for window in self.same(samples, engine)
            if any(_overlap(window.span, span) for span in self._loops())
        ]

    def joined(self, heard: Content, windows: "Sequence[Window]") -> Content:
        """
        These words, with what was heard again in the place of what began in its windows.

        A loop may run on from what was kept into what was heard again, where neither shows it
        alone: so the whole is looked through once more. That only adds warnings.
        """
        again = [window.span for window in windows]
        kept = [segment for segment in self.content.segments if not _within(segment, again)]
        return flagged(
            replace(self.content, segments=tuple(sorted([*kept, *heard.segments], key=_start)))
        )

    def _loops(self) -> list[Span]:
        """The flagged segments; the engines write none without times."""
        return [
            Span(segment.start_ms, segment.end_ms or segment.start_ms)
            for segment in self.content.segments
            if Flag.REPETITION in segment.flags and segment.start_ms is not None
        ]


def _overlap(one: Span, other: Span) -> bool:
    last = max(other.start_ms + 1, other.end_ms)
    return one.start_ms < last and other.start_ms < one.end_ms


def _within(segment: Segment, spans: Sequence[Span]) -> bool:
    start = segment.start_ms
    return start is not None and any(span.start_ms <= start < span.end_ms for span in spans)


def _start(segment: Segment) -> int:
    """Where it belongs; segments without times, of which engines write none, come first."""
    return -1 if segment.start_ms is None else segment.start_ms
