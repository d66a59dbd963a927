"""Comparing and deciding: once per pair, only with audio, by nobody with a stake."""

import pytest
from sqlalchemy import func, select

from app.core import jobs
from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.core.digest import Digest
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.quotes import queries, service
from app.quotes.models import Alignment, Quote
from app.quotes.review import NotIndependent, Ruling, State
from app.quotes.wording import QuoteForm, Target, TargetKind
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.recordings.provenance import Particulars
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind, Snapshot
from app.reports.service import Particulars as Publication
from app.transcripts import service as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.alignment import Verdict
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

CASE = "case-1"
FLOUR = "unload forty sacks of flour"
SALT = "unload nine sacks of salt"


def person(name: str) -> Actor:
    return Actor(id=f"account-{name}", kind=ActorKind.PERSON, name=name)


@pytest.fixture
def recording(database: Database, investigator: Actor) -> Recording:
    with database.writing() as session:
        return recordings.catalogue(
            session,
            actor=investigator,
            case_id=CASE,
            particulars=Particulars(title="Two voices about sacks"),
        )


@pytest.fixture
def snapshot(database: Database, investigator: Actor) -> Snapshot:
    with database.writing() as session:
        report = reports.register(
            session,
            actor=investigator,
            case_id=CASE,
            particulars=Publication(kind=ReportKind.NEWS, language="en"),
        )
        text = f"One said: “{FLOUR}”. The other: “{SALT}”."
        return reports.snapshot(session, actor=investigator, report=report, text=text)


class Case:
    """The verbs of this case, each in a transaction of its own."""

    def __init__(self, database: Database, recording: Recording, snapshot: Snapshot) -> None:
        self.database = database
        self.recording = recording
        self.snapshot = snapshot

    def acquire(self, by: Actor) -> None:
        with self.database.writing() as session:
            arrival = Arrival(digest=Digest.of_bytes(b"bytes"), size=5, declared=Declared())
            recordings.acquire(session, actor=by, recording=self.recording, arrival=arrival)

    def quote(self, exact: str = FLOUR) -> Quote:
        with self.database.writing() as session:
            return service.quote(
                session,
                actor=person("desk"),
                snapshot=self.snapshot,
                passage=Passage(exact=exact),
                language="en",
                form=QuoteForm.DIRECT,
                target=Target(kind=TargetKind.RECORDING, recording_id=self.recording.id),
            )

    def heard(self, text: str, *, by: Actor, parent: Transcript | None = None) -> Transcript:
        content = Content("en", (Segment(text, 0, 4_000),))
        with self.database.writing() as session:
            if parent:
                return transcripts.correct(session, actor=by, parent=parent, content=content)
            return transcripts.keep(
                session,
                actor=by,
                recording=self.recording,
                content=content,
                kind=TranscriptKind.HUMAN,
            )

    def align_all(self) -> list[Alignment]:
        with self.database.writing() as session:
            return service.align_all(session, actor=person("desk"), recording_id=self.recording.id)

    def decide(self, alignment: Alignment, by: Actor, ruling: Ruling = Ruling.CONFIRMED) -> None:
        with self.database.writing() as session:
            service.decide(
                session, actor=by, alignment=alignment, ruling=ruling, rationale="Listened."
            )

    def count(self, event: EventType) -> int:
        with self.database.reading() as session:
            found = select(func.count()).where(LogEntry.event == str(event))
            return session.scalars(found).one()


@pytest.fixture
def case(database: Database, recording: Recording, snapshot: Snapshot) -> Case:
    return Case(database, recording, snapshot)


def test_each_pair_of_quote_and_transcript_is_compared_once(case: Case) -> None:
    case.acquire(person("bringer"))
    case.quote(FLOUR)
    case.quote(SALT)
    case.heard(f"well {FLOUR} now", by=person("listener"))

    first = case.align_all()
    again = case.align_all()

    assert [row.id for row in first] == [row.id for row in again]
    assert [row.verdict for row in first] == [Verdict.VERBATIM, first[1].verdict]
    assert not first[1].verdict.supports
    assert case.count(EventType.ALIGNMENT_PROPOSAL) == len(first) == 2


