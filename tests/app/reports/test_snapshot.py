"""Frozen texts: exactly as given, or refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid, TooLarge
from app.reports.snapshot import MAX_CHARACTERS, freeze


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_text_is_kept_character_for_character(text: str) -> None:
    text += "x"

    frozen = freeze(text)

    assert frozen.text == text
    assert frozen.text_sha256.hex == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("pair", [("a\r\nb", "a\nb"), ("é", "e\u0301"), (" a", "a"), ("a", "а")])
def test_texts_that_only_look_alike_have_different_digests(pair: tuple[str, str]) -> None:
    one, other = pair

    assert freeze(one).text_sha256 != freeze(other).text_sha256


@pytest.mark.parametrize("bad", ["\0", "\ud800"])
def test_what_no_database_can_carry_is_refused_with_its_place(bad: str) -> None:
    with pytest.raises(Invalid) as refused:
        freeze(f"words{bad}more")

    assert refused.value.facts == {"field": "text", "position": 5}


@pytest.mark.parametrize("blank", ["", "  ", "\n\u3000"])
def test_nothing_is_no_text(blank: str) -> None:
    with pytest.raises(Invalid) as refused:
        freeze(blank, field="body")

    assert refused.value.field == "body"


def test_a_text_longer_than_any_report_is_refused_with_the_limit() -> None:
    with pytest.raises(TooLarge) as refused:
        freeze("x" * (MAX_CHARACTERS + 1))

    assert refused.value.facts["allowed"] == MAX_CHARACTERS
