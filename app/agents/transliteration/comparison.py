"""What a comparison of two names says: how alike, and why or why not."""

from dataclasses import dataclass

PROPOSED_FROM = 550
"""The least score, per mille, at which two names are proposed as one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    How alike two names are, per mille, and why: codes, each a fact found.

    `contradiction` is the code of what makes them two, `None` where nothing does.
    """

    score: int
    reasons: tuple[str, ...]
    contradiction: str | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether the two are worth a person's look."""
        return self.contradiction is None and self.score >= PROPOSED_FROM


def two(contradiction: str) -> Comparison:
    """Two names that are not one, and the code of what says so."""
    return Comparison(0, (contradiction,), contradiction)
