"""Transcripts made on the spot."""

from collections.abc import Callable

import pytest

from transcription.transcript import Segment, Transcript, Word


def _timed(text: str, *, language: str = "en", start_ms: int = 0) -> Transcript:
    words = tuple(
        Word(word, start_ms + 400 * at, start_ms + 400 * at + 350, 900)
        for at, word in enumerate(text.split())
    )
    last = words[-1].end_ms if words else start_ms
    return Transcript(language, (Segment(text, start_ms, last, words),))


@pytest.fixture
def timed() -> Callable[..., Transcript]:
    """Make a transcript of one segment, a word every 400 ms."""
    return _timed
