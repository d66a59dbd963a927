"""Comparing and deciding: once per pair, only with audio, by nobody with a stake."""

import pytest

from app.core import jobs
from app.core.database import Database
from app.custody.events import EventType
from app.quotes import queries
from app.quotes.independence import NotIndependent
from app.quotes.review import Ruling, State
from app.recordings.models import Recording
from app.reports.models import Snapshot
from transcription.alignment import Verdict

from .conftest import CASE, FLOUR, SALT, Case, person


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
