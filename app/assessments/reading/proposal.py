"""What is proposed for one passage: the answer to one question, by somebody, in the report's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.assessments.models import Interest, Question, Stance, StatementKind
from app.assessments.predicates import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    One assessment as rules read it: half-open offsets in the text, in code points.

    `assessor` is who judges in the report's words; `None` is the report itself. `why` says for
    each decision which words it stands on.
    """

    start: int
    end: int
    exact: str
    question: Question
    stance: Stance
    kind: StatementKind
    level: Level
    assessor: str | None
    interest: Interest
    material: str | None
    """What the words say was judged; `None` where they do not."""
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in one text, in its order; `note` says why nothing was."""

    language: str
    proposals: tuple[Proposal, ...]
    note: str = ""
