"""
Pairs of wordings that nearly are the same words, in `pairs/`: traps, and true variants.

A trap means something else, whichever of the two is quoted, and is never support. A true
variant means the same, and is never called reversed or contradicting, however it is worded.
The pairs were written before the rules were asked.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from transcription.alignment import Verdict, align
from transcription.transcript import Segment, Transcript

LANGUAGES = ("en", "ru", "uk")


@dataclass(frozen=True)
class Pair:
    language: str
    trap: bool
    sort: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.language}: {self.one} | {self.other}"


def pairs(language: str) -> list[Pair]:
    path = Path(__file__).with_name("pairs") / f"{language}.txt"
    found, heading = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        elif line:
            one, other = line.split(" | ")
            kind, sort = heading.split(": ")
            found.append(Pair(language, kind == "trap", sort, one, other))
    return found


ALL = [pair for language in LANGUAGES for pair in pairs(language)]


def verdicts(pair: Pair) -> set[Verdict]:
    """What either wording gets, quoted against the other as spoken."""
    return {
        align(
            quoted,
            quote_language=pair.language,
            transcript=Transcript(pair.language, (Segment(spoken),)),
        ).verdict
        for quoted, spoken in ((pair.one, pair.other), (pair.other, pair.one))
    }


@pytest.mark.parametrize("pair", [pair for pair in ALL if pair.trap], ids=str)
def test_a_trap_is_never_support(pair: Pair) -> None:
    assert not any(verdict.supports for verdict in verdicts(pair))


@pytest.mark.parametrize("pair", [pair for pair in ALL if not pair.trap], ids=str)
def test_a_true_variant_is_never_turned_against_the_quote(pair: Pair) -> None:
    assert verdicts(pair).isdisjoint({Verdict.REVERSED, Verdict.CONTRADICTS})


@pytest.mark.parametrize("language", LANGUAGES)
def test_listed_words_spelling_and_small_words_are_mostly_told_to_be_the_same(
    language: str,
) -> None:
    """The floor under caution: a machine that supports nothing would pass every trap."""
    plain = {"listed words", "spelling and contractions", "spelling", "fillers and small words"}
    found = [verdicts(pair) for pair in pairs(language) if not pair.trap and pair.sort in plain]
    supported = sum(all(verdict.supports for verdict in both) for both in found)
    assert supported * 10 >= len(found) * 6


def test_the_languages_are_attacked_evenly() -> None:
    traps = [sum(pair.trap for pair in pairs(language)) for language in LANGUAGES]
    assert min(traps) >= 180
    assert max(traps) - min(traps) <= 15
