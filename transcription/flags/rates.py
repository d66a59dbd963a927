"""How fast somebody would have had to speak."""

from transcription.transcript import Segment

LETTERS_PER_SECOND = 50
_ENOUGH_LETTERS = 15
_SHORT_MS = 20
_FEW = 4


def is_too_fast(segment: Segment) -> bool:
    """
    Whether more than fifty letters a second were written, which nobody can say; not of a few letters,
    since engines round the times of short words.
    """
    if segment.start_ms is None or segment.end_ms is None:
        return False
    lasting = max(segment.end_ms - segment.start_ms, 1)
    letters = len(segment.text)
    return letters >= _ENOUGH_LETTERS and letters * 1000 > LETTERS_PER_SECOND * lasting


def is_crushed(segment: Segment) -> bool:
    """Whether half of four or more timed words are no longer than 20 ms: their engine found no place."""
    lengths = [
        word.end_ms - word.start_ms
        for word in segment.words
        if word.start_ms is not None and word.end_ms is not None
    ]
    return len(lengths) >= _FEW and 2 * sum(ms <= _SHORT_MS for ms in lengths) >= len(lengths)
