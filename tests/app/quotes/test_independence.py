"""Stakes are named, each with its sentence, and only they bar anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quotes import independence
from app.quotes.independence import SENTENCES, Interests, NotIndependent, Stake

accounts = st.sampled_from("abcd")
interests = st.builds(
    Interests,
    st.dictionaries(st.sampled_from(Stake), st.frozensets(accounts)),
)


@given(accounts, interests)
def test_who_is_barred_is_told_every_reason_and_nobody_else_is_barred(
    account: str, held: Interests
) -> None:
    stakes = {stake for stake, who in held.held.items() if account in who}
    if not stakes:
        independence.require(account, held)
        return

    with pytest.raises(NotIndependent) as refused:
        independence.require(account, held)

    assert set(refused.value.facts["because"]) == {str(stake) for stake in stakes}
    assert all(SENTENCES[stake] in refused.value.message for stake in stakes)
    assert not any(SENTENCES[stake] in refused.value.message for stake in set(Stake) - stakes)


def test_every_stake_can_be_said() -> None:
    assert set(SENTENCES) == set(Stake)
