"""
How well and how fast quotes are found: all the places where they were spoken, and only those.

The corpus is that of `bench.garbled`, of a seed that nothing was tuned or calibrated on
(`HELD_OUT`); what counts as found is told in `bench.tally`.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import apollo, rivals, sureness
from bench.figure import Bound, Figure, rounded
from bench.garbled import HOUR, cases
from bench.spoken import Spoken, spoken
from bench.tally import Told, found, transcript
from transcription.alignment import align, locate
from transcription.alignment.speech import hear
from transcription.text import tokens
from transcription.transcript import Segment, Transcript

HELD_OUT = 20_000
"""Seed of the cases that are told of; tuning and calibration use lower ones."""
TURNS = 5


def figures(*, text: Path | None, count: int) -> list[Figure]:
    """All figures about finding quotes, over `count` of them."""
    base = spoken("en", folder=text)
    ours, rapidfuzz, edlib = Told(), Told(), Told()
    for case in cases(base, seed=HELD_OUT, count=count):
        ours.add(case, [place.words for place in found(case, base.language)])
        for told, best in ((rapidfuzz, rivals.by_rapidfuzz), (edlib, rivals.by_edlib)):
            told.add(
                case, rivals.places(best, case.quote, case.transcript, times=len(case.places))
            )
    source = {"text": base.source, "quotes": ours.all.quotes, "places": ours.all.places}
    return [
        Figure(
            name="places of quotes found",
            value=ours.all.recall,
            unit="",
            bar=0.95,
            facts={
                **source,
                **ours.facts("recall"),
                "rapidfuzz": round(rapidfuzz.all.recall, 3),
                "edlib": round(edlib.all.recall, 3),
            },
        ),
        Figure(
            name="both ends within a word",
            value=ours.all.ends,
            unit="",
            bar=0.9,
            facts={
                **ours.facts("ends"),
                "rapidfuzz": round(rapidfuzz.all.ends, 3),
                "edlib": round(edlib.all.ends, 3),
            },
        ),
        Figure(
            name="false places of a quote",
            value=ours.all.false / ours.all.quotes,
            unit="",
            bound=Bound.AT_MOST,
            bar=0.5,
            facts={kind: round(one.false / one.quotes, 3) for kind, one in ours.by_kind.items()},
        ),
        *sureness.figures(text=text, seed=HELD_OUT + 100),
        *_speed(base),
        *apollo.figures(),
    ]


def _speed(base: Spoken) -> list[Figure]:
    """Time of one quote in an hour of speech, spoken once and ten times, and how it grows."""
    once, often = (list(cases(base, seed=HELD_OUT + 1, count=8, times=times)) for times in (1, 10))
    prepared = [_best(partial(hear, transcript(case)), turns=2) for case in once[:2]]
    others = {
        f"{name}, its one best place, ms": rounded(
            [_best(partial(best, case.quote, " ".join(case.transcript))) for case in once]
        )
        for name, best in (("rapidfuzz", rivals.by_rapidfuzz), ("edlib", rivals.by_edlib))
    }
    figures = []
    for name, hour, bar in (("once", once, 5), ("ten times", often, None)):
        heard = [hear(transcript(case)) for case in hour]
        both = list(zip(hour, heard, strict=True))
        ours = sorted(_best(partial(found, case, "en", speech)) for case, speech in both)
        whole = [
            _best(partial(align, case.quote, quote_language="en", transcript=speech))
            for case, speech in both
        ]
        figures.append(
            Figure(
                name=f"finding a quote spoken {name} in an hour of speech",
                value=statistics.median(ours),
                unit="ms",
                bound=Bound.LESS_THAN,
                bar=bar,
                facts={
                    "each of 8 quotes, ms": rounded(ours),
                    "with comparing and judging, ms": rounded(whole),
                    **others,
                    "splitting the transcript, once for all quotes and not included, ms": (
                        rounded(prepared)
                    ),
                    "words": HOUR,
                },
            )
        )
    return [*figures, *_growth(base)]


def _growth(base: Spoken) -> list[Figure]:
    """How time per word grows with the length of the transcript and of the quote."""
    found = []
    short, long = (_case_time(base, words=words, quote=20) / words for words in (HOUR, 8 * HOUR))
    few, many = (_case_time(base, words=HOUR, quote=length) / length for length in (20, 160))
    for name, over, under in (
        ("time per spoken word, 8 hours against one", long, short),
        ("time per quoted word, 160 against 20", many, few),
    ):
        found.append(
            Figure(
                name=name,
                value=over / under,
                bound=Bound.AT_MOST,
                bar=2,
                facts={"µs a word": rounded([1000 * under, 1000 * over])},
            )
        )
    return found


def _case_time(base: Spoken, *, words: int, quote: int) -> float:
    text = " ".join((base.words * (1 + words // len(base.words)))[:words])
    speech = hear(Transcript("en", (Segment(text),)))
    said = tokens(" ".join(base.words[1_000 : 1_000 + quote]), language="en", quoted=True)
    return _best(lambda: locate.places(locate.prepare(said, speech)))


def _best(work: Callable[[], object], *, turns: int = TURNS) -> float:
    """The shortest of several times, in ms of processor time."""
    times = []
    for _ in range(turns):
        before = time.process_time()
        work()
        times.append(1000 * (time.process_time() - before))
    return min(times)
