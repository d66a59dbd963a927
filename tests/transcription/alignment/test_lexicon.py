"""The word lists: in the form that is compared, and free of contradictions."""

import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import lexicon as lexicon_package
from transcription.alignment.lexicon import LANGUAGES, load
from transcription.alignment.lexicon.verbs import Agreement, agreement
from transcription.alignment.omissions import with_it
from transcription.errors import UnsupportedLanguage
from transcription.text import fold


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_listed_word_is_in_the_form_that_is_compared(language: str) -> None:
    lexicon = load(language)
    words = lexicon.common | lexicon.light | lexicon.negators | lexicon.joiners
    words |= lexicon.particles | set(lexicon.reservations.whole) | lexicon.prepositions
    words |= lexicon.adverbs | lexicon.modal_words | set(lexicon.verbs.known)
    for word in words | set(lexicon.sets.whole) | set(lexicon.sets.beginnings):
        assert all(fold(part) == part for part in word.split()), word


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_opposites_are_listed_sets_and_no_set_is_its_own_opposite(language: str) -> None:
    lexicon = load(language)
    names = set(lexicon.sets.whole.values()) | set(lexicon.sets.beginnings.values())
    for pair in lexicon.opposites:
        assert len(pair) == 2
        assert pair <= names


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_negator_is_listed_as_a_variant_or_as_meaningless(language: str) -> None:
    lexicon = load(language)
    for word in lexicon.negators | set(lexicon.reservations.whole):
        assert lexicon.concept(word) is None, word
        assert word not in lexicon.light | lexicon.particles


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_same_things_are_known_of_every_language(language: str) -> None:
    lexicon = load(language)
    assert lexicon.binding | lexicon.emphatic <= lexicon.negators
    kinds = set(lexicon.reservations.whole.values())
    assert lexicon.cut_off <= kinds
    assert all(with_it(kind) for kind in kinds), "each kind has a sentence of its own"
    assert {"condition", "limit", "possibility", "obligation", "denial", "report"} <= kinds
    assert {"kill", "seize", "retreat", "send", "release"} <= lexicon.actions
    assert {"directions", "sides", "days", "units of length", "bodies"} <= set(lexicon.members)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_word_is_in_one_set_only(language: str) -> None:
    source = resources.files(lexicon_package).joinpath(f"{language}.json")
    data = json.loads(source.read_text(encoding="utf-8"))
    entries = [
        entry for kind in ("actions", "things") for words in data[kind].values() for entry in words
    ]
    entries += [word for pair in data["antonyms"] for words in pair for word in words.split("|")]
    assert sorted(entries) == sorted(set(entries))


@pytest.mark.parametrize(
    ("language", "one", "other", "expected"),
    [
        ("en", "burn", "burned", Agreement.MOOD),
        ("en", "shoot", "shot", Agreement.MOOD),
        ("en", "seize", "capture", Agreement.SAME),
        ("en", "took", "captured", Agreement.SAME),
        ("en", "kill", "killing", Agreement.UNSURE),
        ("en", "capture", "prisoner", Agreement.UNSURE),
        ("ru", "сожги", "сожгли", Agreement.MOOD),
        ("ru", "взять", "возьмите", Agreement.SAME),
        ("ru", "взять", "захвати", Agreement.SAME),
        ("ru", "убил", "убила", Agreement.DOER),
        ("ru", "расстреляю", "расстреляешь", Agreement.DOER),
        ("ru", "расстреляем", "расстреляли", Agreement.MOOD),
        ("ru", "вали", "убейте", Agreement.SAME),
        ("ru", "плен", "захватить", Agreement.UNSURE),
        ("uk", "розстрілюйте", "розстрілюєте", Agreement.MOOD),
        ("uk", "спали", "спалили", Agreement.UNSURE),
        ("uk", "взяти", "візьміть", Agreement.SAME),
        ("uk", "убив", "убила", Agreement.DOER),
        ("uk", "відкрити", "відкрили", Agreement.MOOD),
    ],
)
def test_forms_of_verbs_tell_an_order_from_a_report_and_who_does_it(
    language: str, one: str, other: str, expected: Agreement
) -> None:
    lexicon = load(language)
    assert agreement(lexicon.verb(one), lexicon.verb(other)) is expected
    assert agreement(lexicon.verb(other), lexicon.verb(one)) is expected


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "load", "loaded"),
        ("en", "carry", "carries"),
        ("en", "stop", "stopped"),
        ("en", "drive", "driving"),
        ("en", "free", "freed"),
        ("en", "commit", "committed"),
        ("ru", "машина", "машины"),
        ("ru", "понял", "поняли"),
        ("uk", "дорога", "дорогою"),
    ],
)
def test_forms_of_one_word_are_recognised(language: str, one: str, other: str) -> None:
    assert load(language).inflected(one, other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "plan", "plane"),
        ("en", "kill", "killer"),
        ("en", "see", "seed"),
        ("en", "car", "cared"),
        ("en", "commander", "command"),
        ("ru", "мост", "мороз"),
        ("ru", "виновен", "невиновен"),
        ("uk", "міст", "місяць"),
    ],
)
def test_different_words_are_not_taken_for_forms(language: str, one: str, other: str) -> None:
    assert not load(language).inflected(one, other)


@given(st.sampled_from(sorted(LANGUAGES)), st.text(max_size=12), st.text(max_size=12))
def test_likeness_of_forms_does_not_depend_on_the_side(
    language: str, one: str, other: str
) -> None:
    lexicon = load(language)
    assert lexicon.inflected(one, other) == lexicon.inflected(other, one)


def test_members_of_a_set_exclude_one_another_whatever_their_form() -> None:
    assert load("ru").exclusion("налево", "правой") == "sides"
    assert load("ru").exclusion("юг", "южнее") is None
    assert load("en").exclusion("north", "south") == "directions"
    assert load("en").exclusion("north", "left") is None


def test_a_language_without_a_lexicon_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedLanguage, match="'ko'"):
        load("ko")
