"""What came in is proposed for what is wanted by digest or duration, and contradictions are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.terms import DigestAlgorithm, Operator, Unit
from app.claims.values import DeclaredDigest, Quantity
from app.core.digest import Digest
from app.wanted.matching import Arrived, Declared, Ground, match

BYTES = Digest.of_bytes(b"what was wanted")
OTHER = Digest.of_bytes(b"something else")


def printed(digest: Digest) -> Declared:
    value = DeclaredDigest(algorithm=DigestAlgorithm.SHA256, hex=digest.hex)
    return Declared(claim_id="digest", value=value)


def lasting(amount: int, operator: Operator = Operator.EXACTLY) -> Declared:
    value = Quantity(operator=operator, amount=amount, unit=Unit.MILLISECONDS)
    return Declared(claim_id="duration", value=value)


def test_the_printed_digest_settles_which_bytes_are_meant() -> None:
    found = match([printed(BYTES), lasting(60_000)], Arrived(sha256=str(BYTES), duration_ms=10))

    assert found.is_proposed
    assert found.firmest is Ground.DIGEST
    assert [(item.ground, item.fits) for item in found.found] == [
        (Ground.DIGEST, True),
        (Ground.DURATION, False),
    ]


def test_the_senders_own_digest_counts_where_the_bytes_are_not_those() -> None:
    arrived = Arrived(sha256=str(OTHER), senders_digest=str(BYTES))

    assert match([printed(BYTES)], arrived).firmest is Ground.SENDERS_DIGEST


@pytest.mark.parametrize(
    ("declared", "duration", "proposed"),
    [
        (lasting(725_000), 725_400, True),
        (lasting(725_000), 727_000, False),
        (lasting(600_000, Operator.ABOUT), 640_000, True),
        (lasting(600_000, Operator.ABOUT), 700_000, False),
        (lasting(60_000, Operator.AT_LEAST), 80_000, False),
        (lasting(60_000, Operator.AT_MOST), 20_000, False),
    ],
)
def test_a_duration_fits_as_exactly_as_it_is_printed(
    declared: Declared, duration: int, *, proposed: bool
) -> None:
    assert match([declared], Arrived(sha256="x", duration_ms=duration)).is_proposed is proposed


def test_a_bound_excludes_and_never_proposes() -> None:
    short = match([lasting(60_000, Operator.AT_LEAST)], Arrived(sha256="x", duration_ms=1_000))

    assert [item.fits for item in short.found] == [False]


def test_a_digest_of_another_algorithm_says_nothing_either_way() -> None:
    value = DeclaredDigest(algorithm=DigestAlgorithm.MD5, hex="ab" * 16)

    assert match([Declared(claim_id="c", value=value)], Arrived(sha256="x")).found == []


@given(st.integers(0, 10**9), st.sampled_from([o for o in Operator if o is not Operator.SEVERAL]))
def test_nothing_known_of_the_bytes_proposes_nothing(amount: int, operator: Operator) -> None:
    assert not match([lasting(amount, operator)], Arrived(sha256=str(OTHER))).is_proposed
