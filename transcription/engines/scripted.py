"""
The scripted engine: it hears nothing and reads a written transcript out of a file.

For tests of everything around an engine, and for replaying what another machine heard. It says
what it is in its name and in its notice. The file is a transcript in our own JSON
(`transcription.formats.native`), of which every segment has times.
"""

from collections.abc import Sequence
from pathlib import Path

from transcription.activity.sound import SAMPLE_RATE_HZ, Samples
from transcription.engines.engine import Parameters, Task
from transcription.engines.window import Window
from transcription.engines.windows import LONGEST_MS
from transcription.errors import EngineUnavailable, Malformed, UnsupportedLanguage
from transcription.exercise import digest_of
from transcription.formats import TranscriptFormat, read
from transcription.span import Span
from transcription.transcript import Segment

NOTICE = "Scripted: this text was read from a file. Nobody and nothing listened to the audio."


class Scripted:
    """One written transcript."""

    version = "scripted 1"
    window_ms = LONGEST_MS
    batch = 1
    notice = NOTICE
    tasks = frozenset({Task.TRANSCRIBE})

    def __init__(self, path: Path) -> None:
        self._script = read(path.read_bytes(), format=TranscriptFormat.NATIVE)
        if any(segment.start_ms is None for segment in self._script.segments):
            raise Malformed("a segment of a script needs times")
        self.name = f"scripted:{path.name}"
        self.model_digest = digest_of(path)

    @property
    def parameters(self) -> Parameters:
        """None: it decides nothing."""
        return {}

    @property
    def languages(self) -> frozenset[str]:
        """The language of the script."""
        return frozenset({self._script.language})

    def windows(self, samples: Samples) -> tuple[Window, ...]:
        """All of it: what a script says does not hang on what can be heard."""
        length_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
        starts = range(0, length_ms, LONGEST_MS)
        return tuple(
            Window.of(Span(start, min(start + LONGEST_MS, length_ms))) for start in starts
        )

    def detect_language(self, samples: Samples, window: Window) -> str:  # noqa: ARG002 - it is deaf
        """The language of the script."""
        return self._script.language

    def transcribe_windows(
        self,
        samples: Samples,  # noqa: ARG002 - it is deaf
        windows: Sequence[Window],
        *,
        language: str,
        task: Task = Task.TRANSCRIBE,
    ) -> tuple[tuple[Segment, ...], ...]:
        """The written segments that begin in each window's span."""
        if language != self._script.language:
            raise UnsupportedLanguage(language, by=self.name)
        if task not in self.tasks:
            raise EngineUnavailable(
                self.name, reason=f"it does not {task}", remedy="Script a translation by itself."
            )
        return tuple(self._beginning_in(window.span) for window in windows)

    def _beginning_in(self, span: Span) -> tuple[Segment, ...]:
        return tuple(
            segment
            for segment in self._script.segments
            if segment.start_ms is not None and span.start_ms <= segment.start_ms < span.end_ms
        )


def available(path: Path) -> None:
    """Raise `EngineUnavailable` if there is no such file."""
    if not path.is_file():
        raise EngineUnavailable(
            f"scripted:{path.name}",
            reason="there is no such file",
            remedy="Name a JSON file with a transcript.",
        )