def test_nothing_is_compared_while_no_audio_is_held(case: Case) -> None:
    quote = case.quote()
    case.heard(FLOUR, by=person("listener"))

    assert case.align_all() == []
    with case.database.reading() as session:
        standing = queries.standing(session, quote)
    assert standing.verdict is Verdict.NOT_CHECKABLE_NO_AUDIO
    assert standing.state is State.NOT_CHECKABLE
    assert not standing.supports


def test_what_audio_brought_later_allows_was_not_allowed_before(case: Case) -> None:
    quote = case.quote()
    case.heard(FLOUR, by=person("listener"))
    case.acquire(person("bringer"))
    (found,) = case.align_all()

    with case.database.reading() as session:
        now = queries.standing(session, quote)
        before = queries.standing(session, quote, as_of=quote.log_index)
        between = queries.standing(session, quote, as_of=found.log_index - 1)

    assert (now.state, now.verdict) == (State.PROPOSED, Verdict.VERBATIM)
    assert before.state is State.NOT_CHECKABLE
    assert between.state is State.NOT_ALIGNED


def test_a_correction_replaces_what_it_corrects_and_an_older_finding_stays(case: Case) -> None:
    case.acquire(person("bringer"))
    case.quote()
    draft = case.heard("unload fourteen sacks of flour", by=person("listener"))
    (wrong,) = case.align_all()
    case.heard(FLOUR, by=person("corrector"), parent=draft)

    (right,) = case.align_all()

    assert wrong.verdict is Verdict.REVERSED
    assert right.verdict is Verdict.VERBATIM
    with case.database.reading() as session:
        kept = queries.alignments_of(session, right.quote_id)
        standing = queries.standing(session, queries.get(session, right.quote_id))
    assert [row.id for row in kept] == [wrong.id, right.id]
    assert standing.alignment
    assert standing.alignment.id == right.id


def test_whoever_wrote_the_first_version_has_a_stake_in_the_correction(case: Case) -> None:
    case.acquire(person("bringer"))
    case.quote()
    draft = case.heard("unload fourteen sacks of flour", by=person("listener"))
    case.heard(FLOUR, by=person("corrector"), parent=draft)
    (found,) = case.align_all()

    for stakeholder in ("bringer", "listener", "corrector"):
        with pytest.raises(NotIndependent):
            case.decide(found, person(stakeholder))
    case.decide(found, person("reviewer"))

    with case.database.reading() as session:
        assert queries.standing(session, queries.get(session, found.quote_id)).supports
    assert case.count(EventType.ALIGNMENT_DECISION) == 1


def test_a_quote_of_what_was_heard_already_asks_for_a_comparison(case: Case) -> None:
    unheard = case.quote()
    case.acquire(person("bringer"))
    case.heard(FLOUR, by=person("listener"))
    heard = case.quote(SALT)

    with case.database.reading() as session:
        assert jobs.of_subject(session, unheard.id) == []
        (job,) = jobs.of_subject(session, heard.id)
    assert (job.kind, job.subject_kind) == (jobs.JobKind.ALIGN, "quote")


def test_only_proposals_that_compare_something_wait_for_a_reviewer(case: Case) -> None:
    case.acquire(person("bringer"))
    case.quote(FLOUR)
    case.quote(SALT)
    case.heard(f"{FLOUR} and {SALT}", by=person("listener"))
    one, other = case.align_all()
    case.decide(one, person("reviewer"), Ruling.CANNOT_TELL)

    with case.database.reading() as session:
        waiting = session.scalars(queries.awaiting_review(case_ids={CASE})).all()
        elsewhere = session.scalars(queries.awaiting_review(case_ids={"case-2"})).all()
        standing = queries.standing(session, queries.get(session, one.quote_id))

    assert [row.id for row in waiting] == [other.id]
    assert elsewhere == []
    assert standing.state is State.CANNOT_TELL
