"""Rival wordings of one recording: grouped by language, only where they differ."""

from app.quotes.models import Quote
from app.quotes.rivals import rivals

FIRST = "seize the commander and kill the rest"
SECOND = "take the commander captive and kill everyone else"


def quote(exact: str, language: str = "en") -> Quote:
    return Quote(id=exact, exact=exact, language=language)


def test_quotes_of_one_utterance_are_rivals_in_the_order_they_were_registered() -> None:
    (group,) = rivals([quote(SECOND), quote("the convoy leaves at nine"), quote(FIRST)])

    assert [found.exact for found in group.quotes] == [SECOND, FIRST]
    assert group.language == "en"


def test_the_same_words_twice_are_no_rivals() -> None:
    assert rivals([quote(FIRST), quote(FIRST)]) == []


def test_a_translation_is_no_rival_of_what_it_translates() -> None:
    russian = quote("командира взять, остальных расстрелять", "ru")
    (group,) = rivals([russian, quote(FIRST), quote(SECOND)])

    assert russian not in group.quotes


def test_nothing_quoted_has_no_rivals() -> None:
    assert rivals([]) == []
