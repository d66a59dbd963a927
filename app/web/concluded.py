"""The assessments and retellings that rules propose for a report's text, as its page shows them."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.assessments import proposals
from app.assessments.drift import Drift
from app.assessments.known import Proposed
from app.assessments.models import Stance, StatementKind
from app.cases.caller import Caller
from app.reports.models import Snapshot


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it; `name` is its place on the page."""

    name: str
    item: Proposed

    @property
    def drift(self) -> list[Drift]:
        """How the passage departs from what it tells again."""
        return list(self.item.comparison.drift) if self.item.comparison else []


@dataclass(frozen=True, slots=True)
class Concluded:
    """The proposals that nobody has decided on, and what may be chosen."""

    rows: list[Row]
    note: str
    stances: list[Stance]
    kinds: list[StatementKind]
    drifts: list[Drift]


def shown(session: Session, caller: Caller, snapshot: Snapshot) -> Concluded | None:
    """What is proposed for a text; `None` for who may not read assessments."""
    if not caller.may(Permission.ASSESSMENT_READ, snapshot.case_id):
        return None
    read = proposals.proposals(session, snapshot)
    rows = [
        Row(f"a-{at}-{item.proposal.start}", item)
        for at, item in enumerate(read.items)
        if item.is_open
    ]
    return Concluded(rows, read.note, list(Stance), list(StatementKind), list(Drift))
