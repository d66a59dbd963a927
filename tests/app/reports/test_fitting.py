"""Which report a citation means: the same publisher alone is no evidence."""

import pytest

from app.reports.features import Features, features
from app.reports.fitting import Candidate, Fit, fits, is_before

CITING = features(
    "CNN reported that 43 trucks were stopped near Velyka Lypa by the 118th brigade of Marko "
    "Dzyuba, and that 267 people were led away with 1,150 litres of fuel.",
    "en",
)
SAME = features(
    "The 118th brigade of Marko Dzyuba stopped 43 trucks near Velyka Lypa. In all 267 people were "
    "led away with 1,150 litres of fuel.",
    "en",
)
OTHER = features("A bridge was closed near Sula after 12 of 31 beams of Rudenko failed.", "en")


def judged(
    text: Features | None = None,
    published: str | None = None,
    relying: tuple[Features, ...] = (),
    citing: str | None = "2030-05-02",
) -> Fit:
    candidate = Candidate(report_id="a", text=text, published=published, relying=relying)
    (fit,) = fits(CITING, [candidate], published=citing)
    return fit


def test_a_text_that_says_the_same_is_meant() -> None:
    assert judged(text=SAME).fits


def test_a_text_of_the_same_publisher_on_another_thing_is_not() -> None:
    assert not judged(text=OTHER).fits


def test_what_others_who_say_the_same_rest_on_is_meant() -> None:
    assert judged(relying=(OTHER, SAME)).fits
    assert not judged(relying=(OTHER,)).fits


def test_the_publisher_alone_is_not_enough() -> None:
    alone = judged()

    assert not alone.fits
    assert "nothing but its publisher" in alone.why


@pytest.mark.parametrize(
    ("published", "fitting"),
    [("2030-05-01", True), ("2030-05-02", True), ("2022-04-20", False), ("2030-05-03", False)],
)
def test_without_its_words_a_day_shortly_before_is_needed(published: str, fitting: bool) -> None:
    assert judged(published=published).fits is fitting


def test_what_was_published_later_is_not_meant_whatever_it_says() -> None:
    assert not judged(text=SAME, published="2030-05-03").fits


def test_of_several_the_one_that_says_most_of_the_same_comes_first() -> None:
    candidates = [
        Candidate(report_id=name, text=text, published=None)
        for name, text in (("other", OTHER), ("same", SAME))
    ]

    assert [fit.report_id for fit in fits(CITING, candidates, published=None)] == ["same", "other"]


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2030-05-01", "2030-05-02", True),
        ("2030-05-02", "2030-05-01", False),
        ("2030-05", "2030-05-02", None),
        ("2030", "2031-01-01", True),
        ("2030-05-01", "2030-05-01", None),
        ("2030-05-01", None, None),
    ],
)
def test_dates_tell_an_order_as_far_as_they_are_precise(
    one: str, other: str | None, before: bool | None
) -> None:
    assert is_before(one, other) is before
