"""What holds for any text at all: places are exact, attributions nest, nothing breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.attribution import MAX_CHARACTERS, Reading, SayerKind, read
from transcription.errors import TextTooLong, UnsupportedLanguage

PIECES = [
    *"“”„«»\"'’,—–-:.!?…()",
    " ",
    "\n",
    "\u202e",
    "\ue000",
    " said that ",
    " he said ",
    " CNN reported ",
    " according to ",
    " citing officials ",
    " the publication ",
    " who ",
    " and ",
    " but ",
    " This was reported by ",
    " on Wednesday ",
    " a forensic expert ",
    " Ivan Moroz ",
    " the SBU ",
    " is believed to ",
    " сказал, что ",
    " по словам ",
    " об этом сообщает ",
    " представитель ",
    " повідомляє CNN ",
    " з посиланням на ",
    "שלום",
    "🎧",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=50).map("".join) | st.text(max_size=200)
LANGUAGES = st.sampled_from([None, "und", "en", "ru", "uk", "de"])


def hold(text: str, found: Reading) -> None:
    """Everything that must be true of a reading of this text."""
    for number, each in enumerate(found.attributions):
        assert each.words
        for place in (*each.words, each.cue, each.sentence):
            assert 0 <= place.start < place.end <= len(text)
            assert place.of(text).strip()
        for earlier, later in zip(each.words, each.words[1:], strict=False):
            assert earlier.end <= later.start
        for sayer in (*each.sayers, *each.via, *each.cited):
            assert sayer.place.of(text) == sayer.text
        if each.inside is not None:
            assert each.inside != number
            assert found.attributions[each.inside].covers(each.cue.start, each.cue.end)


@given(TEXTS, LANGUAGES)
def test_every_place_stands_in_the_text(text: str, language: str | None) -> None:
    found = read(text, language=language)

    hold(text, found)
    assert found == read(text, language=language)


def test_a_language_without_rules_is_said_to_have_none() -> None:
    found = read("Die Polizei sagte, dass niemand verletzt wurde.", language="de")

    assert (found.attributions, "de" in found.note) == ((), True)


def test_a_text_longer_than_any_snapshot_is_refused() -> None:
    with pytest.raises(TextTooLong):
        read("a" * (MAX_CHARACTERS + 1), language="en")


def test_what_is_no_language_tag_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage):
        read("He said so.", language="not a tag")


def test_a_name_that_the_case_knows_for_a_publication_is_read_as_one() -> None:
    text = "Nordlys Avisa said the tape was cut."

    unknown, known = (
        read(text, language="en"),
        read(text, language="en", publications=["Nordlys Avisa"]),
    )

    assert unknown.attributions[0].sayers[0].kind is SayerKind.PERSON
    assert known.attributions[0].sayers[0].kind is SayerKind.PUBLICATION


def test_words_are_asked_for_by_place() -> None:
    text = "CNN reported that Ukrainian officials believe the order was given by radio."
    at = text.index("the order")

    around = read(text, language="en").around(at, at + 9)

    assert [each.sayers[0].text for each in around] == ["Ukrainian officials", "CNN"]
    assert [sayer.text for sayer in around[0].via] == ["CNN"]


def test_what_this_was_reported_of_is_the_words_before_it() -> None:
    text = "The bridge was lost. Nobody was hurt. This was reported by Ukrinform, citing Reuters."

    (found,) = read(text, language="en").attributions

    assert found.points_back
    assert found.place.of(text) == "The bridge was lost. Nobody was hurt."
    assert [sayer.text for sayer in found.publications] == ["Reuters", "Ukrinform"]
