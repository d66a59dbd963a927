"""Claims as pages show them: what each says in a few words, of what, by whom, where it stands."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.agents import queries as agents
from app.cases.caller import Caller
from app.claims import queries, register
from app.claims.dates import date_in
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.queries import Standing, State
from app.claims.register import Listed
from app.claims.telling import of as told
from app.claims.terms import SubjectKind
from app.claims.values import TemporalValue
from app.incidents import subjects
from app.recordings import queries as recordings
from app.recordings.models import Recording
from app.reports import queries as reports
from app.reports.anchor import CONTEXT

_PAGES = {
    SubjectKind.INCIDENT: "/incidents/{}",
    SubjectKind.MATERIAL: "/materials/{}",
    SubjectKind.PLACE: "/incidents#{}",
}
_ORDER = {predicate: place for place, predicate in enumerate(Predicate)}


@dataclass(frozen=True, slots=True)
class About:
    """What a claim is about: its kind, a name, and a page where there is one."""

    kind: str
    name: str
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim with the names of what it points to."""

    claim: Claim
    state: State
    says: str
    date: TemporalValue | None
    about: About
    report: str
    said_by: str | None
    via: Sequence[str]

    @property
    def passage(self) -> str:
        """Where it stands in the text of its report."""
        return f"/reports/{self.claim.report_id}#in-{self.claim.id}"

    @property
    def before(self) -> str:
        """What stands before its words, without a word that is cut in two."""
        text = self.claim.prefix
        return text if len(text) < CONTEXT else re.sub(r"^\S*\s", "", text)

    @property
    def after(self) -> str:
        """What stands after its words, without a word that is cut in two."""
        text = self.claim.suffix
        return text if len(text) < CONTEXT else re.sub(r"\s\S*$", "", text)


@dataclass(frozen=True, slots=True)
class InConflict:
    """A conflict with its claims shown, side by side."""

    listed: Listed
    about: About
    sides: Sequence[Sequence[Shown]]

    @property
    def page(self) -> str:
        """Where it is shown alone."""
        claim = next(iter(self.listed.claims.values()))
        return f"/cases/{claim.case_id}/conflicts/{self.listed.conflict.key}"


def shown(session: Session, caller: Caller, standings: Iterable[Standing]) -> list[Shown]:
    """Claims with the names of what they point to, as far as this caller may know them."""
    naming = _Naming(session, caller)
    return [naming.claim(item.claim, item.state) for item in standings]


def in_conflict(session: Session, caller: Caller, listed: Sequence[Listed]) -> list[InConflict]:
    """Conflicts with their claims shown: what cannot both be so first, then as predicates go."""
    naming = _Naming(session, caller)
    found = []
    for each in sorted(listed, key=_weight):
        conflict = each.conflict
        found.append(
            InConflict(
                listed=each,
                about=naming.about(conflict.subject_kind, conflict.subject_id),
                sides=[
                    [naming.claim(each.claims[one.id], State.IN_FORCE) for one in side.claims]
                    for side in conflict.sides
                ],
            )
        )
    return found


def of_recording(session: Session, caller: Caller, recording: Recording) -> dict[str, Any]:
    """What the recording page shows: claims in force, in the order of predicates, and conflicts."""
    if not caller.may(Permission.CLAIM_READ, recording.case_id):
        return {"claims": [], "conflicts": []}
    live = [
        item
        for item in queries.of_recording(session, recording.id)
        if item.state is State.IN_FORCE
    ]
    return {
        "claims": sorted(
            shown(session, caller, live), key=lambda each: _ORDER[each.claim.predicate]
        ),
        "conflicts": in_conflict(session, caller, register.of_recording(session, recording.id)),
    }


def _weight(listed: Listed) -> tuple[bool, int]:
    return listed.conflict.compatible, _ORDER[listed.conflict.predicate]


def naming(session: Session, caller: Caller) -> Callable[[SubjectKind, str], About]:
    """What kinds and identifiers stand for, as far as this caller may know, each looked up once."""
    return _Naming(session, caller).about


class _Naming:
    """Names of what claims point to, each looked up once."""

    def __init__(self, session: Session, caller: Caller) -> None:
        self.session, self.caller = session, caller
        self._known: dict[tuple[SubjectKind, str], About] = {}

    def claim(self, claim: Claim, state: State) -> Shown:
        """A claim with its names."""
        value = claim.typed_value()
        return Shown(
            claim=claim,
            state=state,
            says=told(value),
            date=date_in(value),
            about=self.about(claim.subject_kind, claim.subject_id),
            report=self.about(SubjectKind.REPORT, claim.report_id).name,
            said_by=self._sayer(claim),
            via=[
                self.about(SubjectKind.REPORT, each["report_id"]).name
                if each["report_id"]
                else each["as_described"]
                for each in claim.via
            ],
        )

    def about(self, kind: SubjectKind, identifier: str) -> About:
        """What a kind and an identifier stand for."""
        if (kind, identifier) not in self._known:
            self._known[kind, identifier] = self._looked_up(kind, identifier)
        return self._known[kind, identifier]

    def _sayer(self, claim: Claim) -> str | None:
        if claim.said_by_as_described is not None:
            return claim.said_by_as_described
        if claim.said_by_id is None:
            return None
        return self.about(SubjectKind.AGENT, claim.said_by_id).name

    def _looked_up(self, kind: SubjectKind, identifier: str) -> About:
        match kind:
            case SubjectKind.RECORDING:
                recording = recordings.get(self.session, identifier)
                return About(kind, recording.catalogue_no, f"/recordings/{identifier}")
            case SubjectKind.REPORT:
                report = reports.get(self.session, identifier)
                name = report.publisher or report.title or "untitled report"
                return About(kind, name, f"/reports/{identifier}")
            case SubjectKind.AGENT:
                return About(kind, self._agent(identifier), f"/agents/{identifier}")
            case SubjectKind.CLAIM:
                claim = queries.get(self.session, identifier)
                says = f"{claim.predicate}: {told(claim.typed_value())}".replace("_", " ")
                return About(kind, says, f"/claims/{identifier}")
            case SubjectKind.SERIES:
                return About(kind, identifier)
            case _:
                name = subjects.name_of(self.session, kind, identifier)
                return About(kind, name, _PAGES[kind].format(identifier))

    def _agent(self, identifier: str) -> str:
        agent = agents.get(self.session, identifier)
        may = self.caller.may(Permission.SOURCE_READ, agent.case_id)
        seen = agents.shown(agent, (), source_read=may)
        return seen.name or seen.description or str(agent.identity_status).replace("_", " ")
