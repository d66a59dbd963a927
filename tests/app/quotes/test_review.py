"""Who may confirm, what is shown, and what alone counts as support."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quotes.independence import Interests, NotIndependent, Stake
from app.quotes.review import (
    UNCOMPARED,
    NothingToConfirm,
    NotInForce,
    Proposal,
    Ruling,
    State,
    check,
    chosen,
    contested,
    state_of,
    supports,
)
from transcription.alignment import Verdict

INTERESTS = Interests(
    {Stake.UPLOADER: frozenset({"bringer"}), Stake.AUTHOR: frozenset({"listener"})}
)
proposals = st.lists(
    st.builds(
        Proposal,
        verdict=st.sampled_from(list(Verdict)),
        ruling=st.none() | st.sampled_from(list(Ruling)),
        log_index=st.integers(0, 1_000),
    ),
    max_size=6,
    unique_by=lambda proposal: proposal.log_index,
)


def rule(
    reviewer: str = "reviewer",
    ruling: Ruling = Ruling.CONFIRMED,
    verdict: Verdict = Verdict.VERBATIM,
    in_force: str | None = None,
    supersedes: str | None = None,
) -> None:
    check(
        reviewer=reviewer,
        ruling=ruling,
        verdict=verdict,
        interests=INTERESTS,
        in_force=in_force,
        supersedes=supersedes,
    )


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in UNCOMPARED])
@pytest.mark.parametrize("ruling", list(Ruling))
def test_somebody_independent_may_rule_as_they_find(ruling: Ruling, verdict: Verdict) -> None:
    rule(ruling=ruling, verdict=verdict)


@pytest.mark.parametrize(("who", "because"), [("bringer", "uploader"), ("listener", "author")])
def test_nobody_confirms_what_they_have_a_stake_in(who: str, because: str) -> None:
    with pytest.raises(NotIndependent) as refused:
        rule(reviewer=who)

    assert refused.value.facts == {"because": [because]}


@pytest.mark.parametrize("ruling", [Ruling.REJECTED, Ruling.CANNOT_TELL])
@pytest.mark.parametrize("who", ["bringer", "listener"])
def test_whoever_has_a_stake_may_object_but_not_overrule(who: str, ruling: Ruling) -> None:
    rule(reviewer=who, ruling=ruling)

    with pytest.raises(NotIndependent):
        rule(reviewer=who, ruling=ruling, in_force="first", supersedes="first")


@pytest.mark.parametrize("verdict", sorted(UNCOMPARED))
def test_what_was_never_compared_cannot_be_confirmed(verdict: Verdict) -> None:
    with pytest.raises(NothingToConfirm):
        rule(verdict=verdict)

    rule(verdict=verdict, ruling=Ruling.CANNOT_TELL)


@pytest.mark.parametrize(
    ("in_force", "supersedes"), [("first", None), (None, "first"), ("second", "first")]
)
def test_a_decision_names_the_one_in_force(in_force: str | None, supersedes: str | None) -> None:
    with pytest.raises(NotInForce) as refused:
        rule(in_force=in_force, supersedes=supersedes)

    assert refused.value.facts == {"in_force": in_force}


def test_nothing_but_a_confirmed_uncontested_supporting_verdict_is_support() -> None:
    found = {
        (verdict, state)
        for verdict, state, disputed in itertools.product([None, *Verdict], State, [False, True])
        if supports(verdict, state, contested=disputed) and not disputed
    }

    assert found == {
        (Verdict.VERBATIM, State.CONFIRMED),
        (Verdict.NORMALISED, State.CONFIRMED),
        (Verdict.VARIANT_WORDING, State.CONFIRMED),
    }
    assert not any(supports(v, State.CONFIRMED, contested=True) for v in Verdict)


@given(proposals)
def test_without_a_person_no_quote_is_ever_supported(found: list[Proposal]) -> None:
    shown = chosen(found)
    if shown is None or Ruling.CONFIRMED in {p.ruling for p in found}:
        return

    state = state_of(found[shown].ruling)

    assert not supports(found[shown].verdict, state, contested=contested(found))


@given(proposals)
def test_what_a_person_confirmed_is_shown_before_anything_newer(found: list[Proposal]) -> None:
    shown = chosen(found)
    rulings = {proposal.ruling for proposal in found}

    if shown is None:
        assert not found
    elif Ruling.CONFIRMED in rulings:
        assert found[shown].ruling is Ruling.CONFIRMED
    elif rulings != {Ruling.REJECTED}:
        assert found[shown].ruling is not Ruling.REJECTED


@given(proposals)
def test_the_choice_does_not_depend_on_the_order_of_reading(found: list[Proposal]) -> None:
    backwards = found[::-1]
    one, other = chosen(found), chosen(backwards)

    assert one is None or other is None or found[one] == backwards[other]


def test_a_newer_comparison_is_shown_before_an_older_but_not_one_that_compared_nothing() -> None:
    older = Proposal(verdict=Verdict.PARTIAL, ruling=None, log_index=1)
    newer = Proposal(verdict=Verdict.REVERSED, ruling=None, log_index=2)
    empty = Proposal(verdict=Verdict.NOT_CHECKABLE_LANGUAGE, ruling=None, log_index=3)

    assert chosen([older, newer, empty]) == 1


def test_two_people_who_confirm_opposite_things_are_both_shown_as_a_dispute() -> None:
    support = Proposal(verdict=Verdict.VERBATIM, ruling=Ruling.CONFIRMED, log_index=1)
    variant = Proposal(verdict=Verdict.VARIANT_WORDING, ruling=Ruling.CONFIRMED, log_index=2)
    against = Proposal(verdict=Verdict.REVERSED, ruling=Ruling.CONFIRMED, log_index=3)
    rejected = Proposal(verdict=Verdict.REVERSED, ruling=Ruling.REJECTED, log_index=4)

    assert contested([support, against])
    assert not contested([support, variant, rejected])
