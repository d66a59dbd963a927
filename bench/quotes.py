"""
How well and how fast quotes are found: all the places where they were spoken, and only those.

The corpus is that of `bench.garbled`, of a seed that nothing was tuned or calibrated on
(`HELD_OUT`). A place counts as found if it shares at least half of the words with one that was
found; its ends are right if both are no more than one word off. What was found beyond that is
false, also where the speech really says something like it again.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import rivals
from bench.figure import Bound, Figure, rounded
from bench.garbled import HOUR, KINDS, Case, Place, cases
from bench.spoken import SHARED, Spoken, spoken
from transcription import formats
from transcription.alignment import align, locate
from transcription.alignment.speech import Speech, hear
from transcription.formats import TranscriptFormat
from transcription.text import tokens
from transcription.transcript import Segment, Transcript, Word

HELD_OUT = 20_000
"""Seed of the cases that are told of; tuning and calibration use those from 1 to 99."""
TURNS = 5
LEAST_WORDS = 4
"""From so many words on an utterance counts as one of the longer ones."""


@dataclass(slots=True)
class Tally:
    """What was found of the places of some quotes."""

    quotes: int = 0
    places: int = 0
    found: int = 0
    exact: int = 0
    false: int = 0

    def add(self, true: Sequence[Place], told: Sequence[Place]) -> None:
        """Count one quote."""
        used = set()
        for place in true:
            shared, at = max(
                ((_shared(place, one), at) for at, one in enumerate(told)), default=(0.0, -1)
            )
            if 2 * shared >= 1:
                used.add(at)
                self.found += 1
                first, last = told[at]
                self.exact += abs(first - place[0]) <= 1 and abs(last - place[1]) <= 1
        self.quotes += 1
        self.places += len(true)
        self.false += len(told) - len(used)

    @property
    def recall(self) -> float:
        """Places found, of all."""
        return self.found / self.places

    @property
    def ends(self) -> float:
        """Places found with both ends right, of all."""
        return self.exact / self.places


@dataclass(slots=True)
class Told:
    """What one way of searching found, by kind of quote."""

    by_kind: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    all: Tally = field(default_factory=Tally)

    def add(self, case: Case, told: Sequence[Place]) -> None:
        """Count one quote."""
        self.by_kind[case.kind].add(case.places, told)
        self.all.add(case.places, told)

    def facts(self, what: str) -> dict[str, object]:
        """One share of each kind."""
        return {kind: round(getattr(one, what), 3) for kind, one in self.by_kind.items()}


def figures(*, text: Path | None, count: int) -> list[Figure]:
    """All figures about finding quotes, over `count` of them."""
    base = spoken("en", folder=text)
    ours, rapidfuzz, edlib = Told(), Told(), Told()
    for case in cases(base, seed=HELD_OUT, count=count):
        ours.add(case, places(case, hear(transcript(case))))
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
        *_speed(base),
        *_apollo(),
    ]


def transcript(case: Case, *, language: str = "en") -> Transcript:
    """The transcript of a case, without times."""
    words = tuple(Word(word) for word in case.transcript)
    return Transcript(language, (Segment(" ".join(case.transcript), words=words),))


def places(case: Case, speech: Speech) -> list[Place]:
    """Where a quote is found, as first and last words."""
    quote = tokens(case.quote, language=speech.language, quoted=True)
    found = locate.places(locate.prepare(quote, speech))
    return [(speech.first[place.first], speech.last[place.last - 1]) for place in found]


def _shared(one: Place, other: Place) -> float:
    """The words that two places share, of all in either."""
    both = min(one[1], other[1]) - max(one[0], other[0]) + 1
    either = max(one[1], other[1]) - min(one[0], other[0]) + 1
    return max(0, both) / either


def _speed(base: Spoken) -> list[Figure]:
    """Time of one quote in an hour of speech, and how it grows."""
    hour = list(cases(base, seed=HELD_OUT + 1, count=8))
    heard = [hear(transcript(case)) for case in hour]
    ours = [
        _best(lambda c=case, s=speech: places(c, s))
        for case, speech in zip(hour, heard, strict=True)
    ]
    whole = [
        _best(lambda c=case, s=speech: align(c.quote, quote_language="en", transcript=s))
        for case, speech in zip(hour, heard, strict=True)
    ]
    others = {
        name: [_best(partial(best, case.quote, " ".join(case.transcript))) for case in hour]
        for name, best in (("rapidfuzz", rivals.by_rapidfuzz), ("edlib", rivals.by_edlib))
    }
    prepared = [_best(lambda c=case: hear(transcript(c)), turns=2) for case in hour[:2]]
    ours.sort()
    facts = {
        "each of 8 quotes, ms": rounded(ours),
        "with comparing and judging, ms": rounded(whole),
        **{f"{name}, its one best place, ms": rounded(times) for name, times in others.items()},
        "splitting the transcript, done once and not included, ms": rounded(prepared),
        "words": HOUR,
        "each spoken": "10 times",
    }
    return [
        Figure(
            name="finding a quote in an hour of speech",
            value=ours[len(ours) // 2],
            unit="ms",
            bound=Bound.LESS_THAN,
            bar=5,
            facts=facts,
        ),
        *_growth(base),
    ]


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


def _apollo() -> list[Figure]:
    """Real radio: the official text against what a large model heard."""
    if not SHARED.is_dir():
        return []
    path = SHARED / "whisper_outputs" / "corner_cases__large_apollo11.mp3.words.json"
    heard = hear(formats.read(path.read_bytes(), format=TranscriptFormat.WHISPER))
    official = json.loads((SHARED / "en_apollo11_official_transcript.json").read_text("utf-8"))
    said = official["segments"]
    found, longer = [], 0
    for at, segment in enumerate(said):
        if len(re.findall(r"[\w']+", segment["text"])) < LEAST_WORDS:
            continue
        longer += 1
        start = segment["t"] * 1000
        end = said[at + 1]["t"] * 1000 if at + 1 < len(said) else start + 10_000
        told = align(segment["text"], quote_language="en", transcript=heard).occurrences
        spans = [place.span_ms for place in told if place.span_ms]
        if any(span.start_ms < end and start < span.end_ms for span in spans):
            found.append(segment["text"][:40])
    return [
        Figure(
            name=f"Apollo 11: utterances of {longer} located",
            value=len(found),
            unit="",
            bar=5,
            facts={"located": found},
        )
    ]


def _best(work: Callable[[], object], *, turns: int = TURNS) -> float:
    """The shortest of several times, in ms of processor time."""
    times = []
    for _ in range(turns):
        before = time.process_time()
        work()
        times.append(1000 * (time.process_time() - before))
    return min(times)
