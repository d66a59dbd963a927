"""
Reading what is cited and not held, who cites it, and what came in that may be it.

Computed each time from recordings, reports, material and the claims about them, and stored
nowhere. A proposal for a recording is settled by a link between the two recordings (`same_as`,
which needs a second person, or `not_same_as`); nothing is ever merged.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.claims import queries as claims
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.terms import SubjectKind
from app.claims.values import DeclaredDigest, Quantity
from app.custody.history import in_order
from app.incidents import queries as incidents
from app.incidents.models import Material, MaterialHolding, MaterialStatus
from app.recordings import linking
from app.recordings import queries as recordings
from app.recordings.linking import LinkStanding
from app.recordings.models import (
    Description,
    Identification,
    MediaInstance,
    Recording,
    RecordingLink,
)
from app.recordings.provenance import LinkKind, LinkState
from app.reports import queries as reports
from app.reports.models import Citation, Report, ReportLink, ReportStatus
from app.wanted.matching import Arrived, Declared, Match, match

Row = TypeVar(
    "Row", Recording, Identification, Citation, Report, ReportLink, Material, RecordingLink
)

_TELLING = (Predicate.DIGEST, Predicate.DURATION)
_SETTLING = (LinkKind.SAME_AS, LinkKind.NOT_SAME_AS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Bytes of another recording that may be the wanted one."""

    recording: Recording
    instance: MediaInstance
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRecording:
    """A recording of which nothing is held: what is declared of its bytes, and who cites it."""

    recording: Recording
    description: Description
    declared: Sequence[Claim]
    report_ids: Sequence[str]
    proposals: Sequence[Proposal]
    stated: Sequence[LinkStanding]
    """What people said of it and other recordings, withdrawn words included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedReport:
    """A report whose words are not held, and the reports that speak of it."""

    report: Report
    declared: Sequence[Claim]
    report_ids: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedMaterial:
    """Material that nobody here holds; `same_bytes` are holdings whose digest is the printed one."""

    material: Material
    declared: Sequence[Claim]
    report_ids: Sequence[str]
    same_bytes: Sequence[MaterialHolding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Bytes that came in for a recording of which a report declares something."""

    recording: Recording
    instance: MediaInstance
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Everything that is cited and not held in one case, each list in the order of entry."""

    recordings: Sequence[WantedRecording]
    reports: Sequence[WantedReport]
    materials: Sequence[WantedMaterial]
    arrived: Sequence[Arrival]


def of_case(session: Session, case_id: str, *, as_of: int | None = None) -> Wanted:
    """What is cited and not held in a case, with every proposal that nothing has settled."""
    case = _Case(session, case_id, as_of)
    return Wanted(
        recordings=case.recordings(),
        reports=case.reports(),
        materials=case.materials(),
        arrived=case.arrived(),
    )


def may_be(session: Session, recording: Recording) -> Sequence[tuple[WantedRecording, Proposal]]:
    """The wanted recordings that bytes of this one may be, and why."""
    told = claims.listing(case_ids={recording.case_id}).where(Claim.predicate.in_(_TELLING))
    if session.scalars(told.limit(1)).first() is None:
        return []  # most cases: nothing is printed that could be compared
    return [
        (wanted, item)
        for wanted in _Case(session, recording.case_id, None).recordings()
        for item in wanted.proposals
        if item.recording.id == recording.id
    ]


@dataclass
class _Case:
    """One case, read once, at one place in the log."""

    session: Session
    case_id: str
    as_of: int | None
    held: dict[str, list[MediaInstance]] = field(default_factory=dict)
    durations: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what every list needs."""
        rows = self._all(Recording)
        self.every = {row.id: row for row in rows}
        self.described = recordings.descriptions_of(self.session, rows, as_of=self.as_of)
        accepted = recordings.accepted_of(self.session, list(self.every), as_of=self.as_of)
        for instance in accepted:  # whether or not sound comes out: a digest is of bytes
            self.held.setdefault(instance.recording_id, []).append(instance)
        for looked in self._all(Identification):
            if looked.duration_ms is not None:
                self.durations[looked.instance_id] = looked.duration_ms
        live = claims.in_force(claims.of_case(self.session, self.case_id, as_of=self.as_of))
        self.declared: dict[tuple[SubjectKind, str], list[Claim]] = {}
        self.speaking: dict[tuple[SubjectKind, str], dict[str, None]] = {}
        for claim in live:
            subject = (claim.subject_kind, claim.subject_id)
            self.speaking.setdefault(subject, {})[claim.report_id] = None
            if claim.predicate in _TELLING:
                self.declared.setdefault(subject, []).append(claim)

    def recordings(self) -> list[WantedRecording]:
        """Recordings of which nothing is held."""
        citing: dict[str, dict[str, None]] = {}
        for citation in self._all(Citation):
            citing.setdefault(citation.recording_id, {})[citation.report_id] = None
        links = self._links()
        settled = {_ends(each) for each in links if each.state is not LinkState.WITHDRAWN}
        found = []
        for recording in self.every.values():
            if recording.id in self.held:
                continue
            description = self.described[recording.id]
            series = (SubjectKind.SERIES, description.series or "")
            subject = (SubjectKind.RECORDING, recording.id)
            told = self.declared.get(subject, [])
            by = citing.get(recording.id, {}) | self._speaking(subject) | self._speaking(series)
            found.append(
                WantedRecording(
                    recording=recording,
                    description=description,
                    declared=told,
                    report_ids=list(by),
                    proposals=self._proposals(recording, told, settled),
                    stated=[each for each in links if recording.id in _ends(each)],
                )
            )
        return found

    def reports(self) -> list[WantedReport]:
        """Reports whose words are not held."""
        rows = {row.id: row for row in self._all(Report)}
        statuses = reports.statuses_of(self.session, list(rows), as_of=self.as_of)
        citing: dict[str, dict[str, None]] = {}
        for link in self._all(ReportLink):
            citing.setdefault(link.to_report_id, {})[link.from_report_id] = None
        return [
            WantedReport(
                report=row,
                declared=self.declared.get((SubjectKind.REPORT, row.id), []),
                report_ids=list(
                    citing.get(row.id, {}) | self._speaking((SubjectKind.REPORT, row.id))
                ),
            )
            for row in rows.values()
            if statuses[row.id] is ReportStatus.CITED_NOT_HELD
        ]

    def materials(self) -> list[WantedMaterial]:
        """Material that nobody here holds."""
        rows = self._all(Material)
        ids = [row.id for row in rows]
        statuses = incidents.statuses_of(self.session, ids, as_of=self.as_of)
        holdings = incidents.holdings_of(self.session, ids, as_of=self.as_of)
        kept = [holding for each in holdings.values() for holding in each]
        found = []
        for row in rows:
            if statuses[row.id] is MaterialStatus.HELD:
                continue
            subject = (SubjectKind.MATERIAL, row.id)
            told = self.declared.get(subject, [])
            same = [item for item in kept if _match(told, Arrived(sha256=item.sha256)).is_proposed]
            found.append(
                WantedMaterial(
                    material=row,
                    declared=told,
                    report_ids=list(self._speaking(subject)),
                    same_bytes=same,
                )
            )
        return found

    def arrived(self) -> list[Arrival]:
        """What came in for recordings of which something is declared, and how it compares."""
        return [
            Arrival(
                recording=self.every[recording_id],
                instance=instance,
                match=_match(told, self._known(instance)),
            )
            for recording_id, instances in self.held.items()
            if (told := self.declared.get((SubjectKind.RECORDING, recording_id)))
            for instance in instances
        ]

    def _proposals(
        self, wanted: Recording, told: Sequence[Claim], settled: Collection[frozenset[str]]
    ) -> list[Proposal]:
        found = []
        for recording_id, instances in self.held.items():
            if frozenset({wanted.id, recording_id}) in settled:
                continue
            for instance in instances:
                matched = _match(told, self._known(instance))
                if matched.is_proposed:
                    held = self.every[recording_id]
                    found.append(Proposal(recording=held, instance=instance, match=matched))
        return found

    def _links(self) -> list[LinkStanding]:
        """What people said of two recordings being the same, or not."""
        return [
            linking.standing_of(self.session, link, as_of=self.as_of)
            for link in self._all(RecordingLink)
            if link.kind in _SETTLING
        ]

    def _known(self, instance: MediaInstance) -> Arrived:
        return Arrived(
            sha256=instance.sha256,
            senders_digest=instance.declared_digest,
            duration_ms=self.durations.get(instance.id),
        )

    def _speaking(self, subject: tuple[SubjectKind, str]) -> dict[str, None]:
        return self.speaking.get(subject, {})

    def _all(self, kind: type[Row]) -> Sequence[Row]:
        statement = select(kind).where(kind.case_id == self.case_id)
        return in_order(self.session, statement, kind, self.as_of)


def _ends(each: LinkStanding) -> frozenset[str]:
    return frozenset({each.link.recording_id, each.link.other_id})


def _match(told: Sequence[Claim], arrived: Arrived) -> Match:
    declared = []
    for claim in told:
        value = claim.typed_value()
        if isinstance(value, DeclaredDigest | Quantity):
            declared.append(Declared(claim_id=claim.id, value=value))
    return match(declared, arrived)
