"""Words as dates: every case of the table comes out right, or is unresolved and says so."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.claims.edtf import bounds
from app.claims.temporal.resolver import RESOLVER, Within, resolve
from app.claims.terms import TimeBasis

BASES = {
    "explicit": TimeBasis.EXPLICIT,
    "relative": TimeBasis.RELATIVE_TO_PUBLICATION,
    "inferred": TimeBasis.INFERRED,
    "unresolved": TimeBasis.UNRESOLVED,
}


@dataclass(frozen=True)
class Case:
    language: str
    published: date | None
    words: str
    edtf: str | None
    basis: TimeBasis
    widened: tuple[date, date] | None

    def __str__(self) -> str:
        return f"{self.language} {self.words} @{self.published}"


def _cases() -> list[Case]:
    found = []
    for line in (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, published, words, edtf, basis, *wider = line.split("\t")
        edges = [date.fromisoformat(part) for part in wider[0].split()] if wider else None
        found.append(
            Case(
                language,
                None if published == "-" else date.fromisoformat(published),
                words,
                None if edtf == "?" else edtf,
                BASES[basis],
                (edges[0], edges[1]) if edges else None,
            )
        )
    return found


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_words_come_to_what_they_mean_or_to_nothing(case: Case) -> None:
    value = resolve(case.words, language=case.language, published=case.published)
    assert (value.edtf, value.basis) == (case.edtf, case.basis), value.reason
    assert value.raw == case.words
    assert value.resolver == RESOLVER
    assert value.reason is not None
    assert value.reason.endswith(".")
    relative = case.basis is TimeBasis.RELATIVE_TO_PUBLICATION
    assert value.anchor_date == (case.published if relative else None)
    if case.edtf is None:
        assert (value.earliest, value.latest) == (None, None)
        return
    spelled = bounds(case.edtf)
    expected = case.widened or (spelled.earliest, spelled.latest)
    assert (value.earliest, value.latest) == expected


def test_the_table_is_large_and_weighs_three_languages_alike() -> None:
    by_language = Counter(case.language for case in CASES)
    assert sum(by_language.values()) >= 120
    assert min(by_language.values()) * 2 > max(by_language.values())
    assert len({(case.language, case.published, case.words) for case in CASES}) == len(CASES)


MAY = Within(date(2025, 5, 1), date(2025, 5, 31))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("last November", "2024-11"), ("this year", "2025"), ("in March this year", "2025-03")],
)
def test_a_month_of_publication_is_enough_for_what_no_day_of_it_changes(
    words: str, edtf: str
) -> None:
    value = resolve(words, language="en", published=MAY)

    assert value.edtf == edtf
    assert value.basis is TimeBasis.RELATIVE_TO_PUBLICATION
    assert "2025-05-01 to 2025-05-31" in (value.reason or "")


@pytest.mark.parametrize("words", ["Wednesday", "three days ago", "yesterday"])
def test_what_depends_on_the_day_is_unresolved_and_says_between_which_days(words: str) -> None:
    value = resolve(words, language="en", published=MAY)

    assert value.basis is TimeBasis.UNRESOLVED
    assert "2025-05-01 to 2025-05-31" in (value.reason or "")


def test_an_explicit_date_needs_no_day_of_publication() -> None:
    assert resolve("November 2024", language="en", published=MAY) == resolve(
        "November 2024", language="en", published=None
    )
