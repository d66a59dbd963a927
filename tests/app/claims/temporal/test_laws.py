"""What holds of every wording and every day of publication."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.claims.edtf import bounds
from app.claims.temporal.finding import mentions
from app.claims.temporal.resolver import resolve
from app.claims.terms import TimeBasis
from tests.app.claims.temporal.test_resolver import CASES

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WORDINGS = st.sampled_from(sorted({(case.language, case.words) for case in CASES}))


@settings(max_examples=70, deadline=None)
@given(WORDINGS, DAYS)
def test_what_is_spelled_lies_within_the_bounds(wording: tuple[str, str], published: date) -> None:
    value = resolve(wording[1], language=wording[0], published=published)
    if value.edtf is None:
        assert value.basis is TimeBasis.UNRESOLVED
        return
    spelled = bounds(value.edtf)
    assert value.earliest is None or (spelled.earliest and value.earliest <= spelled.earliest)
    assert value.latest is None or (spelled.latest and value.latest >= spelled.latest)


@settings(max_examples=70, deadline=None)
@given(WORDINGS, DAYS, st.integers(0, 800))
def test_the_same_words_never_mean_an_earlier_time_in_a_later_publication(
    wording: tuple[str, str], published: date, later: int
) -> None:
    language, words = wording
    first = resolve(words, language=language, published=published)
    second = resolve(words, language=language, published=published + timedelta(days=later))
    if first.edtf is None or second.edtf is None:
        return
    if first.earliest and second.earliest:
        assert first.earliest <= second.earliest
    if first.latest and second.latest:
        assert first.latest <= second.latest


@settings(max_examples=50, deadline=None)
@given(WORDINGS, DAYS)
def test_words_that_say_everything_need_no_publication(
    wording: tuple[str, str], published: date
) -> None:
    language, words = wording
    alone = resolve(words, language=language, published=None)
    dated = resolve(words, language=language, published=published)
    if alone.edtf is not None:
        assert dated == alone
    elif dated.edtf is not None:
        assert dated.anchor_date == published


@settings(max_examples=50, deadline=None)
@given(WORDINGS, DAYS, st.integers(0, 8))
def test_words_that_hold_something_else_are_never_read_in_part(
    wording: tuple[str, str], published: date, place: int
) -> None:
    language, words = wording
    parts = words.split()
    mangled = " ".join([*parts[:place], "Kvitka", *parts[place:]])
    value = resolve(mangled, language=language, published=published)
    assert (value.edtf, value.basis) == (None, TimeBasis.UNRESOLVED)


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="May 12/024-:.,()последняя і торік\nlast since—", max_size=80), DAYS)
def test_no_text_breaks_the_finding(text: str, published: date) -> None:
    for language in ("en", "ru", "uk"):
        for each in mentions(text, language=language, published=published):
            assert each.value.raw == " ".join(text[each.start : each.end].split())
