"""How a threshold follows from leads that were measured."""

from transcription.support.alternatives import Change
from transcription.training.calibration import (
    LEAST_AGAINST,
    STEP,
    Lead,
    Measured,
    auc,
    bounds,
    separation,
)


def measured(right: list[int], wrong: list[int]) -> Measured:
    found = Measured()
    for change in Change:
        found.right[change] = [in_views(lead) for lead in right]
        found.wrong[change] = [in_views(lead) for lead in wrong]
    return found


def in_views(lead: int) -> Lead:
    views = (lead, lead + 50, lead + 100)
    return Lead(ahead=views, between=views, gained=views)


def test_where_right_and_wrong_lie_far_apart_the_least_bounds_hold() -> None:
    found = measured([5000] * 100, [-5000] * 100)
    for change in Change:
        assert separation(found, change) == 1000
        assert bounds(found, change).against == LEAST_AGAINST
        assert bounds(found, change).over == STEP


def test_a_bound_rises_until_one_in_a_hundred_is_judged_wrongly() -> None:
    found = measured([5000] * 97 + [-3000] * 3, [-5000] * 97 + [700] * 3)
    made = bounds(found, Change.EXCHANGE)
    assert made.against == 3000  # the best of three views was 2900 behind
    assert made.over == 800
    tolerated = bounds(measured([5000] * 99 + [-3000], [-5000] * 99 + [700]), Change.EXCHANGE)
    assert (tolerated.against, tolerated.over) == (LEAST_AGAINST, STEP)


def test_the_curve_counts_how_often_the_higher_is_higher() -> None:
    assert auc([2, 3], [1, 0]) == 1000
    assert auc([1], [1]) == 500
    assert auc([0, 4], [1, 2]) == 500
