"""
Who may confirm what, and what is shown of a quote: pure rules.

The machine proposes; a person decides. A ruling is about the machine's verdict: `confirmed`
says that the person found the same, whether that is `verbatim` or `reversed`. Support is
therefore a conjunction, and this module is the only place that draws it: a verdict that
supports, confirmed by somebody independent, contradicted by no other confirmation.
Everything else, however well it scores, stays a proposal.

Only somebody independent (`independence`) confirms or overrules. Whoever has a stake may still
be the first to reject, or to say that they cannot tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from app.core.errors import Conflict
from app.quotes import independence
from app.quotes.independence import Interests
from transcription.alignment import Verdict

UNCOMPARED = frozenset({Verdict.NOT_CHECKABLE_NO_AUDIO, Verdict.NOT_CHECKABLE_LANGUAGE})
"""Verdicts that say nothing was compared."""


class Ruling(StrEnum):
    """What a reviewer says of a machine's verdict."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CANNOT_TELL = "cannot_tell"


class State(StrEnum):
    """How far a quote has come; only `confirmed` may ever be shown as more than a proposal."""

    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKABLE = "not_checkable"
    NOT_ALIGNED = "not_aligned"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CANNOT_TELL = "cannot_tell"


class NothingToConfirm(Conflict):
    """The verdict says that nothing was compared."""

    slug: ClassVar[str] = "nothing-to-confirm"


class NotInForce(Conflict):
    """A decision has to name the one in force that it supersedes; `in_force` is that one."""

    slug: ClassVar[str] = "decision-not-in-force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    What the choice among several alignments of one quote depends on.

    `by_machine` says that the words compared with are a machine's translation.
    """

    verdict: Verdict
    ruling: Ruling | None
    log_index: int
    by_machine: bool = False


def check(
    *,
    reviewer: str,
    ruling: Ruling,
    verdict: Verdict,
    interests: Interests,
    in_force: str | None,
    supersedes: str | None,
) -> None:
    """
    Let a decision pass, or raise `NotInForce`, `NothingToConfirm` or `NotIndependent`.

    `in_force` is the decision that holds now, `supersedes` the one that the reviewer saw.
    """
    if supersedes != in_force:
        raise NotInForce(
            "another decision is in force: read it, and name it to supersede it",
            in_force=in_force,
        )
    if ruling is Ruling.CONFIRMED and verdict in UNCOMPARED:
        raise NothingToConfirm("nothing was compared here, so nothing can be confirmed")
    if ruling is Ruling.CONFIRMED or in_force is not None:
        independence.require(reviewer, interests)


def chosen(proposals: Sequence[Proposal]) -> int | None:
    """
    Which of a quote's alignments is shown: its index, or `None` when there is none.

    Confirmed before open before rejected; then what could be compared before what could not;
    then words of people or words spoken before a machine's translation; then the newest.
    """
    if not proposals:
        return None
    return max(
        range(len(proposals)),
        key=lambda index: (
            _weight(proposals[index].ruling),
            proposals[index].verdict not in UNCOMPARED,
            not proposals[index].by_machine,
            proposals[index].log_index,
        ),
    )


def contested(proposals: Iterable[Proposal]) -> bool:
    """Whether people confirmed verdicts that differ in what they say of the quote."""
    confirmed = {p.verdict.supports for p in proposals if p.ruling is Ruling.CONFIRMED}
    return len(confirmed) > 1


def state_of(ruling: Ruling | None) -> State:
    """The state of an alignment with this ruling in force."""
    match ruling:
        case None:
            return State.PROPOSED
        case Ruling.CONFIRMED:
            return State.CONFIRMED
        case Ruling.REJECTED:
            return State.REJECTED
        case Ruling.CANNOT_TELL:
            return State.CANNOT_TELL


def supports(verdict: Verdict | None, state: State, *, contested: bool) -> bool:
    """Whether a quote may be shown as borne out by its recording."""
    return verdict is not None and verdict.supports and state is State.CONFIRMED and not contested


def _weight(ruling: Ruling | None) -> int:
    match ruling:
        case Ruling.CONFIRMED:
            return 2
        case Ruling.REJECTED:
            return 0
        case None | Ruling.CANNOT_TELL:
            return 1
