"""
Reading everything that is known about a recording, at one place in the custody log.

Every table is read once, narrowed to the recording and to rows that were recorded at or
before that place, so the number of readings does not grow with what there is to read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, defer

from app.agents.models import Agent, AgentName
from app.assessments import queries as assessments
from app.assessments.retelling import queries as retelling
from app.assessments.retelling.queries import Told
from app.claims import queries as claiming
from app.claims import register, subjects
from app.claims.models import Claim
from app.claims.terms import SubjectKind
from app.core.errors import NotFound
from app.custody.models import Leaf, LogEntry, Sealed
from app.quotes import queries as quoting
from app.quotes.listening import queries as listened
from app.quotes.listening.queries import Manner
from app.quotes.models import (
    AcousticSupport,
    Alignment,
    Decision,
    Quote,
    ReadingComparison,
)
from app.recordings import queries as recordings
from app.recordings.models import (
    ClaimedHop,
    Derivative,
    Description,
    Identification,
    LinkRuling,
    MediaInstance,
    Recording,
    RecordingLink,
)
from app.reports import queries as reporting
from app.reports.intake import queries as intake
from app.reports.intake.models import Capture, Extraction
from app.reports.lineage import Lineage
from app.reports.models import Citation, Report, ReportLink, Snapshot
from app.transcripts import listening
from app.transcripts.models import Replay, SegmentRow, Transcript

Row = TypeVar("Row", bound=Sealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A custody entry: its place, its exact bytes, and the commitment in the tree."""

    log_index: int
    body: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All rows about one recording, each list in the order in which things were recorded."""

    recording: Recording
    descriptions: Sequence[Description]
    instances: Sequence[MediaInstance]
    identifications: Sequence[Identification]
    derivatives: Sequence[Derivative]
    hops: Sequence[ClaimedHop]
    links: Sequence[RecordingLink]
    rulings: Sequence[LinkRuling]
    transcripts: Sequence[Transcript]
    segments: Sequence[SegmentRow]
    readings: Sequence[listening.Standing]
    replays: Sequence[Replay]
    citations: Sequence[Citation]
    quotes: Sequence[Quote]
    standings: dict[str, quoting.Standing]
    alignments: Sequence[Alignment]
    decisions: Sequence[Decision]
    supports: Sequence[AcousticSupport]
    manners: dict[str, Manner]
    listenings: Sequence[listened.Standing]
    comparisons: Sequence[ReadingComparison]
    reports: Sequence[Report]
    snapshots: Sequence[Snapshot]
    origins: dict[str, tuple[Extraction, Capture]]
    lineage: Lineage | None
    claims: Sequence[claiming.Standing]
    conflicts: Sequence[register.Listed]
    report_links: Sequence[ReportLink]
    sources: Sequence[Report]
    assessments: Sequence[assessments.Standing]
    retold: Told
    agents: Sequence[Agent]
    names: Sequence[AgentName]
    entries: Sequence[Entry] = field(default=())


def gather(session: Session, recording_id: str, *, as_of: int) -> Gathered:
    """
    Everything about a recording that entries up to `as_of` recorded.

    `NotFound` if it was not in the catalogue then. The texts of snapshots are not read.
    """
    at = _Reading(session, as_of)
    recording = recordings.get(session, recording_id)
    if recording.log_index > as_of:
        raise NotFound("no such recording")
    instances = at.all(MediaInstance, MediaInstance.recording_id == recording_id)
    instance_ids = [item.id for item in instances]
    hops = at.all(ClaimedHop, ClaimedHop.recording_id == recording_id)
    links = at.all(
        RecordingLink,
        or_(RecordingLink.recording_id == recording_id, RecordingLink.other_id == recording_id),
    )
    transcripts = at.all(Transcript, Transcript.recording_id == recording_id)
    citations = at.all(Citation, Citation.recording_id == recording_id)
    quotes = at.all(Quote, Quote.recording_id == recording_id)
    alignments = at.all(Alignment, Alignment.recording_id == recording_id)
    decisions = at.among(Decision, Decision.alignment_id, [item.id for item in alignments])
    retold = retelling.of_recording(session, recording_id, as_of=as_of)
    concluded = assessments.of_recording(session, recording_id, as_of=as_of, told=retold)
    claimed = claiming.of_recording(session, recording_id, as_of=as_of)
    cited = {item.report_id for item in citations} | {item.report_id for item in quotes}
    texts = {item.snapshot_id for item in citations} | {item.snapshot_id for item in quotes}
    texts |= {item.assessment.snapshot_id for item in concluded if item.assessment.snapshot_id}
    texts |= {item.restatement.snapshot_id for item in retold.restated}
    texts |= {item.claim.snapshot_id for item in claimed}
    snapshots = at.snapshots(texts)
    report_ids = sorted(cited | {item.report_id for item in snapshots})
    lineage = (
        reporting.lineage_of(session, cited, case_id=recording.case_id, as_of=as_of)
        if cited
        else None
    )
    reached = set(lineage.roots_of) if lineage else set()
    agent_ids = {item.agent_id for item in hops if item.agent_id}
    agent_ids |= {item.assessment.assessor_id for item in concluded if item.assessment.assessor_id}
    agent_ids |= {agent_id for item in claimed for agent_id in agents_of(item.claim)}
    found = Gathered(
        recording=recording,
        descriptions=at.all(Description, Description.recording_id == recording_id),
        instances=instances,
        identifications=at.among(Identification, Identification.instance_id, instance_ids),
        derivatives=at.among(Derivative, Derivative.instance_id, instance_ids),
        hops=hops,
        links=links,
        rulings=at.among(LinkRuling, LinkRuling.link_id, [item.id for item in links]),
        transcripts=transcripts,
        segments=_segments(session, [item.id for item in transcripts]),
        readings=listening.of_recording(session, recording_id, as_of=as_of),
        replays=at.among(Replay, Replay.transcript_id, [item.id for item in transcripts]),
        citations=citations,
        quotes=quotes,
        standings=quoting.standings(session, quotes, as_of=as_of),
        alignments=alignments,
        supports=at.among(
            AcousticSupport, AcousticSupport.alignment_id, [item.id for item in alignments]
        ),
        decisions=decisions,
        manners=listened.manners(session, decisions, as_of=as_of),
        comparisons=at.all(ReadingComparison, ReadingComparison.recording_id == recording_id),
        listenings=listened.of_quotes(session, [item.id for item in quotes], as_of=as_of),
        reports=at.among(Report, Report.id, report_ids),
        snapshots=snapshots,
        origins=intake.origins_of(session, snapshots),
        claims=claimed,
        conflicts=register.among(session, recording.case_id, claimed, as_of=as_of),
        lineage=lineage,
        report_links=at.among(ReportLink, ReportLink.from_report_id, reached),
        sources=at.among(Report, Report.id, reached - set(report_ids)),
        assessments=concluded,
        retold=retold,
        agents=at.among(Agent, Agent.id, agent_ids),
        names=at.among(AgentName, AgentName.agent_id, agent_ids),
    )
    return _with_entries(at, found)


def agents_of(claim: Claim) -> set[str]:
    """The agents that a claim names: who says it, who is spoken of in its value."""
    named = subjects.named_in(claim.typed_value())
    spoken_of = {identifier for kind, identifier, _ in named if kind is SubjectKind.AGENT}
    return spoken_of | ({claim.said_by_id} if claim.said_by_id else set())


class _Reading:
    """A session and the place in the log up to which it reads."""

    def __init__(self, session: Session, as_of: int) -> None:
        self.session, self.as_of = session, as_of

    def all(self, kind: type[Row], condition: ColumnElement[bool]) -> Sequence[Row]:
        """The rows that fulfil `condition`, in the order in which they were recorded."""
        return self.session.scalars(
            select(kind).where(condition, kind.log_index <= self.as_of).order_by(kind.log_index)
        ).all()

    def among(
        self, kind: type[Row], column: Any, values: Collection[str]
    ) -> Sequence[Row]:  # any mapped column of text
        """The rows whose `column` is among `values`; without values, nothing is read."""
        return self.all(kind, column.in_(sorted(values))) if values else ()

    def snapshots(self, ids: Collection[str]) -> Sequence[Snapshot]:
        """Frozen texts without the texts."""
        if not ids:
            return ()
        return self.session.scalars(
            select(Snapshot)
            .where(Snapshot.id.in_(sorted(ids)), Snapshot.log_index <= self.as_of)
            .order_by(Snapshot.log_index)
            .options(defer(Snapshot.text))
        ).all()


def _segments(session: Session, transcript_ids: Collection[str]) -> Sequence[SegmentRow]:
    if not transcript_ids:
        return ()
    return session.scalars(
        select(SegmentRow)
        .where(SegmentRow.transcript_id.in_(transcript_ids))
        .order_by(SegmentRow.transcript_id, SegmentRow.ordinal)
    ).all()


def _with_entries(at: _Reading, found: Gathered) -> Gathered:
    """
    Add the custody entries about the recording, and those that made any row about it.

    An agent's, a report's and a frozen text's own entries are not among them: they are
    about more than this recording.
    """
    rows: list[Sealed] = [
        *found.citations,
        *found.quotes,
        *found.alignments,
        *found.decisions,
        *found.supports,
        *(item.claim for item in found.claims),
        *(item.withdrawal for item in found.claims if item.withdrawal),
        *(row for item in found.conflicts for row in item.decisions),
        *(item.assessment for item in found.assessments),
        *(item.retraction for item in found.assessments if item.retraction),
        *found.retold.rows,
        *found.links,
        *found.rulings,
    ]
    told = at.session.execute(
        select(LogEntry.log_index, LogEntry.body, Leaf.commitment)
        .join(Leaf, Leaf.log_index == LogEntry.log_index)
        .where(
            LogEntry.log_index <= at.as_of,
            or_(
                (LogEntry.subject_id == found.recording.id)
                & (LogEntry.subject_kind == "recording"),
                LogEntry.log_index.in_(sorted({row.log_index for row in rows})),
            ),
        )
        .order_by(LogEntry.log_index)
    )
    entries = [
        Entry(log_index=index, body=body, commitment=commitment)
        for index, body, commitment in told
    ]
    return replace(found, entries=entries)
