"""
The conflicts of a case as they are now, and what people said of each.

The conflicts are computed from the claims in force; a decision hangs on a conflict's key. A conflict
whose claims were all withdrawn is no longer listed, and what was said of it stays in the log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.agents import equivalence
from app.agents.models import Agent, IdentityStatus
from app.claims import queries, sources
from app.claims.conflicts.finding import Conflict, find, key_of
from app.claims.conflicts.stating import ConflictKind, Stated
from app.claims.facts import UnitChain
from app.claims.models import Claim, ConflictDecision, ConflictRuling
from app.claims.reconciliation import Reconciliation, reconcile
from app.claims.terms import SubjectKind
from app.core.errors import NotFound
from app.custody.history import in_order
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.reports.lineage import independent
from app.reports.models import Snapshot

_TWO = 2
_HEADLINE_CHARACTERS = 500
"""A first line that is longer is no headline."""


class ConflictState(StrEnum):
    """How far people have come with a conflict; none of it takes a claim away."""

    OPEN = "open"
    EXPLAINED = "explained"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    A conflict with its claims by identifier and the decisions on it, oldest first.

    `sources` says how many independent sources each side has, by what it stands for.
    `joined_since` are claims on its sides that were not there when it was last decided on.
    """

    conflict: Conflict
    claims: dict[str, Claim]
    decisions: tuple[ConflictDecision, ...]
    sources: Mapping[str, int]

    @property
    def in_force(self) -> ConflictDecision | None:
        """The decision in force."""
        return self.decisions[-1] if self.decisions else None

    @property
    def state(self) -> ConflictState:
        """Open, explained, or one claim chosen for use."""
        last = self.in_force
        if last is None or last.ruling is ConflictRuling.REOPENED:
            return ConflictState.OPEN
        return ConflictState(last.ruling.value)

    @property
    def joined_since(self) -> tuple[str, ...]:
        """The claims that were not there when it was last decided on."""
        last = self.in_force
        known = set(last.claim_ids) if last else set(self.conflict.claim_ids)
        return tuple(each for each in self.conflict.claim_ids if each not in known)


def of_case(session: Session, case_id: str, *, as_of: int | None = None) -> list[Listed]:
    """Every conflict among the claims in force of a case."""
    return among(session, case_id, queries.of_case(session, case_id, as_of=as_of), as_of=as_of)


def of_recording(session: Session, recording_id: str, *, as_of: int | None = None) -> list[Listed]:
    """The conflicts about a recording and about its series."""
    case_id = recordings.get(session, recording_id).case_id
    standings = queries.of_recording(session, recording_id, as_of=as_of)
    return among(session, case_id, standings, as_of=as_of)


def get(session: Session, case_id: str, key: str) -> Listed:
    """One conflict of a case by its key; `NotFound` if there is none now."""
    for each in of_case(session, case_id):
        if each.conflict.key == key:
            return each
    raise NotFound("no such conflict")


def reconciled(
    session: Session, case_id: str, *, as_of: int | None = None
) -> list[Reconciliation]:
    """Every total among the claims in force of a case, with what its parts come to."""
    claims = queries.in_force(queries.of_case(session, case_id, as_of=as_of))
    same = equivalence.representatives(session, case_id, source_read=False, as_of=as_of)
    return reconcile(stated(session, claims, same=same))


def narrowed(
    listed: Iterable[Listed],
    *,
    kind: ConflictKind | None = None,
    state: ConflictState | None = None,
    subject_kind: SubjectKind | None = None,
    subject_id: str | None = None,
) -> list[Listed]:
    """Those of a kind, in a state, about a subject."""
    return [
        each
        for each in listed
        if kind in (None, each.conflict.kind)
        and state in (None, each.state)
        and subject_kind in (None, each.conflict.subject_kind)
        and subject_id in (None, each.conflict.subject_id)
    ]


