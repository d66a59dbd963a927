"""Proposals for a frozen text: computed, marked where registered, accepted by a person."""

import json

import pytest
from sqlalchemy import select

from app.core.actor import Actor
from app.core.database import Database
from app.core.errors import Invalid
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.quotes import proposals, service
from app.quotes.models import Quote
from app.quotes.proposals import AlreadyRegistered, Changes, Proposals, accept
from app.quotes.wording import Target, TargetKind
from app.recordings.models import Recording
from app.reports import queries as reports_queries
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind, Snapshot
from app.reports.service import Particulars as Publication
from tests.app.quotes.conftest import CASE
from transcription.quotation.proposal import QuoteForm

TEXT = (
    "In the intercept a soldier reports: “Forty sacks are here.” The commander replies at least "
    "three times: “Leave them.”\n"
    "The minister Anna Lys said: “I heard of no sacks.”\n"
    "The so-called “sack affair” goes on."
)
NOTHING = Changes()


@pytest.fixture
def frozen(database: Database, investigator: Actor) -> Snapshot:
    with database.writing() as session:
        report = reports.register(
            session,
            actor=investigator,
            case_id=CASE,
            particulars=Publication(kind=ReportKind.NEWS, language="en"),
        )
        return reports.snapshot(session, actor=investigator, report=report, text=TEXT)


def read(database: Database, frozen: Snapshot) -> Proposals:
    with database.reading() as session:
        return proposals.proposals(session, frozen)


def accepted(
    database: Database, actor: Actor, frozen: Snapshot, at: int, changes: Changes = NOTHING
) -> Quote:
    proposal = read(database, frozen).items[at].proposal
    with database.writing() as session:
        return accept(
            session,
            actor=actor,
            snapshot=frozen,
            start=proposal.start,
            end=proposal.end,
            changes=changes,
        )


def of(recording: Recording) -> Changes:
    return Changes(target=Target(kind=TargetKind.RECORDING, recording_id=recording.id))


def test_reading_a_text_leaves_no_trace(database: Database, frozen: Snapshot) -> None:
    with database.reading() as session:
        before = len(session.scalars(select(LogEntry)).all())
    found = read(database, frozen)

    assert [item.proposal.target.value for item in found.items] == [
        "recording",
        "recording",
        "statement",
        "term",
    ]
    assert found.open == found.items
    with database.reading() as session:
        assert len(session.scalars(select(LogEntry)).all()) == before


def test_what_is_accepted_is_one_quote_and_one_entry_that_names_the_rules(
    database: Database, investigator: Actor, frozen: Snapshot
) -> None:
    made = accepted(database, investigator, frozen, 2)

    assert (made.exact, made.target_kind) == ("I heard of no sacks.", TargetKind.STATEMENT)
    assert made.speaker_as_described == "The minister Anna Lys"
    assert TEXT[made.start : made.end] == made.exact
    with database.reading() as session:
        entries = session.scalars(
            select(LogEntry).where(LogEntry.event == str(EventType.QUOTE_CREATION))
        ).all()
    assert len(entries) == 1
    assert entries[0].log_index == made.log_index
    assert json.loads(entries[0].body)["details"]["proposed_by"] == proposals.METHOD


def test_a_proposal_that_is_registered_is_marked_so_and_not_taken_twice(
    database: Database, investigator: Actor, frozen: Snapshot
) -> None:
    made = accepted(database, investigator, frozen, 2)
    quotes = [item.quote for item in read(database, frozen).items]

    assert [quote.id if quote else None for quote in quotes] == [None, None, made.id, None]
    with pytest.raises(AlreadyRegistered) as refused:
        accepted(database, investigator, frozen, 2)
    assert refused.value.facts["quote_id"] == made.id


def test_what_somebody_marked_by_hand_counts_though_a_full_stop_is_missing(
    database: Database, investigator: Actor, frozen: Snapshot
) -> None:
    with database.writing() as session:
        by_hand = service.quote(
            session,
            actor=investigator,
            snapshot=frozen,
            passage=Passage(exact="Forty sacks are here"),
            language="en",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.STATEMENT),
        )
        service.quote(
            session,
            actor=investigator,
            snapshot=frozen,
            passage=Passage(exact="goes on"),
            language="en",
            form=QuoteForm.DIRECT,
            target=Target(kind=TargetKind.STATEMENT),
        )

    quotes = [item.quote for item in read(database, frozen).items]
    assert [quote.id if quote else None for quote in quotes] == [by_hand.id, None, None, None]


def test_an_answer_answers_what_was_accepted_before_it(
    database: Database, investigator: Actor, frozen: Snapshot, recording: Recording
) -> None:
    asked = accepted(database, investigator, frozen, 0, of(recording))
    answer = accepted(database, investigator, frozen, 1, of(recording))

    assert answer.in_reply_to == asked.id
    assert answer.occurrence_claim is not None
    assert (answer.occurrence_claim.op.value, answer.occurrence_claim.count) == ("at_least", 3)


def test_an_answer_to_nothing_registered_answers_nothing(
    database: Database, investigator: Actor, frozen: Snapshot, recording: Recording
) -> None:
    changes = Changes(
        target=Target(kind=TargetKind.RECORDING, recording_id=recording.id),
        speaker="",
        without_claim=True,
        form=QuoteForm.PARTIAL,
        language="ru",
        passage=Passage(exact="Leave them"),
    )
    made = accepted(database, investigator, frozen, 1, changes)

    assert made.in_reply_to is None
    assert made.occurrence_claim is None
    assert made.speaker_as_described is None
    assert (made.exact, made.language, made.form) == ("Leave them", "ru", QuoteForm.PARTIAL)


@pytest.mark.parametrize(("at", "said"), [(0, "name the recording"), (3, "propose nothing")])
def test_what_the_rules_cannot_know_must_be_said(
    database: Database, investigator: Actor, frozen: Snapshot, at: int, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        accepted(database, investigator, frozen, at)

    assert refused.value.field == "target"
    assert said in refused.value.message


def test_nothing_is_accepted_where_nothing_is_proposed(
    database: Database, investigator: Actor, frozen: Snapshot
) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        accept(session, actor=investigator, snapshot=frozen, start=0, end=4, changes=NOTHING)

    assert refused.value.field == "start"


def test_a_text_that_would_take_long_is_said_not_to_be_read(
    database: Database, investigator: Actor, frozen: Snapshot
) -> None:
    with database.writing() as session:
        long = reports.snapshot(
            session,
            actor=investigator,
            report=reports_queries.get(session, frozen.report_id),
            text="“Rain fell,” he said. " * 20_000,
        )
    found = read(database, long)

    assert found.items == []
    assert "not read here" in found.note
