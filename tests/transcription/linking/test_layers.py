"""An English quote of Russian or Ukrainian speech, through a translation, to the words spoken."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import Verdict, align
from transcription.linking.layers import layered
from transcription.transcript import Segment, Transcript, Word


def spoken(text: str, *, language: str = "ru", timed: bool = True) -> Transcript:
    words = tuple(
        Word(word, 400 * at, 400 * at + 350) if timed else Word(word)
        for at, word in enumerate(text.split())
    )
    return Transcript(language, (Segment(text, 0, 400 * len(words), words),))


def english(text: str) -> Transcript:
    return Transcript("en", (Segment(text, 0, 400 * max(1, len(text.split()))),))


def found(quote: str, translated: str, said: str, *, language: str = "ru") -> dict[str, Any]:
    return layered(
        quote,
        quote_language="en",
        source=spoken(said, language=language),
        translation=english(translated),
    ).as_data()


@pytest.mark.parametrize(
    ("language", "said", "translated", "quote", "behind"),
    [
        (
            "ru",
            "К мосту пять машин отправь, командира оставь на базе",
            "Keep the commander at the base, send five trucks to the bridge.",
            "send five trucks to the bridge",
            {"send": "отправь", "five": "пять", "trucks": "машин", "bridge": "мосту"},
        ),
        (
            "uk",
            "Поранених вивезли, а лікаря не знайшли",
            "The doctor was not found, the wounded were evacuated.",
            "the wounded were evacuated",
            {"wounded": "Поранених", "evacuated": "вивезли"},
        ),
    ],
)
def test_the_words_behind_a_quote_are_found_in_whatever_order_they_were_spoken(
    language: str, said: str, translated: str, quote: str, behind: dict[str, str]
) -> None:
    (place,) = found(quote, translated, said, language=language)["occurrences"]

    links = {o["quoted"]: o["source"]["text"] for o in place["operations"] if o["source"]}
    assert behind.items() <= links.items()
    words = [word["word"] for word in place["layers"]["source"]]
    assert (place["start_ms"], place["end_ms"]) == (400 * words[0], 400 * words[-1] + 350)


@pytest.mark.parametrize(
    ("quote", "translated", "said"),
    [
        ("kill the rest", "kill the rest", "остальных не убивать"),
        ("shoot the prisoners", "shoot the prisoners", "пленных не расстреливать"),
        ("there is water", "there is water", "воды нет"),
        ("somebody came", "somebody came", "никто не приехал"),
        ("open fire", "open fire", "без приказа огня не открывать"),
    ],
)
def test_trap_a_negation_lost_on_the_way_never_supports_and_is_named(
    quote: str, translated: str, said: str
) -> None:
    data = found(quote, translated, said)

    assert not Verdict(data["verdict"]).supports
    assert any("was spoken" in r and "negation" in r for r in data["reasons"]), data["reasons"]
    assert data["features"]["spoken_polarity"] == "differs"


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("do not open fire", "огонь открывать"),
        ("we have no water", "у нас есть вода"),
        ("nobody came", "командир приехал"),
    ],
)
def test_trap_a_negation_that_nobody_spoke_never_supports_and_is_named(
    quote: str, said: str
) -> None:
    data = found(quote, quote, said)

    assert not Verdict(data["verdict"]).supports
    assert any("no spoken negation" in reason for reason in data["reasons"])


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("do not open fire", "огонь не открывать"),
        ("nobody came", "никто не приехал"),
        ("there is no water, food for three days", "воды нет, еды на три дня"),
        ("without an order do not shoot", "без приказа не стрелять"),
    ],
)
def test_a_negation_that_was_kept_is_linked_and_no_hindrance(quote: str, said: str) -> None:
    data = found(quote, quote, said)

    assert Verdict(data["verdict"]).supports, data["reasons"]
    assert data["features"]["spoken_polarity"] == "agrees"


def test_a_negation_about_something_else_is_no_hindrance() -> None:
    translated = "Food for three days. There is no water."

    data = found("Food for three days", translated, "еды на три дня. воды нет.")

    assert Verdict(data["verdict"]).supports, data["reasons"]


CHOICES = [
    (
        "detain the driver at the bridge",
        "delay the driver at the bridge",
        "водителя задержать у моста",
    ),
    ("five vehicles at the bridge", "five trucks at the bridge", "пять машин у моста"),
]


@pytest.mark.parametrize(("quote", "translated", "said"), CHOICES)
def test_two_listed_translations_of_one_spoken_word_are_a_choice(
    quote: str, translated: str, said: str
) -> None:
    data = found(quote, translated, said)

    kinds = [o["kind"] for place in data["occurrences"] for o in place["operations"]]
    assert kinds.count("translation_choice") == 1
    assert data["verdict"] == "variant_wording"
    assert any("a choice of translation" in reason for reason in data["reasons"])


@pytest.mark.parametrize(("quote", "translated", "said"), CHOICES)
def test_the_same_two_words_are_a_difference_where_another_word_was_spoken(
    quote: str, translated: str, said: str
) -> None:
    unlisted = said.replace("задержать", "накормить").replace("машин", "самолётов")
    data = found(quote, translated, unlisted)

    kinds = [o["kind"] for place in data["occurrences"] for o in place["operations"]]
    assert "translation_choice" not in kinds
    assert not Verdict(data["verdict"]).supports


@pytest.mark.parametrize(
    ("quote", "translated", "said"),
    [
        ("keep the rest", "release the rest", "остальных отпустить"),
        ("six trucks at the bridge", "five trucks at the bridge", "пять машин у моста"),
        ("turn left at the bridge", "turn right at the bridge", "направо у моста поверни"),
    ],
)
def test_trap_opposites_numbers_and_directions_are_never_a_choice(
    quote: str, translated: str, said: str
) -> None:
    data = found(quote, translated, said)

    assert not Verdict(data["verdict"]).supports
    kinds = [o["kind"] for place in data["occurrences"] for o in place["operations"]]
    assert "translation_choice" not in kinds


def test_without_times_of_words_the_segment_is_cued_and_said_to_be() -> None:
    data = layered(
        "keep the commander",
        quote_language="en",
        source=spoken("командира оставить", timed=False),
        translation=english("keep the commander"),
    ).as_data()

    (place,) = data["occurrences"]
    assert (place["start_ms"], place["end_ms"]) == (0, 800)
    assert data["features"]["times"] == "segment"


def test_where_no_word_is_linked_the_stretch_is_cued_and_that_is_said() -> None:
    (place,) = found("grumblefish widgets everywhere", "grumblefish widgets everywhere", "э")[
        "occurrences"
    ]

    assert place["cued_by"] == "stretch"
    assert place["layers"]["source"] == []


WORDS = "keep release not no the commander rest five six to bridge nobody never".split()
SAID = "оставить отпустить не нет ни никто командира остальных пять шесть к мосту без".split()


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=10),
    st.lists(st.sampled_from(SAID), min_size=1, max_size=10),
)
def test_knowing_the_spoken_words_supports_no_quote_by_itself(
    quote: list[str], translated: list[str], said: list[str]
) -> None:
    """Only a named choice of translation may turn a difference into a variant."""
    text, translation = " ".join(quote), " ".join(translated)
    plain = align(text, quote_language="en", transcript=english(translation))

    data = found(text, translation, " ".join(said))

    chosen = any("a choice of translation" in reason for reason in data["reasons"])
    if Verdict(data["verdict"]).supports and not chosen:
        assert plain.verdict.supports
    for place in data["occurrences"]:
        last = len(said) - 1
        assert all(0 <= word["word"] <= last for word in place["layers"]["source"])
        assert {link["source"] for link in place["layers"]["links"]} <= set(range(last + 1))
