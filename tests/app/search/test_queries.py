"""Finding quotes in the catalogue: to the second, in every version that stands, nowhere else."""

import random

import pytest

from app.core.errors import Invalid
from app.search.queries import Found
from app.transcripts.models import TranscriptKind
from transcription.alignment import Verdict
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import WORD_MS, Catalogue, timed

QUOTE = "unload forty sacks of flour behind the mill"
TALK = "over we they go road bridge truck wait copy roger north until morning fuel send two"


def chatter(words: int, *, seed: int = 1, of: str = TALK) -> list[str]:
    """Radio talk in which nothing of the quote is said."""
    return random.Random(seed).choices(of.split(), k=words)


def test_a_quote_is_found_in_a_transcript_of_three_hours_to_the_second(
    catalogue: Catalogue,
) -> None:
    at = 20_011
    words = chatter(27_000)
    words[at - 1 : at + 9] = f"over. {QUOTE}. Over".split()
    said = catalogue.said(timed(" ".join(words)))
    catalogue.said(timed(" ".join(chatter(3_000, seed=2))))

    found = catalogue.search(QUOTE)

    (place,) = found.places
    assert place.transcript.id == said.id
    assert place.words == range(at, at + 8)
    assert place.occurrence["start_ms"] == at * WORD_MS
    assert place.occurrence["end_ms"] == (at + 8) * WORD_MS
    assert place.occurrence["verdict"] == Verdict.VERBATIM
    assert found.complete
    assert (found.searched.transcripts, found.searched.words) == (2, 30_000)


def test_every_place_is_found_and_each_once_though_pieces_overlap(catalogue: Catalogue) -> None:
    words = chatter(3_000)
    planted = (5, 440, 470, 900, 1_343, 2_992)
    for at in planted:
        words[at : at + 8] = QUOTE.split()
    catalogue.said(timed(" ".join(words)))

    found = catalogue.search(QUOTE)

    assert sorted(place.words.start for place in found.places) == list(planted)


def test_an_inflected_wording_is_found(catalogue: Catalogue) -> None:
    russian = "приём да нет мост дорога колонна вода утром север машина два три".split()
    words = random.Random(1).choices(russian, k=2_000)
    words[777:783] = "убейте командиров и остальных отведите назад".split()
    catalogue.said(timed(" ".join(words), language="ru"))

    found = catalogue.search("убить командира и остальных отвести назад", language="ru")

    assert found.places[0].words == range(777, 783)


def test_a_case_one_is_not_in_neither_gives_places_nor_takes_any(catalogue: Catalogue) -> None:
    """What others hold changes nothing in an answer: not its places, not whether it is complete."""
    mine = catalogue.said(QUOTE)
    before = catalogue.search(QUOTE)
    for _ in range(130):  # more than one search reads pieces
        catalogue.said(f"{QUOTE} again", case="case-2")

    after = catalogue.search(QUOTE)

    assert shown(after) == shown(before)
    assert [place.transcript.id for place in after.places] == [mine.id]
    assert catalogue.search(QUOTE, cases=("case-2",)).complete is False


def shown(found: Found) -> object:
    places = [(place.transcript.id, place.occurrence) for place in found.places]
    return places, found.complete, found.searched


def test_a_quote_is_looked_for_in_one_recording_if_one_is_named(catalogue: Catalogue) -> None:
    one, other = catalogue.said(QUOTE), catalogue.said(QUOTE)

    found = catalogue.search(QUOTE, recording_id=other.recording_id)

    assert [place.transcript.id for place in found.places] == [other.id]
    assert found.searched.transcripts == 1
    assert one.recording_id != other.recording_id


def test_a_version_that_a_correction_replaced_is_searched_only_on_demand(
    catalogue: Catalogue,
) -> None:
    recording = catalogue.recording()
    first = catalogue.said(f"{QUOTE} today", recording=recording)
    second = catalogue.said(
        "load nine sacks of salt today",
        recording=recording,
        kind=TranscriptKind.CORRECTION,
        parent=first,
    )

    assert catalogue.search("behind the mill").places == ()
    everything = catalogue.search("behind the mill", superseded=True)
    assert [place.transcript.id for place in everything.places] == [first.id]
    assert catalogue.search("nine sacks of salt").places[0].transcript.id == second.id


