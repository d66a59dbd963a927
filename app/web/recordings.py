"""A recording with its whole story: sound, words, quotes, custody, assessments, citations."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.assessments.models import Access, Interest, Question, Stance, StatementKind
from app.cases.caller import Caller
from app.core import jobs
from app.custody import queries as custody_queries
from app.custody.models import LogEntry
from app.custody.service import Subject
from app.http.caller import allowed
from app.http.transactions import Reading
from app.quotes import queries as quote_queries
from app.quotes import supports
from app.quotes.models import Quote
from app.quotes.queries import Standing
from app.quotes.review import Ruling
from app.recordings import linking, queries
from app.recordings.models import Recording
from app.reports import queries as report_queries
from app.reports.models import Report
from app.transcripts import queries as transcript_queries
from app.transcripts.choice import Task
from app.transcripts.models import Transcript, TranscriptKind
from app.wanted import queries as wanted
from app.wanted.queries import Proposal, WantedRecording
from app.web import claimed, ledger, lineage, playing, spoken, support, wordings
from app.web.hearing import hearing
from app.web.refusals import Refused
from app.web.rendering import page
from app.web.vocabulary import FORMATS
from transcription.transcript import Transcript as Content

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
SHOWN_ENTRIES = 100
# What a reader wants to see first: what a person wrote, then what a machine heard.
PREFERENCE = (
    TranscriptKind.CORRECTION,
    TranscriptKind.HUMAN,
    TranscriptKind.ASR,
    TranscriptKind.PUBLISHED,
    TranscriptKind.TRANSLATION,
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A custody entry, and who did it, as they were known when they did."""

    row: LogEntry
    actor: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as the page shows it: where it was published, where it was spoken."""

    quote: Quote
    report: Report
    standing: Standing
    may_decide: bool
    support: support.Shown | None
    may_ask: bool
    """Whether an engine can be asked of each word."""

    @property
    def places(self) -> list[dict[str, Any]]:
        """Where it was spoken, as the alignment in force found it."""
        return self.standing.alignment.occurrences if self.standing.alignment else []

    @property
    def source(self) -> str:
        """The report by its publisher, else by its title."""
        return self.report.publisher or self.report.title or "untitled report"


@router.get("/recordings/{recording_id}")
def recording(
    recording_id: str,
    request: Request,
    session: Reading,
    caller: Reader,
    transcript: str | None = None,
) -> Response:
    """The recording page; `transcript` chooses which version is shown."""
    return show(request, session, caller, recording_id, transcript=transcript)


def show(
    request: Request,
    session: Session,
    caller: Caller,
    recording_id: str,
    *,
    transcript: str | None = None,
    refused: Refused | None = None,
) -> Response:
    """The recording page as it stands now, with the form that was `refused` as it was sent."""
    found = queries.get(session, recording_id)
    caller.require(Permission.RECORDING_READ, found.case_id, thing="recording")
    held = playing.held_of(session, recording_id)
    versions = transcript_queries.of(session, recording_id)
    shown = _shown(versions, transcript)
    content = transcript_queries.value(session, shown) if shown else None
    entered = custody_queries.entries(
        session,
        cases={found.case_id},
        subject=Subject("recording", recording_id),
        limit=SHOWN_ENTRIES,
    )
    told = ledger.of_recording(session, recording_id)
    citations = report_queries.citations_of(session, recording_id)
    quoted = _quoted(session, caller, found)
    subjects = [item.instance.id for item in held] + [item.id for item in versions]
    pending = _jobs(session, found, subjects + [item.quote.id for item in quoted])
    citing = {item.report_id for item in citations} | {item.quote.report_id for item in quoted}
    return page(
        request,
        "recording.html",
        caller=caller,
        section="Recordings",
        status=refused.status if refused else 200,
        refused=refused,
        recording=found,
        description=queries.description_of(session, recording_id),
        held=held,
        player=playing.player_of(session, recording_id, held),
        transcripts=versions,
        shown=shown,
        **spoken.told(session, caller, found, versions, shown, content),
        hearing=hearing(session, shown, content) if shown and content else None,
        cited=_cited(quoted, shown),
        quoted=quoted,
        wordings=wordings.groups([item.quote for item in quoted]),
        sources={item.report.id: item.source for item in quoted},
        reports=[report_queries.get(session, report) for report in sorted(citing)],
        drawn=lineage.drawn(session, citing, case_id=found.case_id) if citing else None,
        **claimed.of_recording(session, caller, found),
        may_be=_may_be(session, caller, found),
        hops=linking.hops_of(session, recording_id),
        source_read=caller.may(Permission.SOURCE_READ, found.case_id),
        entries=[Entered(row, _actor(row)) for row in entered.items],
        more_entries=entered.next_cursor is not None,
        told=told,
        summary=told.ledger.summary,
        questions=list(Question),
        stances=list(Stance),
        kinds=list(StatementKind),
        interests=[Interest.UNKNOWN, Interest.INDEPENDENT, Interest.PARTY],
        accesses=list(Access),
        rulings=list(Ruling),
        formats=list(FORMATS),
        tasks=list(Task),
        downloads=_downloads(content),
        jobs=pending,
        live=any(not job.state.final for job in pending),
        **_rights(caller, found),
    )


def _may_be(
    session: Session, caller: Caller, found: Recording
) -> Sequence[tuple[WantedRecording, Proposal]]:
    """The recordings known by citation that bytes of this one may be."""
    may = caller.may(Permission.CLAIM_READ, found.case_id)
    return wanted.may_be(session, found) if may else []


def _actor(row: LogEntry) -> str:
    name: str = json.loads(row.body)["actor"]["name"]
    return name


def _rights(caller: Caller, found: Recording) -> dict[str, bool]:
    wanted = {
        "may_listen": Permission.RECORDING_LISTEN,
        "may_write": Permission.RECORDING_WRITE,
        "may_transcribe": Permission.TRANSCRIPT_WRITE,
        "may_assess": Permission.ASSESSMENT_WRITE,
    }
    return {name: caller.may(right, found.case_id) for name, right in wanted.items()}


def _shown(versions: Sequence[Transcript], wanted: str | None) -> Transcript | None:
    for version in versions:
        if version.id == wanted:
            return version
    newest_first = reversed(versions)
    return min(newest_first, key=lambda item: PREFERENCE.index(item.kind), default=None)


def _quoted(session: Session, caller: Caller, found: Recording) -> list[Quoted]:
    quotes = quote_queries.of_recording(session, found.id)
    standings = quote_queries.standings(session, quotes)
    may_decide = caller.may(Permission.ALIGNMENT_DECIDE, found.case_id)
    may_ask = caller.may(Permission.QUOTE_WRITE, found.case_id)
    shown = support.shown(session, [item.alignment for item in standings.values()])
    return [
        Quoted(
            quote,
            report_queries.get(session, quote.report_id),
            standings[quote.id],
            may_decide,
            shown.get(aligned.id) if aligned else None,
            may_ask and aligned is not None and supports.possible(session, aligned),
        )
        for quote in quotes
        for aligned in [standings[quote.id].alignment]
    ]


def _downloads(content: Content | None) -> list[tuple[str, str]]:
    """The formats that a transcript can be handed out in, as the API spells them, with names."""
    timed = content is not None and all(one.start_ms is not None for one in content.segments)
    return [
        ("txt" if format_ == "text" else format_, name)
        for format_, name in FORMATS.items()
        if format_ != "whisper" and (timed or format_ in {"text", "json"})
    ]


def _cited(quoted: Sequence[Quoted], shown: Transcript | None) -> set[int]:
    """The words of the shown transcript that some quote was found in, or behind, by number."""
    found: set[int] = set()
    for item in quoted:
        alignment = item.standing.alignment
        if alignment is None or shown is None:
            continue
        for place in item.places:
            if alignment.transcript_id == shown.id:
                found.update(range(place["first_word"], place["last_word"] + 1))
            elif alignment.spoken_transcript_id == shown.id:
                found.update(link["source"] for link in place["layers"]["links"])
    return found


def _jobs(session: Session, found: Recording, subjects: Iterable[str]) -> Sequence[jobs.Job]:
    """What is being done about the recording, its bytes, its words or its quotes, or failed."""
    statement = jobs.listing(case_ids={found.case_id}).where(
        jobs.Job.subject_id.in_([found.id, *subjects]),
        jobs.Job.state != jobs.JobState.SUCCEEDED,
    )
    return session.scalars(statement.order_by(jobs.Job.id)).all()
