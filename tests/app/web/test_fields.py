"""Moments are typed as people write them, and nothing else is taken for one."""

import pytest

from app.core.errors import Invalid
from app.web.fields import moment


@pytest.mark.parametrize(
    ("typed", "ms"),
    [
        ("0", 0),
        ("12.5", 12_500),
        ("2,04", 2_040),
        ("1:02.5", 62_500),
        (" 1:00:02.075 ", 3_602_075),
        ("90", 90_000),
        ("3600.5", 3_600_500),
    ],
)
def test_a_moment_is_read_as_people_write_it(typed: str, ms: int) -> None:
    assert moment(typed, field="from") == ms


@pytest.mark.parametrize(
    "typed", ["", "soon", "-1", "1:2:3:4", "7:77", "1.2345", "1e3", "٣", "9999999"]
)
def test_what_is_no_moment_is_refused_by_name(typed: str) -> None:
    with pytest.raises(Invalid, match="from is no time"):
        moment(typed, field="from")