def test_a_translated_quote_is_found_in_a_translation_which_is_said(catalogue: Catalogue) -> None:
    recording = catalogue.recording()
    russian = timed("выгрузите сорок мешков муки за мельницей", language="ru")
    spoken = catalogue.said(russian, recording=recording)
    catalogue.said(QUOTE, recording=recording, kind=TranscriptKind.TRANSLATION, parent=spoken)

    found = catalogue.search(QUOTE)

    (place,) = found.places
    assert place.rests_on == "translation"
    assert place.occurrence["verdict"] == Verdict.VARIANT_WORDING, "never word for word"
    assert "compared with a translation" in place.occurrence["reasons"][0]
    assert found.searched.translations == 1
    assert found.searched.other_languages == {"ru": 1}


def test_without_held_audio_the_place_is_told_and_nothing_is_scored(catalogue: Catalogue) -> None:
    catalogue.said(QUOTE, recording=catalogue.recording(held=False))

    (place,) = catalogue.search(QUOTE).places

    assert place.occurrence["verdict"] == Verdict.NOT_CHECKABLE_NO_AUDIO
    assert place.occurrence["score_permille"] is None


def test_what_is_not_in_the_index_yet_is_counted(catalogue: Catalogue) -> None:
    catalogue.said(QUOTE, indexed=False)
    catalogue.said(QUOTE, indexed=False, case="case-2")

    found = catalogue.search(QUOTE)

    assert found.places == ()
    assert found.searched.waiting == 1


def test_a_transcript_of_segments_without_word_times_is_found_by_its_segment(
    catalogue: Catalogue,
) -> None:
    content = Content("en", (Segment("over", 0, 900), Segment(f"{QUOTE} over", 1_000, 9_000)))
    catalogue.said(content)

    (place,) = catalogue.search(QUOTE).places

    assert (place.occurrence["start_ms"], place.occurrence["end_ms"]) == (1_000, 9_000)


@pytest.mark.parametrize(
    "quote", ["forty sacks", "mill", "sacks … mill", "forty [expletive] sacks"]
)
def test_short_quotes_and_quotes_with_marks_are_found(catalogue: Catalogue, quote: str) -> None:
    words = chatter(2_000)
    words[900:908] = QUOTE.split()
    catalogue.said(timed(" ".join(words)))

    places = catalogue.search(quote).places

    assert places
    assert all(900 <= place.words.start < 908 for place in places)


@pytest.mark.parametrize(
    "quote",
    [
        '"mill" OR terms:* NEAR(sacks, 3) NOT {x} ^forty + - "',
        "mill' & !sacks | (forty <-> flour):*A \\' \\",
        "'; drop table search_terms; --",
        "sacks\u200bof\u200dflour \u202eforty\u202c mi\u00adll",
        "m\u0456ll \u0455acks of flour",  # Cyrillic letters among Latin ones
        "to be or not to be that is it",
        "мешки 12.5 B-1 10,000 don't café",
        "a" * 15_000,
        "_ _ * ** *.* a_b forty*sacks",
        "אל תהרוג את השאר",
        " ".join(["sacks of flour"] * 600),
    ],
)
def test_any_text_is_looked_for_and_means_only_its_words(catalogue: Catalogue, quote: str) -> None:
    catalogue.said(f"{QUOTE} and five sacks of salt")

    for language in ("en", "ru", "he"):
        assert isinstance(catalogue.search(quote, language=language).complete, bool)
    assert catalogue.search(QUOTE).places, "and nothing was done to the index"


@pytest.mark.parametrize(
    ("quote", "language", "field"),
    [
        ("", "en", "quote"),
        (" \n ", "en", "quote"),
        ("… [unintelligible] —", "en", "quote"),
        ("🙂 🚚 🚚", "en", "quote"),
        ("?!", "en", "quote"),
        ("\u200b\u200d", "en", "quote"),
        ("a\x00b", "en", "quote"),
        ("a \ud800", "en", "quote"),
        ("word " * 3_000, "en", "quote"),
        ("word " * 10_000, "en", "quote"),
        (QUOTE, "und", "language"),
        (QUOTE, "english", "language"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_by_name(
    catalogue: Catalogue, quote: str, language: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        catalogue.search(quote, language=language)

    assert refused.value.field == field


@pytest.mark.parametrize("limit", [0, 101])
def test_a_limit_out_of_range_is_refused(catalogue: Catalogue, limit: int) -> None:
    with pytest.raises(Invalid):
        catalogue.search(QUOTE, limit=limit)
