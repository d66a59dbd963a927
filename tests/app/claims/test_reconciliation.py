"""Totals are added up from their parts, and what is missing is told."""

from typing import Any

import pytest

from app.claims.conflicts.stating import Stated
from app.claims.facts import Statistic
from app.claims.predicates import Predicate
from app.claims.reconciliation import Outcome, Reconciliation, reconcile
from app.claims.terms import SubjectKind
from app.claims.values import from_json

CASES = {"2022": 8, "2023": 8, "2024": 39, "2025": 20}
VICTIMS = {"2022": 57, "2023": 11, "2024": 149, "2025": 51}


def year(name: str) -> dict[str, Any]:
    return {
        "raw": name,
        "edtf": name,
        "earliest": f"{name.replace('X', '0')}-01-01",
        "latest": f"{name.replace('X', '9')}-12-31",
        "basis": "explicit",
    }


def told(
    metric: str,
    number: int,
    period: str | None = None,
    *,
    report: str = "one",
    operator: str = "exactly",
    **more: Any,
) -> Stated:
    value = {
        "metric": metric,
        "of": {"deed": "kill", "upon": "prisoners_of_war"},
        "count": {"operator": operator, "number": number},
        "total": period is None,
        "period": year(period) if period else None,
        **more,
    }
    return Stated(
        id=f"{report}-{metric}-{period}-{number}",
        report_id=report,
        subject_kind=SubjectKind.AGENT,
        subject_id="prosecutors",
        predicate=Predicate.STATISTIC,
        value=from_json(Statistic, value),
    )


def parts(metric: str, numbers: dict[str, int], report: str = "one") -> list[Stated]:
    return [told(metric, number, period, report=report) for period, number in numbers.items()]


def only(*claims: Stated) -> Reconciliation:
    found = reconcile(claims)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("metric", "total", "numbers"), [("cases", 75, CASES), ("victims", 268, VICTIMS)]
)
def test_a_total_that_its_parts_come_to_adds_up(
    metric: str, total: int, numbers: dict[str, int]
) -> None:
    found = only(told(metric, total), *parts(metric, numbers), *parts("suspects", CASES))

    assert (found.outcome, found.low, found.high, found.rest) == (
        Outcome.ADDS_UP,
        total,
        total,
        0,
    )
    assert [part.period for part in found.parts] == sorted(numbers)
    assert not found.untold


def test_a_part_that_is_not_told_is_missed_by_its_year_and_number() -> None:
    some = {period: CASES[period] for period in ("2022", "2024", "2025")}
    found = only(told("cases", 75), *parts("cases", some))

    assert (found.outcome, found.rest, found.untold) == (Outcome.PARTS_MISSING, 8, ("2023",))


def test_years_that_the_total_speaks_of_are_missed_before_and_after_the_parts() -> None:
    since = {
        "raw": "since February 2022",
        "edtf": "2022-02/..",
        "earliest": "2022-02-01",
        "basis": "explicit",
    }
    some = {"2023": 8, "2024": 39}
    found = only(
        total_of(75, since, year("2025")),
        *parts("cases", some),
    )

    assert (found.rest, found.untold) == (28, ("2022", "2025"))


def total_of(number: int, period: dict[str, Any], as_of: dict[str, Any]) -> Stated:
    value = {
        "metric": "cases",
        "of": {"deed": "kill", "upon": "prisoners_of_war"},
        "count": {"operator": "exactly", "number": number},
        "total": True,
        "period": period,
        "as_of": as_of,
    }
    return Stated(
        id="total",
        report_id="one",
        subject_kind=SubjectKind.AGENT,
        subject_id="prosecutors",
        predicate=Predicate.STATISTIC,
        value=from_json(Statistic, value),
    )


def test_parts_that_come_to_more_exceed_the_total() -> None:
    found = only(told("cases", 70), *parts("cases", CASES))

    assert (found.outcome, found.rest) == (Outcome.EXCEEDS, -5)


def test_a_report_without_parts_is_added_up_from_those_of_others_and_says_so() -> None:
    found = reconcile(
        [
            told("cases", 75, report="short"),
            told("cases", 75, report="long"),
            *parts("cases", CASES, report="long"),
        ]
    )

    assert [(each.report_id, each.elsewhere, each.outcome) for each in found] == [
        ("long", False, Outcome.ADDS_UP),
        ("short", True, Outcome.ADDS_UP),
    ]


def test_one_part_told_by_two_reports_counts_once() -> None:
    found = only(
        told("cases", 75, report="short"),
        *parts("cases", CASES, report="long"),
        *parts("cases", CASES, report="other"),
    )

    assert (found.low, found.high) == (75, 75)
    assert all(len(part.claim_ids) == 2 for part in found.parts)


def test_counts_that_are_not_exact_are_added_as_ranges() -> None:
    least = told("cases", 20, "2025", operator="at_least")
    found = only(
        told("cases", 80),
        *parts("cases", {name: CASES[name] for name in ("2022", "2023", "2024")}),
        least,
    )

    assert (found.low, found.high, found.outcome, found.rest) == (
        75,
        None,
        Outcome.MAY_ADD_UP,
        None,
    )


def test_a_total_without_parts_and_one_that_is_not_exact() -> None:
    assert only(told("victims", 268), *parts("cases", CASES)).outcome is Outcome.NO_PARTS
    assert reconcile([told("victims", 260, operator="more_than")]) == []


def test_parts_of_two_other_reports_are_never_added_together() -> None:
    """One writes "2025" and the other "so far this year": the same twenty cases."""
    so_far = {year: count for year, count in CASES.items() if year != "2025"}
    found = [
        each
        for each in reconcile(
            [
                told("cases", 75),
                *parts("cases", CASES, report="two"),
                *parts("cases", so_far, report="three"),
                told("cases", 20, "202X", report="three"),
            ]
        )
        if each.report_id == "one"
    ]

    assert [(each.elsewhere, each.outcome, each.low) for each in found] == [
        (True, Outcome.ADDS_UP, 75)
    ]
