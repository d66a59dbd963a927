"""File names are data: kept as sent, refused when they deceive, never the name of a download."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.recordings import filenames


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b.wav", "CON", "звук №1.ogg", " x "])
def test_an_odd_name_is_kept_as_it_came(name: str) -> None:
    assert filenames.as_sent(name) == name


@pytest.mark.parametrize(
    "name", ["a\u202egpj.wav", "a\nb", "a\x00", "a\u2028b", "\ud800", "x" * 256]
)
def test_a_name_that_deceives_or_cannot_be_kept_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        filenames.as_sent(name)
    assert refused.value.field == "filename"


def test_one_name_has_one_spelling() -> None:
    assert filenames.as_sent("e\u0301.wav") == "\u00e9.wav"


def test_no_name_and_an_empty_one_are_no_name() -> None:
    assert filenames.as_sent(None) is filenames.as_sent("") is None


@given(container=st.text(max_size=20), media_type=st.text(max_size=30))
def test_only_types_that_carry_no_script_leave_under_their_own_name(
    container: str, media_type: str
) -> None:
    assert filenames.media_type_of(container) in filenames.SERVED
    assert filenames.served_type(media_type) in filenames.SERVED


def test_a_download_is_named_after_the_catalogue() -> None:
    named = filenames.offered("R-0007", part="original", media_type="audio/flac")
    assert named == "R-0007-original.flac"
    assert filenames.offered("R-0007", part="peaks", media_type="text/html").endswith(".bin")
