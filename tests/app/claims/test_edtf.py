"""Dates of EDTF level 1 cover the days that the standard says, and nothing else is taken for one."""

from datetime import date

import pytest

from app.claims.edtf import bounds
from app.claims.terms import TimePrecision
from app.core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024-11-05", "2024-11-05", "2024-11-05", TimePrecision.DAY),
        ("2024-02", "2024-02-01", "2024-02-29", TimePrecision.MONTH),
        ("2024", "2024-01-01", "2024-12-31", TimePrecision.YEAR),
        ("2024?", "2024-01-01", "2024-12-31", TimePrecision.YEAR),
        ("2024-11~", "2024-11-01", "2024-11-30", TimePrecision.MONTH),
        ("2024-11-05%", "2024-11-05", "2024-11-05", TimePrecision.DAY),
        ("2024-22", "2024-06-01", "2024-08-31", TimePrecision.SEASON),
        ("2024-24", "2023-12-01", "2025-02-28", TimePrecision.SEASON),
        ("202X", "2020-01-01", "2029-12-31", TimePrecision.DECADE),
        ("20XX", "2000-01-01", "2099-12-31", TimePrecision.CENTURY),
        ("2024-XX", "2024-01-01", "2024-12-31", TimePrecision.YEAR),
        ("2024-11-XX", "2024-11-01", "2024-11-30", TimePrecision.MONTH),
        ("2022-02/..", "2022-02-01", None, TimePrecision.INTERVAL),
        ("../2022-02", None, "2022-02-28", TimePrecision.INTERVAL),
        ("2022/", "2022-01-01", None, TimePrecision.INTERVAL),
        ("2024-11-01~/2024-11-10~", "2024-11-01", "2024-11-10", TimePrecision.INTERVAL),
        ("2024-11-05T03:15:00+02:00", "2024-11-05", "2024-11-05", TimePrecision.INSTANT),
        ("[2023-11,2024-11]", "2023-11-01", "2024-11-30", TimePrecision.MONTH),
        ("[2022-12..2023-02,2024]", "2022-12-01", "2024-12-31", TimePrecision.INTERVAL),
    ],
)
def test_a_spelling_covers_its_days(
    text: str, earliest: str | None, latest: str | None, precision: TimePrecision
) -> None:
    read = bounds(text)
    assert read.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert read.latest == (date.fromisoformat(latest) if latest else None)
    assert read.precision is precision


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "last November", "24-11", "2024-13", "2024-02-30", "2024-25", "2024-22-01",
        "20X4", "202X-11", "2024-XX-05", "0000", "-0044", "Y20240", "2024/2023", "/", "../..",
        "2024/2025/2026", "[2024]", "[]", "2024-11-05T03:15:00", "2024-11-05T25:00Z", "２０２４",
        "2024~~", "1" * 500,
    ],
)  # fmt: skip
def test_what_is_none_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        bounds(text, field="value.edtf")
    assert refused.value.field == "value.edtf"