def among(
    session: Session,
    case_id: str,
    standings: Sequence[queries.Standing],
    *,
    as_of: int | None = None,
) -> list[Listed]:
    """Every conflict among those of these claims of one case that are in force."""
    claims = {claim.id: claim for claim in queries.in_force(standings)}
    if len(claims) < _TWO:
        return []
    same = equivalence.representatives(session, case_id, source_read=False, as_of=as_of)
    found = find(stated(session, list(claims.values()), same=same))
    decisions: dict[str, list[ConflictDecision]] = {}
    rests_on: list[tuple[str, str]] = []
    if found:
        rests_on = reports.edges(reports.links_in(session, case_id, as_of=as_of))
        statement = select(ConflictDecision).where(ConflictDecision.case_id == case_id)
        for row in in_order(session, statement, ConflictDecision, as_of):
            decisions.setdefault(row.conflict_key, []).append(row)
    return [
        Listed(
            conflict=each,
            claims={claim_id: claims[claim_id] for claim_id in each.claim_ids},
            decisions=_decisions(each, decisions, same),
            sources={
                side.stands_for: len(
                    independent(
                        [sources.told(claims[claim.id]) for claim in side.claims], rests_on
                    )
                )
                for side in each.sides
            },
        )
        for each in found
    ]


def _decisions(
    conflict: Conflict,
    decisions: Mapping[str, Sequence[ConflictDecision]],
    same: Mapping[str, str],
) -> tuple[ConflictDecision, ...]:
    """What was said of a conflict, also before its subject was ruled to be one with another."""
    keys = {conflict.key}
    if conflict.subject_kind is SubjectKind.AGENT:
        alike = [one for one, first in same.items() if first == conflict.subject_id]
        keys |= {key_of(conflict, subject_id=one) for one in alike}
    rows = [row for key in keys for row in decisions.get(key, ())]
    return tuple(sorted(rows, key=lambda row: row.log_index))


def stated(session: Session, claims: Sequence[Claim], *, same: Mapping[str, str]) -> list[Stated]:
    """
    The claims as the rules see them, with who says each and whether it is a headline.

    `same` gives, of agents that are ruled to be one, the one that stands for them.
    """
    sayers = _sayers(session, {claim.said_by_id for claim in claims if claim.said_by_id})
    headlines = _headlines(session, {claim.snapshot_id for claim in claims})
    return [
        Stated(
            id=claim.id,
            report_id=claim.report_id,
            subject_kind=claim.subject_kind,
            subject_id=same.get(claim.subject_id, claim.subject_id),
            predicate=claim.predicate,
            value=_standing_for(claim.typed_value(), same),
            modality=claim.modality,
            sayer_id=same.get(claim.said_by_id or "", claim.said_by_id),
            sayer=claim.said_by_as_described or sayers.get(claim.said_by_id or ""),
            in_headline=claim.end <= headlines[claim.snapshot_id],
        )
        for claim in claims
    ]


def _standing_for(value: object, one: Mapping[str, str]) -> object:
    """A value in which every unit is the agent that stands for it."""
    if not one or not isinstance(value, UnitChain):
        return value
    units = (
        replace(unit, agent_id=one.get(unit.agent_id or "", unit.agent_id)) for unit in value.units
    )
    return replace(value, units=tuple(units))


def _sayers(session: Session, agent_ids: set[str]) -> dict[str, str | None]:
    """The names of agents, but for those that are withheld: no listing may tell of them."""
    if not agent_ids:
        return {}
    rows = session.execute(
        select(Agent.id, Agent.name).where(
            Agent.id.in_(agent_ids), Agent.identity_status != IdentityStatus.WITHHELD
        )
    )
    return {row.id: row.name for row in rows}


def _headlines(session: Session, snapshot_ids: set[str]) -> dict[str, int]:
    """Where the headline of each text ends; 0 for a text that begins without one."""
    if not snapshot_ids:
        return {}
    beginning = func.substr(Snapshot.text, 1, _HEADLINE_CHARACTERS)
    rows = session.execute(select(Snapshot.id, beginning).where(Snapshot.id.in_(snapshot_ids)))
    return {snapshot_id: max(0, text.find("\n")) for snapshot_id, text in rows}
