"""
Laws that the word lists themselves spell out, tried with every listed word in three languages.

A reservation, an opposite or an excluded word is put into a sentence that was spoken plainly, or
into its quote: however well the other words agree, that is never support.
"""

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.alignment import Verdict, align
from transcription.alignment.lexicon import LANGUAGES, load
from transcription.transcript import Segment, Transcript

PLAIN = {
    "en": "count the barrels at the bridge and paint twelve ladders near the station",
    "ru": "посчитай бочки у моста и покрась двенадцать лестниц около станции",
    "uk": "порахуй бочки біля мосту та пофарбуй дванадцять драбин коло станції",
}


@dataclass(frozen=True)
class Listed:
    """A listed word, written out where the list has only its beginning."""

    words: str
    kind: str


def reservations(language: str) -> list[Listed]:
    patterns = load(language).reservations
    ending = "ed" if language == "en" else "о"
    return [Listed(words, kind) for words, kind in sorted(patterns.whole.items())] + [
        Listed(words + ending, kind) for words, kind in sorted(patterns.beginnings.items())
    ]


def exclusions(language: str) -> list[tuple[str, str]]:
    """Pairs of members, whole words only, of which at most one can be true."""
    found = []
    for members in load(language).members.values():
        by_entry: dict[str, str] = {}
        for word, entry in sorted(members.whole.items()):
            by_entry.setdefault(entry, word)
        found += list(itertools.pairwise(by_entry.values()))
    return found


def verdict(language: str, quoted: str, spoken: str) -> Verdict:
    transcript = Transcript(language, (Segment(spoken),))
    return align(quoted, quote_language=language, transcript=transcript).verdict


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("at", [0, 1, 5])
def test_what_is_said_under_a_reservation_is_never_support_without_it(
    language: str, at: int
) -> None:
    plain = PLAIN[language]
    words = plain.split()
    wrong = [
        listed
        for listed in reservations(language)
        for reserved in [" ".join([*words[:at], listed.words, *words[at:]])]
        for quoted, spoken in ((plain, reserved), (reserved, plain))
        if verdict(language, quoted, spoken).supports
    ]

    assert wrong == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_reservation_after_the_quote_counts_where_its_kind_is_said_to(language: str) -> None:
    plain, cut_off = PLAIN[language], load(language).cut_off
    wrong = [
        listed
        for listed in reservations(language)
        if listed.kind in cut_off and verdict(language, plain, f"{plain} {listed.words}").supports
    ]

    assert wrong == []


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_of_two_things_that_exclude_one_another_neither_supports_the_other(language: str) -> None:
    words = PLAIN[language].split()
    wrong = [
        pair
        for pair in exclusions(language)
        for quoted, spoken in [[" ".join([*words[:4], word, *words[4:]]) for word in pair]]
        if verdict(language, quoted, spoken).supports
    ]

    assert wrong == []


@settings(max_examples=60)
@given(st.sampled_from(sorted(LANGUAGES)), st.data())
def test_listed_opposites_never_support_one_another(language: str, data: st.DataObject) -> None:
    lexicon = load(language)
    pair = sorted(data.draw(st.sampled_from(sorted(map(sorted, lexicon.opposites)))))
    words = {
        name: sorted(word for word, of in lexicon.sets.whole.items() if of == name)
        for name in pair
    }
    if not all(words.values()):
        return
    one, other = (data.draw(st.sampled_from(words[name])) for name in pair)
    plain = PLAIN[language].split()
    quoted, spoken = (" ".join([*plain[:3], word, *plain[3:]]) for word in (one, other))

    assert not verdict(language, quoted, spoken).supports
