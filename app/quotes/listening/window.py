"""
Which span somebody listens to who is not to know where in it the quote is, or how long it is.

The window is one of a few lengths, each twice the one before, and the quote lies anywhere in it
that leaves a margin on both sides. Where is drawn from the quote and its place, so that every
listener of a place hears the same window and what they heard can be compared.
"""

from hashlib import sha256

from transcription.span import Span

LENGTHS_MS = (12_000, 24_000, 48_000, 96_000, 192_000)
MARGIN_MS = 3_000
"""What is heard at least before and after the place, where the recording has it."""
LONGEST_MS = LENGTHS_MS[-1] - 2 * MARGIN_MS
"""No longer place is listened to blind: nobody writes down more than that by heart."""


def window(place: Span, *, duration_ms: int, drawn_from: str) -> Span:
    """
    The window around a place of a recording that lasts `duration_ms`.

    `ValueError` for a place that is longer than `LONGEST_MS`, empty, or outside the recording.
    """
    if not 0 < place.duration_ms <= LONGEST_MS or place.end_ms > duration_ms:
        raise ValueError(f"no window fits {place.fragment()} of {duration_ms} ms")
    length = next(each for each in LENGTHS_MS if each >= place.duration_ms + 2 * MARGIN_MS)
    if length >= duration_ms:
        return Span(0, duration_ms)
    freedom = length - place.duration_ms - 2 * MARGIN_MS
    digest = sha256(f"{drawn_from}:{place.fragment()}".encode()).digest()
    before = MARGIN_MS + int.from_bytes(digest[:8]) % (freedom + 1)
    start = min(max(0, place.start_ms - before), duration_ms - length)
    return Span(start, start + length)
