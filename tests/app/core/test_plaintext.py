"""Text from outside is kept as it came, or refused by the name of its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import plaintext
from app.core.errors import Invalid


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\x00" not in text))
def test_prose_is_kept_to_the_character(text: str) -> None:
    assert plaintext.prose(text, field="note") == text


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a\ud800", "x" * 20_001])
def test_prose_that_cannot_be_kept_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        plaintext.prose(text, field="note")
    assert refused.value.field == "note"


@pytest.mark.parametrize("text", ["", "\t", "two\nlines", "x" * 501, "bell\x07"])
def test_a_line_is_one_line(text: str) -> None:
    with pytest.raises(Invalid):
        plaintext.line(text, field="title")


def test_a_line_has_one_spelling() -> None:
    assert plaintext.line(" e\u0301 ", field="title") == "\u00e9"


def test_nothing_given_is_none() -> None:
    assert plaintext.optional_line("  ", field="series") is None
    assert plaintext.optional_prose(None, field="note") is None
    assert plaintext.optional_line(" a ", field="series") == "a"
