"""Ways round independence that somebody might try, each closed; and reviewers in a race."""

import threading
from collections.abc import Callable

import pytest

from app.accounts import service as accounts
from app.accounts.models import AccountKind
from app.core import jobs
from app.core.actor import Actor, ActorKind, service
from app.core.database import Database
from app.core.digest import Digest
from app.quotes import queries, stakes
from app.quotes.independence import NotAPerson, NotIndependent, Stake
from app.quotes.models import Alignment, Decision
from app.quotes.review import NotInForce, Ruling
from app.recordings import service as recordings
from app.recordings.acquisition import Arrival, Declared
from app.recordings.models import Recording
from app.reports.models import Snapshot
from app.transcripts import service as transcripts
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import Transcript, TranscriptKind
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import CASE, FLOUR, Case, person

WORKER = service("worker")


@pytest.fixture
def case(database: Database, recording: Recording, snapshot: Snapshot) -> Case:
    made = Case(database, recording, snapshot)
    made.acquire(person("bringer"))
    made.quote()
    return made


def found(case: Case) -> Alignment:
    """The newest comparison."""
    return case.align_all()[-1]


def refused(case: Case, alignment: Alignment, by: Actor) -> list[str]:
    with pytest.raises(NotIndependent) as error:
        case.decide(alignment, by)
    because: list[str] = error.value.facts["because"]
    return because


def heard_by_machine(case: Case, *, asked_by: Actor) -> Transcript:
    """What a worker keeps when somebody asked for a transcription."""
    with case.database.writing() as session:
        job = jobs.request(
            session,
            kind=jobs.JobKind.TRANSCRIBE,
            subject_kind="recording",
            subject_id=case.recording.id,
            case_id=CASE,
            params={},
            actor=asked_by,
        )
        return transcripts.keep(
            session,
            actor=WORKER,
            recording=case.recording,
            content=Content("en", (Segment(f"so {FLOUR}", 0, 4_000),)),
            kind=TranscriptKind.ASR,
            job_id=job.id,
        )


def test_a_token_is_its_account(case: Case) -> None:
    case.heard(FLOUR, by=person("listener"))
    by_token = Actor("account-listener", ActorKind.TOKEN, "listener", via="token-1")

    assert refused(case, found(case), by_token) == ["author"]


def test_who_registered_the_quote_does_not_confirm_it(case: Case) -> None:
    case.heard(FLOUR, by=person("listener"))

    assert refused(case, found(case), person("desk")) == ["quoter"]


def test_who_asked_the_machine_does_not_confirm_what_it_heard(case: Case) -> None:
    heard_by_machine(case, asked_by=person("asker"))

    assert refused(case, found(case), person("asker")) == ["requester"]
    case.decide(found(case), person("reviewer"))


def test_who_asked_the_machine_does_not_confirm_a_correction_of_it_either(case: Case) -> None:
    draft = heard_by_machine(case, asked_by=person("asker"))
    once = case.heard("unload forty sacks of flower", by=person("corrector"), parent=draft)
    case.heard(FLOUR, by=person("last"), parent=once)
    alignment = found(case)

    assert refused(case, alignment, person("asker")) == ["requester"]
    assert refused(case, alignment, person("corrector")) == ["author"]
    assert refused(case, alignment, person("last")) == ["author"]


def test_words_brought_in_again_by_somebody_else_are_still_their_author_s(case: Case) -> None:
    file = TranscriptFile(
        f"WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n{FLOUR}\n".encode(), TranscriptFormat.VTT, "en"
    )
    for name in ("writer", "friend"):
        with case.database.writing() as session:
            transcripts.import_file(
                session,
                actor=person(name),
                recording=case.recording,
                file=file,
                kind=TranscriptKind.HUMAN,
            )
    first, copy = case.align_all()

    for alignment in (first, copy):
        assert refused(case, alignment, person("writer")) == ["author"]
        assert refused(case, alignment, person("friend")) == ["author"]


def test_bytes_in_quarantine_were_brought_by_somebody_too(case: Case) -> None:
    case.heard(FLOUR, by=person("listener"))
    declared = Declared(digest=Digest.of_bytes(b"something else"))
    with case.database.writing() as session:
        recordings.acquire(
            session,
            actor=person("second"),
            recording=case.recording,
            arrival=Arrival(digest=Digest.of_bytes(b"other"), size=5, declared=declared),
        )

    assert refused(case, found(case), person("second")) == ["uploader"]


def test_every_stake_of_one_account_is_named(case: Case) -> None:
    case.acquire(person("desk"))
    case.heard(FLOUR, by=person("desk"))
    alignment = found(case)

    assert refused(case, alignment, person("desk")) == ["uploader", "author", "quoter"]
    with case.database.reading() as session:
        interests = stakes.interests_in(session, alignment)
    assert interests.held[Stake.REQUESTER] == frozenset()


@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_part_of_the_service_decides_nothing(case: Case, ruling: Ruling) -> None:
    case.heard(FLOUR, by=person("listener"))

    with pytest.raises(NotAPerson):
        case.decide(found(case), WORKER, ruling)


def test_a_program_s_account_decides_nothing_whatever_role_it_was_given(case: Case) -> None:
    case.heard(FLOUR, by=person("listener"))
    with case.database.writing() as session:
        account = accounts.register(
            session,
            actor=service("test-house"),
            login="robot",
            display_name="A robot",
            password=None,
            kind=AccountKind.API_CLIENT,
        )
    robot = Actor(account.id, ActorKind.TOKEN, "A robot", via="token-2")

    with pytest.raises(NotAPerson):
        case.decide(found(case), robot)


class TestReviewersInARace:
    def test_of_many_first_decisions_one_stands_and_the_others_are_told_which(
        self, case: Case
    ) -> None:
        case.heard(FLOUR, by=person("listener"))
        alignment = found(case)

        done = at_once(
            [lambda who=who: case.decide(alignment, person(f"reviewer-{who}")) for who in range(6)]
        )

        stand = [item for item in done if isinstance(item, Decision)]
        told = [item.facts["in_force"] for item in done if isinstance(item, NotInForce)]
        assert len(stand) == 1
        assert told == [stand[0].id] * 5

    def test_a_chain_has_no_branches_however_many_supersede_at_once(self, case: Case) -> None:
        case.heard(FLOUR, by=person("listener"))
        alignment = found(case)
        first = case.decide(alignment, person("reviewer"))

        at_once(
            [
                lambda who=who: case.decide(
                    alignment, person(f"reviewer-{who}"), Ruling.REJECTED, first.id
                )
                for who in range(6)
            ]
        )

        with case.database.reading() as session:
            chain = queries.decisions_of(session, alignment.id)
        assert [item.revision for item in chain] == [1, 2]
        assert chain[1].supersedes == first.id


def at_once(acts: list[Callable[[], Decision]]) -> list[Decision | Exception]:
    """Do all of these in threads that begin together; what each gave or raised."""
    start = threading.Barrier(len(acts))
    given: list[Decision | Exception] = []

    def act(one: Callable[[], Decision]) -> None:
        start.wait()
        try:
            given.append(one())
        except NotInForce as error:
            given.append(error)

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
