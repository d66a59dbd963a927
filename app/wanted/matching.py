"""
Whether bytes that came in may be a recording that is known by citation: pure, and only a proposal.

What reports say of a recording they cite (a digest, a duration) is held against what is known of bytes
that arrived (our own digest, the sender's, a duration from counted samples). A digest that is the same
settles which bytes are meant; a duration that fits is worth a look and no more, because many
recordings are as long. What speaks against it is told beside what speaks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.claims.terms import DigestAlgorithm, Operator, Unit
from app.claims.values import DeclaredDigest, Quantity

METHOD = "wanted-matched 1"
"""The rules that propose, and their version."""

SECOND_MS = 1000
"""A printed duration is as exact as its seconds."""
_ABOUT_PER_CENT = 10


class Ground(StrEnum):
    """What a proposal stands on, the firmest first."""

    DIGEST = "digest"  # our own digest of the bytes is the one that is printed
    SENDERS_DIGEST = "senders_digest"  # the digest the sender declared is the one that is printed
    DURATION = "duration"  # the bytes sound as long as is printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one claim says of the bytes that are wanted."""

    claim_id: str
    value: DeclaredDigest | Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What is known of bytes that are held; `None` where nothing is."""

    sha256: str
    senders_digest: str | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One ground for a proposal or against it, and the claim that it stands on."""

    ground: Ground
    claim_id: str
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What speaks for these bytes being the wanted ones, and what against."""

    found: Sequence[Found]

    @property
    def is_proposed(self) -> bool:
        """Whether a person should look."""
        return any(item.fits for item in self.found)

    @property
    def firmest(self) -> Ground | None:
        """The firmest ground that speaks for it."""
        fitting = {item.ground for item in self.found if item.fits}
        return next((ground for ground in Ground if ground in fitting), None)


def match(declared: Sequence[Declared], arrived: Arrived) -> Match:
    """Hold everything that is declared against what arrived."""
    found: list[Found] = []
    for each in declared:
        match each.value:
            case DeclaredDigest():
                found += _by_digest(each.claim_id, each.value, arrived)
            case Quantity():
                found += _by_duration(each.claim_id, each.value, arrived)
    return Match(found=found)


def _by_digest(claim_id: str, value: DeclaredDigest, arrived: Arrived) -> list[Found]:
    """Only SHA-256 is compared: of other algorithms we know no digest of what arrived."""
    if value.algorithm is not DigestAlgorithm.SHA256:
        return []
    printed = f"sha256:{value.hex}"
    found = [Found(ground=Ground.DIGEST, claim_id=claim_id, fits=arrived.sha256 == printed)]
    if arrived.senders_digest is not None:
        fits = arrived.senders_digest == printed
        found.append(Found(ground=Ground.SENDERS_DIGEST, claim_id=claim_id, fits=fits))
    return found


def _by_duration(claim_id: str, value: Quantity, arrived: Arrived) -> list[Found]:
    if arrived.duration_ms is None or value.unit is not Unit.MILLISECONDS:
        return []
    fits, excluded = _as_long(value, arrived.duration_ms)
    if not fits and not excluded:
        return []
    return [Found(ground=Ground.DURATION, claim_id=claim_id, fits=fits)]


def _as_long(value: Quantity, duration_ms: int) -> tuple[bool, bool]:
    """Whether a duration is the one printed, and whether it is excluded by it."""
    match value.operator:
        case Operator.EXACTLY:
            near = abs(duration_ms - value.amount) <= SECOND_MS
            return near, not near
        case Operator.ABOUT:
            room = max(SECOND_MS, value.amount * _ABOUT_PER_CENT // 100)
            near = abs(duration_ms - value.amount) <= room
            return near, not near
        case Operator.AT_LEAST | Operator.MORE_THAN:
            return False, duration_ms + SECOND_MS < value.amount
        case Operator.AT_MOST | Operator.FEWER_THAN:
            return False, duration_ms - SECOND_MS > value.amount
        case Operator.SEVERAL:
            return False, False
