"""
Finding a quote in a whole catalogue, while that grows: speed, what is found, size of the index.

The catalogue is `bench.catalogue` in one SQLite file, searched as a reader of one case does; times are of
the processor, since one search runs on one core. What stands beside it looks for the same quotes through
all of the text, each time, for one best place (`bench.rivals`): that is what one has without an index.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select, text

from app.core import migration
from app.core.database import Database
from app.search import queries
from app.search.queries import MAX_LIMIT, Found
from app.search.scope import Scope
from app.transcripts.models import SegmentRow
from bench import rivals, spoken
from bench.catalogue import CASE, SPEAKERS, Catalogue, Planted
from bench.figure import Bound, Figure, rounded
from bench.rivals import Best

MILLION = 1_000_000
SIZES = (1.0, 4.5, 27.0)
"""Millions of words at which it is measured."""
P50_MS, P95_MS = 60, 300
QUOTES, TURNS, YARDSTICKS = 60, 3, 3
HALF = 0.5

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured with so many words in the catalogue; times in ms of the processor."""

    words: int
    searched_ms: list[float]
    recall: float
    false: float
    looked_ms: dict[str, list[float]]

    def percentile(self, percent: int) -> float:
        """The time within which so many of a hundred searches are done."""
        return statistics.quantiles(self.searched_ms, n=100, method="inclusive")[percent - 1]


def figures(folder: Path, *, millions: Sequence[float], real: Path | None) -> list[Figure]:
    """Speed and recall at each size, the bars at the largest; then what the index costs."""
    database = Database(f"sqlite:///{folder / 'search.db'}")
    migration.upgrade(database)
    base = spoken.spoken("en", folder=real, words=round(min(millions) * MILLION / SPEAKERS))
    catalogue = Catalogue(database, base)
    catalogue.say_the_text()
    planted = list(catalogue.quotes(QUOTES))
    found: list[Figure] = []
    for size in sorted(millions):
        catalogue.fill_up(round(size * MILLION))
        measured = _measure(database, catalogue.words, planted)
        found += _figures(measured, is_last=size == max(millions))
    found.append(_cost(database, catalogue))
    database.dispose()
    return found


def _measure(database: Database, words: int, planted: Sequence[Planted]) -> Measured:
    times: list[float] = []
    hits = false = 0
    for one in planted:
        turns = [_timed(partial(_search, database, one.quote)) for _ in range(TURNS)]
        times.append(min(spent for spent, _ in turns))
        places = turns[-1][1].places
        right = sum(
            any(
                place.transcript.id == transcript_id
                and _shared(range(first, last + 1), place.words)
                for place in places
            )
            for transcript_id, (first, last) in one.places
        )
        hits += right
        false += max(0, len(places) - right)
    spoken_at = sum(len(one.places) for one in planted)
    yardsticks = [one.quote for one in planted if one.kind == "plain"][:YARDSTICKS]
    looked = _without_index(database, yardsticks)
    return Measured(words, times, hits / spoken_at, false / len(planted), looked)


def _search(database: Database, quote: str) -> Found:
    with database.reading() as session:
        return queries.search(
            session, quote=quote, language="en", scope=Scope(case_ids={CASE}), limit=MAX_LIMIT
        )


def _shared(one: range, other: range) -> bool:
    """Whether at least half of the words in either are in both."""
    both = min(one.stop, other.stop) - max(one.start, other.start)
    return both >= HALF * (len(one) + len(other) - both)


def _without_index(database: Database, quotes: Sequence[str]) -> dict[str, list[float]]:
    with database.reading() as session:
        rows = session.execute(
            select(SegmentRow.transcript_id, SegmentRow.text).order_by(
                SegmentRow.transcript_id, SegmentRow.ordinal
            )
        )
        said: dict[str, list[str]] = {}
        for transcript_id, words in rows:
            said.setdefault(transcript_id, []).append(words)
    texts = [" ".join(words) for words in said.values()]
    ways: dict[str, Best] = {"edlib": rivals.by_edlib, "rapidfuzz": rivals.by_rapidfuzz}
    return {
        name: [_timed(partial(_look, best, quote, texts))[0] for quote in quotes]
        for name, best in ways.items()
    }


def _look(best: Best, quote: str, texts: Sequence[str]) -> float:
    return max(place[2] for one in texts if (place := best(quote, one)))


def _timed(do: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.process_time()
    answer = do()
    return 1000 * (time.process_time() - began), answer


def _figures(measured: Measured, *, is_last: bool) -> list[Figure]:
    at = f"{measured.words / MILLION:.1f} million words"
    own = statistics.median(measured.searched_ms)
    looked = {name: statistics.median(times) for name, times in measured.looked_ms.items()}
    return [
        Figure(
            name=f"Search, {at}: half are done within",
            value=measured.percentile(50),
            unit="ms",
            bound=Bound.AT_MOST,
            bar=P50_MS if is_last else None,
            facts={"searches": len(measured.searched_ms), "best of": TURNS},
        ),
        Figure(
            name=f"Search, {at}: 95 of 100 within",
            value=measured.percentile(95),
            unit="ms",
            bound=Bound.AT_MOST,
            bar=P95_MS if is_last else None,
            facts={"slowest_ms": round(max(measured.searched_ms))},
        ),
        Figure(
            name=f"Search, {at}: faster than the faster of edlib and rapidfuzz through all text",
            value=min(looked.values()) / own,
            facts={f"{name}_ms": rounded(times) for name, times in measured.looked_ms.items()},
        ),
        Figure(
            name=f"Search, {at}: planted places found",
            value=100 * measured.recall,
            unit="%",
            facts={"places beyond them a quote": round(measured.false, 2)},
        ),
    ]


def _cost(database: Database, catalogue: Catalogue) -> Figure:
    sizes = {
        "terms": "select sum(length(block)) from search_terms_data",
        "pieces": "select sum(length(text) + length(segments)) from search_piece",
        "text": "select sum(length(text)) from transcript_segment",
    }
    with database.reading() as session:
        found = {name: session.scalars(text(query)).one() for name, query in sizes.items()}
    return Figure(
        name="Search index: size against the text that is searched",
        value=(found["terms"] + found["pieces"]) / found["text"],
        facts={
            **{f"{name}_MB": round(size / MILLION, 1) for name, size in found.items()},
            "words put in a second": round(catalogue.indexed / catalogue.indexing_s),
        },
    )
