"""What holds of every text that claims are read in."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.claims import reading
from app.claims.predicates import Predicate, read
from app.claims.reading.lexicon import LANGUAGES, load, meanings
from app.claims.terms import Modality
from app.claims.values import from_json, to_json
from transcription.errors import TextTooLong

TEXTS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("invented.json").read_text(encoding="utf-8")
)
PUBLISHED = date(2025, 5, 22)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(TEXTS),
    st.integers(0, 900),
    st.integers(0, 60),
    st.sampled_from(["", " ", "\n", "«", "“", "(", "5", ". ", ": ", "\u202e", "\x00", "Ж"]),
)
def test_every_proposal_of_a_mangled_text_stands_in_it_and_has_a_typed_value(
    text: dict[str, Any], start: int, length: int, put: str
) -> None:
    whole = text["text"]
    mangled = whole[:start] + put + whole[start + length :]

    for each in reading.propose(mangled, language=text["language"], published=PUBLISHED).proposals:
        assert mangled[each.start : each.end] == each.exact
        assert each.exact.strip()
        spelled = to_json(each.value)
        assert read(each.kinds[0], each.predicate, spelled, each.modality) == each.value
        assert from_json(type(each.value), spelled) == each.value


@pytest.mark.parametrize("text", TEXTS, ids=lambda each: each["text"][:20])
def test_the_same_text_is_read_alike_and_each_place_claims_one_thing_of_a_sort(
    text: dict[str, Any],
) -> None:
    one = reading.propose(text["text"], language=text["language"], published=PUBLISHED)
    other = reading.propose(text["text"], language=text["language"], published=PUBLISHED)

    assert one == other
    places = [(each.start, each.end, each.predicate) for each in one.proposals]
    assert len(set(places)) == len(places)
    assert places == sorted(places, key=lambda each: each[:2])
    denied = {each.modality for each in one.proposals if each.predicate is Predicate.DENIAL}
    assert denied <= {Modality.DENIED}


@pytest.mark.parametrize("text", ["", "\n\n", "…", "1 2 3 2024", "«»“”", "a" * 5000])
def test_a_text_without_claims_has_none(text: str) -> None:
    for language in LANGUAGES:
        assert reading.propose(text, language=language).proposals == ()


def test_a_language_without_rules_says_so() -> None:
    read_in = reading.propose("Am Mittwoch wurden 20 Fälle gemeldet.", language="de")

    assert read_in.proposals == ()
    assert "'de'" in read_in.note


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(TextTooLong):
        reading.propose("a " * 200_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_of_values_is_one_that_there_is(language: str) -> None:
    assert meanings(language, "hedge", Modality)
    lexicon = load(language)
    for name, templates in lexicon.data.items():
        if name.startswith("wording_"):
            for template in templates:
                lexicon.matcher(template)
