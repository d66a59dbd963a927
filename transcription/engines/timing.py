"""Times of words that an engine did not time: by their letters, and marked as computed."""

from itertools import pairwise

from transcription.span import Span
from transcription.transcript import Word


def interpolated(text: str, span: Span) -> tuple[Word, ...]:
    """Spread the words of a segment over its span in proportion to their letters."""
    words = text.split()
    total = sum(len(word) + 1 for word in words)
    ends, passed = [span.start_ms], 0
    for word in words:
        passed += len(word) + 1
        ends.append(span.start_ms + span.duration_ms * passed // total)
    return tuple(
        Word(word, start, end, interpolated=True)
        for word, (start, end) in zip(words, pairwise(ends), strict=True)
    )


def within(start_ms: int, end_ms: int, span: Span) -> Span:
    """The part of `start_ms..end_ms` that lies in `span`; empty at its nearer edge if none."""
    start = min(max(start_ms, span.start_ms), span.end_ms)
    return Span(start, min(max(end_ms, start), span.end_ms))
