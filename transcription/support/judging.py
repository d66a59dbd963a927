"""
From numbers to states: a word is supported or contradicted only if every view says so.

To contradict a quote, an alternative must be ahead with and without what silence says. For the quote it is
enough to be ahead of every alternative with half of that taken off, if the word is about what the engine
would have said itself, and if the audio has added something: to the word, or to it against one of
the alternatives. Where a word follows from those before it, the audio need add nothing, and decides nothing.
"""

from collections.abc import Sequence

from transcription.support.alternatives import Alternative, Change
from transcription.support.calibration import Calibration
from transcription.support.evidence import State, Weighed


def judged(
    against: Sequence[Weighed],
    gained: Sequence[int],
    behind: Sequence[int],
    by: Calibration | None,
) -> tuple[State, Alternative | None]:
    """The state of a word, and the alternative that contradicts it."""
    if by is None:
        return State.NOT_CALIBRATED, None
    winner = _winner(against, by)
    if winner is not None:
        return State.CONTRADICTED, winner
    added = [gained, *(one.gained for one in against)]
    borne_out = (
        bool(gained)
        and any(min(numbers) >= by.gained for numbers in added)
        and max(behind) <= by.behind
        and all(min(one.between) >= by.changes[one.change].over for one in against)
    )
    return (State.SUPPORTED if borne_out else State.NOT_DECIDABLE), None


def judged_seam(
    against: Sequence[Weighed], by: Calibration | None
) -> tuple[State, Alternative | None]:
    """
    The state of a seam: contradicted if something was spoken there that the quote lacks.

    Supported: what was asked about was not spoken.
    """
    if by is None:
        return State.NOT_CALIBRATED, None
    winner = _winner(against, by)
    if winner is not None:
        return State.CONTRADICTED, winner
    over = by.changes[Change.INSERTION].over
    kept = all(min(one.between) >= over for one in against)
    return (State.SUPPORTED if kept else State.NOT_DECIDABLE), None


def decided(lead: Sequence[int], by: Calibration | None) -> bool | None:
    """Whether the likeliest wording leads in every view by as much as an exchanged word needs."""
    if by is None or not lead:
        return None
    return min(lead) >= by.changes[Change.EXCHANGE].against


def _winner(against: Sequence[Weighed], by: Calibration) -> Alternative | None:
    """The alternative that is furthest ahead of the quote, of those that are far enough in every view."""
    winning = [one for one in against if max(one.ahead) <= -by.changes[one.change].against]
    best = min(winning, key=lambda one: max(one.ahead), default=None)
    return best.alternative if best else None
