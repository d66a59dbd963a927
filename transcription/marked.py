"""
Where the marks of a transcript stand: in which words, and when.

A mark may be written over several words (`[signal lost]` in captions, which are cut at white
space), so it is looked for in the words of a segment written one after the other.
"""

from bisect import bisect_right
from dataclasses import dataclass

from transcription.marks import Mark, marks
from transcription.span import Span, spanning
from transcription.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Marked:
    """
    A mark and its words, counted through `Transcript.words()`, both ends inclusive.

    `span_ms` is None where its words have no times.
    """

    mark: Mark
    segment: int
    first_word: int
    last_word: int
    span_ms: Span | None


def marked(transcript: Transcript) -> tuple[Marked, ...]:
    """Every mark of a transcript, in order; `mark.start` counts in the words of its segment."""
    found: list[Marked] = []
    before = 0
    for number, segment in enumerate(transcript.segments):
        words = tuple(Transcript(transcript.language, (segment,)).words())
        offsets: list[int] = []
        length = 0
        for word in words:
            offsets.append(length)
            length += len(word.text) + 1
        for mark in marks(" ".join(word.text for word in words)):
            first = bisect_right(offsets, mark.start) - 1
            last = bisect_right(offsets, mark.end - 1) - 1
            span = spanning(words[first].start_ms, words[last].end_ms)
            found.append(Marked(mark, number, before + first, before + last, span))
        before += len(words)
    return tuple(found)
