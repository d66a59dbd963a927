"""What is cited and not held, and what came in that may be it: proposed, never merged."""

from typing import Annotated

from fastapi import APIRouter

from app.accounts.permissions import Permission
from app.api.hops import LinkOut
from app.api.wire import Id, LogIndex, Wire
from app.cases.caller import Caller
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.http.caller import allowed
from app.http.transactions import Reading
from app.incidents.models import MaterialKind
from app.recordings import queries as recordings
from app.recordings.provenance import Status
from app.reports.models import ReportKind
from app.wanted import matching, queries
from app.wanted.matching import Ground, Match

router = APIRouter(tags=["wanted"])
Seeing = Annotated[Caller, allowed(Permission.RECORDING_READ)]


class DeclaredOut(Wire):
    """What a claim says of the bytes: a digest or a duration."""

    claim_id: str
    report_id: str
    predicate: Predicate
    value: dict[str, object]

    @classmethod
    def of(cls, claim: Claim) -> "DeclaredOut":
        """Shape a claim."""
        return cls(
            claim_id=claim.id,
            report_id=claim.report_id,
            predicate=claim.predicate,
            value=claim.value,
        )


class GroundOut(Wire):
    """One ground: what was compared, with which claim, and whether it fits."""

    ground: Ground
    claim_id: str
    fits: bool


class MatchOut(Wire):
    """
    Bytes of a recording that may be the wanted one; `grounds` holds what speaks against it too.

    Accept it by a link `same_as` between the two recordings, which a second person confirms;
    refuse it by `not_same_as`.
    """

    recording_id: str
    instance_id: str
    firmest: Ground | None
    grounds: list[GroundOut]


class WantedRecordingOut(Wire):
    """A recording of which nothing is held."""

    id: str
    catalogue_no: str
    title: str
    status: Status
    series: str | None
    declared: list[DeclaredOut]
    cited_by: list[str]
    proposals: list[MatchOut]
    links: list[LinkOut]


class WantedReportOut(Wire):
    """A report whose words are not held."""

    id: str
    kind: ReportKind
    title: str | None
    publisher: str | None
    declared: list[DeclaredOut]
    cited_by: list[str]


class WantedMaterialOut(Wire):
    """Material that nobody here holds; `same_bytes` are holdings whose digest is the printed one."""

    id: str
    kind: MaterialKind
    title: str
    declared: list[DeclaredOut]
    cited_by: list[str]
    same_bytes: list[str]


class WantedOut(Wire):
    """Everything that is cited and not held in a case; `arrived` compares what came in for it."""

    method: str
    recordings: list[WantedRecordingOut]
    reports: list[WantedReportOut]
    materials: list[WantedMaterialOut]
    arrived: list[MatchOut]


class MayBeOut(Wire):
    """A wanted recording that bytes of this one may be."""

    wanted_id: str
    match: MatchOut


class MayBeListOut(Wire):
    """Every wanted recording that bytes of this one may be."""

    method: str
    items: list[MayBeOut]


@router.get("/cases/{case_id}/wanted")
def wanted(case_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None) -> WantedOut:
    """List what is cited and not held in a case: recordings, reports, material."""
    _require(caller, case_id, thing="case")
    found = queries.of_case(session, case_id, as_of=as_of)
    return WantedOut(
        method=matching.METHOD,
        recordings=[_recording(item) for item in found.recordings],
        reports=[
            WantedReportOut(
                id=item.report.id,
                kind=item.report.kind,
                title=item.report.title,
                publisher=item.report.publisher,
                declared=[DeclaredOut.of(each) for each in item.declared],
                cited_by=list(item.report_ids),
            )
            for item in found.reports
        ],
        materials=[
            WantedMaterialOut(
                id=item.material.id,
                kind=item.material.kind,
                title=item.material.title,
                declared=[DeclaredOut.of(each) for each in item.declared],
                cited_by=list(item.report_ids),
                same_bytes=[each.id for each in item.same_bytes],
            )
            for item in found.materials
        ],
        arrived=[
            _match(item.recording.id, item.instance.id, item.match) for item in found.arrived
        ],
    )


@router.get("/recordings/{recording_id}/may-be")
def may_be(recording_id: Id, session: Reading, caller: Seeing) -> MayBeListOut:
    """List the wanted recordings that bytes of this one may be."""
    recording = recordings.get(session, recording_id)
    _require(caller, recording.case_id, thing="recording")
    return MayBeListOut(
        method=matching.METHOD,
        items=[
            MayBeOut(
                wanted_id=wanted.recording.id,
                match=_match(recording.id, item.instance.id, item.match),
            )
            for wanted, item in queries.may_be(session, recording)
        ],
    )


def _require(caller: Caller, case_id: str, *, thing: str) -> None:
    for right in (
        Permission.RECORDING_READ,
        Permission.REPORT_READ,
        Permission.CLAIM_READ,
        Permission.INCIDENT_READ,
    ):
        caller.require(right, case_id, thing=thing)


def _recording(item: queries.WantedRecording) -> WantedRecordingOut:
    return WantedRecordingOut(
        id=item.recording.id,
        catalogue_no=item.recording.catalogue_no,
        title=item.description.title,
        status=item.description.status,
        series=item.description.series,
        declared=[DeclaredOut.of(each) for each in item.declared],
        cited_by=list(item.report_ids),
        proposals=[
            _match(each.recording.id, each.instance.id, each.match) for each in item.proposals
        ],
        links=[LinkOut.of(each) for each in item.stated],
    )


def _match(recording_id: str, instance_id: str, match: Match) -> MatchOut:
    return MatchOut(
        recording_id=recording_id,
        instance_id=instance_id,
        firmest=match.firmest,
        grounds=[
            GroundOut(ground=each.ground, claim_id=each.claim_id, fits=each.fits)
            for each in match.found
        ],
    )
