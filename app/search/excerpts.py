"""
The stretches of transcripts that windows name, as small transcripts that can be compared.

Only the segments that a stretch has a part in are read, and the segments at its ends are cut to the
word; all windows of a search are read together.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.search.models import IndexedPiece, IndexedTranscript
from app.search.terms import MOST_PIECES, STEP
from app.search.windows import Window
from app.transcripts import queries as transcripts
from app.transcripts.queries import Stretch
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of one transcript, the first of which has the number `first_word` there."""

    source: IndexedTranscript
    first_word: int
    content: Content


def excerpts(session: Session, windows: Sequence[Window]) -> list[Excerpt]:
    """The words of each window, in the order of the windows."""
    rows = select(IndexedTranscript).where(
        IndexedTranscript.number.in_({window.transcript for window in windows})
    )
    sources = {row.number: row for row in session.scalars(rows)}
    layouts = _layouts(session, windows)
    stretches = [
        _stretch(sources[window.transcript], layouts[window.transcript], window)
        for window in windows
    ]
    read = transcripts.segments(session, stretches)
    found = []
    for window, stretch, segments in zip(windows, stretches, read, strict=True):
        begin = layouts[window.transcript][stretch.first]
        first = max(begin, window.first)
        source = sources[window.transcript]
        kept = _cut(segments, first - begin, window.last - begin)
        found.append(Excerpt(source, first, Content(source.language, kept)))
    return found


def _layouts(session: Session, windows: Sequence[Window]) -> Mapping[int, dict[int, int]]:
    """By transcript: with which word each segment begins that a window may have a part in."""
    covering = {
        window.transcript * MOST_PIECES + ordinal
        for window in windows
        for ordinal in range(max(0, window.first // STEP - 1), (window.last - 1) // STEP + 1)
    }
    rows = session.execute(
        select(IndexedPiece.id, IndexedPiece.segments).where(IndexedPiece.id.in_(covering))
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for number, (first, *starts) in rows:
        found[number // MOST_PIECES].update(enumerate(starts, start=first))
    return found


def _stretch(source: IndexedTranscript, layout: Mapping[int, int], window: Window) -> Stretch:
    ordinals = sorted(layout)
    starts = [layout[ordinal] for ordinal in ordinals]
    first = max(0, bisect_right(starts, window.first) - 1)
    last = bisect_left(starts, window.last) - 1
    return Stretch(source.transcript_id, ordinals[first], ordinals[last])


def _cut(segments: Sequence[Segment], first: int, last: int) -> tuple[Segment, ...]:
    """The words `[first, last)` of these segments, counted from the first word of the first."""
    kept, at = [], 0
    for segment in segments:
        texts = [word.text for word in segment.words] or segment.text.split()
        here = slice(max(0, first - at), max(0, last - at))
        if texts[here]:
            kept.append(replace(segment, text=" ".join(texts[here]), words=segment.words[here]))
        at += len(texts)
    return tuple(kept)
