"""Every verb about a recording leaves one entry, and says no more in it than it must."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.core.errors import Invalid, PreconditionFailed
from app.custody.models import LogEntry
from app.recordings import fixity, linking, queries, service, uploads
from app.recordings.acquisition import EmptyFile
from app.recordings.models import MediaInstance, Recording
from app.recordings.ordering import spelled
from app.recordings.provenance import (
    Decoding,
    DerivativeKind,
    Ground,
    HopAction,
    LinkDecision,
    LinkKind,
    LinkState,
    Outcome,
    Particulars,
    Standing,
    Status,
)
from app.recordings.relating import Hop
from tests.app.recordings.conftest import arrived, entries

CANARY = "canary-words"
Verb = Callable[[Session, Actor, Recording, MediaInstance], object]

VERBS: dict[str, Verb] = {
    "catalogue": lambda session, actor, recording, _: service.catalogue(
        session, actor=actor, case_id=recording.case_id, particulars=Particulars(title=CANARY)
    ),
    "describe": lambda session, actor, recording, _: service.describe(
        session,
        actor=actor,
        recording=recording,
        expected_revision=2,
        particulars=Particulars(title=CANARY, status=Status.HELD, note=CANARY),
    ),
    "acquire": lambda session, actor, recording, _: service.acquire(
        session, actor=actor, recording=recording, arrival=arrived(b"more", filename=CANARY)
    ),
    "identify": lambda session, actor, _, instance: service.identify(
        session,
        actor=actor,
        instance=instance,
        decoding=Decoding(outcome=Outcome.UNDECODABLE, decoder={}, reason=CANARY),
    ),
    "derive": lambda session, actor, _, instance: service.derive(
        session,
        actor=actor,
        instance=instance,
        kind=DerivativeKind.PEAKS,
        digest=Digest.of_bytes(b"peaks"),
        size=5,
        media_type="application/octet-stream",
        made_by={"tool": CANARY},
    ),
    "access": lambda session, actor, _, instance: service.access(
        session,
        actor=actor,
        instance=instance,
        part="original",
        digest=Digest.parse(instance.sha256),
        span=(0, 5),
    ),
    "claim_hop": lambda session, actor, recording, _: service.claim_hop(
        session,
        actor=actor,
        recording=recording,
        hop=Hop(action=HopAction.SHARED, claimed_by=CANARY, agent_as_described=CANARY),
    ),
    "check": lambda session, actor, _, instance: fixity.record_check(
        session, actor=actor, instance=instance, findings=[]
    ),
}


@pytest.fixture
def instance(database: Database, investigator: Actor, recording: Recording) -> MediaInstance:
    """An accepted arrival."""
    with database.writing() as session:
        return service.acquire(session, actor=investigator, recording=recording, arrival=arrived())


@pytest.mark.parametrize("verb", VERBS.values(), ids=list(VERBS))
def test_every_verb_leaves_one_entry_without_words_of_evidence(
    database: Database,
    investigator: Actor,
    recording: Recording,
    instance: MediaInstance,
    verb: Verb,
) -> None:
    with database.writing() as session:
        before = entries(session)
        verb(session, investigator, recording, instance)
        assert entries(session) == before + 1
        last = session.get(LogEntry, before)

    assert last is not None
    assert CANARY.encode() not in last.body
    assert last.case_id == recording.case_id


def test_a_link_and_each_word_on_it_are_one_entry_each(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    second = replace(investigator, id="account-second")
    with database.writing() as session:
        other = service.catalogue(
            session,
            actor=investigator,
            case_id=recording.case_id,
            particulars=Particulars(title="Another"),
        )
        before = entries(session)
        stated = service.link(
            session,
            actor=investigator,
            recording=recording,
            other=other,
            kind=LinkKind.SAME_AS,
            ground=Ground.BYTES,
            reason="the same samples",
        )
        proposed_at = stated.log_index
        service.rule(
            session,
            actor=second,
            link=stated,
            decision=LinkDecision.CONFIRMED,
            reason="compared them",
        )
        assert entries(session) == before + 2

        now = linking.links_of(session, other.id)
        then = linking.links_of(session, other.id, as_of=proposed_at)
    assert [standing.state for standing in now] == [LinkState.CONFIRMED]
    assert [standing.state for standing in then] == [LinkState.PROPOSED]


def test_a_quarantined_arrival_holds_nothing_and_the_next_good_one_does(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    wrong = arrived(digest=Digest.of_bytes(b"another"))

    with database.writing() as session:
        kept = service.acquire(session, actor=investigator, recording=recording, arrival=wrong)
        held_then = queries.is_held(session, recording.id)
        good = service.acquire(session, actor=investigator, recording=recording, arrival=arrived())
        original = queries.original_of(session, recording.id)

    assert (kept.standing, held_then) == (Standing.QUARANTINED, False)
    assert original is not None
    assert original.id == good.id


def test_what_is_held_is_read_as_it_was(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    with database.reading() as session:
        before = instance.log_index - 1
        assert not queries.is_held(session, recording.id, as_of=before)
        assert queries.is_held(session, recording.id, as_of=instance.log_index)
        then = queries.description_of(session, recording.id, as_of=before)
        now = queries.description_of(session, recording.id)
    assert (then.status, now.status) == (Status.CITED_NOT_HELD, Status.HELD)


def test_held_is_what_an_arrival_makes_and_no_description_unmakes(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        service.describe(
            session,
            actor=investigator,
            recording=recording,
            expected_revision=2,
            particulars=Particulars(title="x", status=Status.WITHHELD),
        )
    assert refused.value.field == "status"


def test_a_description_made_from_a_stale_revision_is_refused(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    with database.writing() as session, pytest.raises(PreconditionFailed):
        service.describe(
            session,
            actor=investigator,
            recording=recording,
            expected_revision=1,
            particulars=Particulars(title="x", status=Status.HELD),
        )


def test_nothing_is_no_arrival(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    with database.writing() as session, pytest.raises(EmptyFile):
        service.acquire(session, actor=investigator, recording=recording, arrival=arrived(b""))


def test_numbers_are_dense_when_many_catalogue_at_once(
    database: Database, investigator: Actor
) -> None:
    numbers: list[int] = []

    def catalogue() -> None:
        for _ in range(5):
            with database.writing() as session:
                made = service.catalogue(
                    session,
                    actor=investigator,
                    case_id="case-1",
                    particulars=Particulars(title="x"),
                )
            numbers.append(made.number)

    threads = [threading.Thread(target=catalogue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == list(range(1, 21))


def test_catalogue_numbers_have_no_end() -> None:
    assert [spelled(number) for number in (1, 9999, 10000)] == ["R-0001", "R-9999", "R-10000"]


def test_an_upload_identifier_is_128_random_bits() -> None:
    made = {uploads.new_upload_id() for _ in range(100)}
    assert len(made) == 100
    assert {len(bytes.fromhex(one)) for one in made} == {16}
