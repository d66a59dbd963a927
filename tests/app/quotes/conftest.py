"""A case with a report that quotes a recording, and the verbs that people use on it."""

import pytest
from sqlalchemy import func, select

from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.core.digest import Digest
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.quotes import service
from app.quotes.models import Alignment, Decision, Quote
from app.quotes.review import Ruling
from app.quotes.wording import Target, TargetKind
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
from transcription.quotation.proposal import QuoteForm
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

    def decide(
        self,
        alignment: Alignment,
        by: Actor,
        ruling: Ruling = Ruling.CONFIRMED,
        supersedes: str | None = None,
    ) -> Decision:
        with self.database.writing() as session:
            return service.decide(
                session,
                actor=by,
                alignment=alignment,
                ruling=ruling,
                rationale="Listened.",
                supersedes=supersedes,
            )

    def count(self, event: EventType) -> int:
        with self.database.reading() as session:
            found = select(func.count()).where(LogEntry.event == str(event))
            return session.scalars(found).one()
