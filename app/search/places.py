"""
Comparing a quote with stretches of transcripts, and what is told of each place.

A place is an occurrence as `transcription.alignment` finds it, counted through the whole version. What
it stands on is weighed as for any alignment; of a recording whose audio nobody here holds it says
only that the words are there.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.quotes.annotation import fragment
from app.quotes.footing import Footing, weighed
from app.quotes.queries import with_audio
from app.search.excerpts import Excerpt
from app.search.models import IndexedTranscript
from app.search.wanted import Wanted
from app.transcripts.models import Transcript
from transcription.alignment import Verdict, align
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

Match = tuple[IndexedTranscript, dict[str, Any]]
"""An occurrence as data, and the indexed version that it is in."""

_BREAK = Segment(".", words=(Word("."),))
"""Ends a sentence between two excerpts, and is no word to be compared."""
_NO_AUDIO = "no audio of this recording is held, so nothing published of it can be checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where a quote, or something close to it, stands in one version of a transcript.

    `occurrence` is what an alignment has for it; where no audio is held its verdict says so and its
    score is None.
    """

    transcript: Transcript
    rests_on: Footing
    occurrence: dict[str, Any]

    @property
    def page(self) -> str:
        """Where it is shown: the recording with this version, cued to the place if that has times."""
        page = f"/recordings/{self.transcript.recording_id}?transcript={self.transcript.id}"
        cue = fragment(self.occurrence)
        return f"{page}#{cue}" if cue else page

    @property
    def words(self) -> range:
        """Its words, by their numbers in the version."""
        return range(self.occurrence["first_word"], self.occurrence["last_word"] + 1)


def compare(session: Session, asked: Wanted, excerpts: Sequence[Excerpt]) -> list[Place]:
    """Every place in these excerpts, the best first; where two overlap, only the better one."""
    found = list(_matches(asked, excerpts))
    found = _apart(sorted(found, key=_order))
    ids = {source.transcript_id for source, _ in found}
    versions = {
        row.id: row for row in session.scalars(select(Transcript).where(Transcript.id.in_(ids)))
    }
    recordings = {source.recording_id for source, _ in found}
    held = with_audio(session, recordings)
    return [
        Place(
            transcript=versions[source.transcript_id],
            rests_on=source.rests_on,
            occurrence=_weighed(occurrence, source.rests_on)
            if source.recording_id in held
            else _unjudged(occurrence),
        )
        for source, occurrence in found
    ]


def _matches(asked: Wanted, excerpts: Sequence[Excerpt]) -> Iterator[Match]:
    """
    Every place in each excerpt.

    They are compared as one transcript, which costs little more than one of them alone. Margins keep
    them apart; should a place reach from one into the next all the same, both are compared anew.
    """
    starts: list[int] = []
    segments: list[Segment] = []
    count = 0
    for excerpt in excerpts:
        starts.append(count)
        segments += [*excerpt.content.segments, _BREAK]
        count += sum(1 for _ in excerpt.content.words()) + 1
    torn: set[int] = set()
    matches: list[tuple[int, Match]] = []
    for occurrence in _aligned(asked, segments):
        at = bisect_right(starts, occurrence["first_word"]) - 1
        end = bisect_right(starts, occurrence["last_word"]) - 1
        torn |= set(range(at, end + 1)) if end > at else set()
        matches.append((at, _match(excerpts[at], occurrence, by=-starts[at])))
    yield from (match for at, match in matches if at not in torn)
    for at in sorted(torn):
        for occurrence in _aligned(asked, excerpts[at].content.segments):
            yield _match(excerpts[at], occurrence, by=0)


def _aligned(asked: Wanted, segments: Sequence[Segment]) -> list[dict[str, Any]]:
    if not segments:
        return []
    spoken = Content(asked.language, tuple(segments))
    found = align(asked.quote, quote_language=asked.language, transcript=spoken)
    return [occurrence.as_data() for occurrence in found.occurrences]


def _match(excerpt: Excerpt, occurrence: dict[str, Any], *, by: int) -> Match:
    """The occurrence with words counted through the whole version, which begin `by` later here."""
    by += excerpt.first_word
    operations = [_moved(step, by=by) for step in occurrence["operations"]]
    return excerpt.source, {**_moved(occurrence, by=by), "operations": operations}


def _moved(what: dict[str, Any], *, by: int) -> dict[str, Any]:
    if what["first_word"] is None:
        return what
    return {**what, "first_word": what["first_word"] + by, "last_word": what["last_word"] + by}


def _order(match: Match) -> tuple[bool, int, int, int]:
    source, occurrence = match
    supports = Verdict(occurrence["verdict"]).supports
    return not supports, -occurrence["score_permille"], source.number, occurrence["first_word"]


def _apart(matches: Iterable[Match]) -> list[Match]:
    """Without those that share words of a version with a better one: windows may overlap."""
    taken: dict[int, list[range]] = {}
    kept = []
    for source, occurrence in matches:
        words = range(occurrence["first_word"], occurrence["last_word"] + 1)
        others = taken.setdefault(source.number, [])
        if all(words.start >= other.stop or other.start >= words.stop for other in others):
            others.append(words)
            kept.append((source, occurrence))
    return kept


def _weighed(occurrence: dict[str, Any], on: Footing) -> dict[str, Any]:
    """With what it stands on taken into account, as for an alignment."""
    alone: dict[str, Any] = weighed(
        {**occurrence, "features": {}, "occurrences": [occurrence]}, on
    )
    (counted,) = alone["occurrences"]
    return {**counted, "reasons": alone["reasons"]}


def _unjudged(occurrence: dict[str, Any]) -> dict[str, Any]:
    """Without held audio: where the words are, and nothing of how well they fit."""
    verdict = Verdict.NOT_CHECKABLE_NO_AUDIO.value
    return {**occurrence, "verdict": verdict, "reasons": [_NO_AUDIO], "score_permille": None}
