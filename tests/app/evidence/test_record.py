"""The evidence record: complete, the same for ever at one place, and only for those who may."""

import json
from typing import Any

import pytest
from sqlalchemy import event, select

from app.accounts.permissions import Permission, Role
from app.cases.caller import Caller
from app.core.database import Database
from app.core.errors import Forbidden, Invalid, NotFound
from app.custody import queries as custody
from app.custody.merkle import verify_inclusion
from app.custody.models import Leaf, Sealed
from app.custody.sealed_rows import sealed_tables
from app.evidence.record import Records, assemble
from app.reports import queries as reports_queries
from app.reports import service as reports
from app.reports.lineage import Relation
from app.reports.models import Layer, ReportKind
from app.reports.service import Particulars as Publication
from tests.app.evidence.story import INNA, REMO, SOURCE, Story

INVESTIGATOR = Caller(INNA, INNA.id, cases={"case-1": frozenset({Role.INVESTIGATOR})})
REVIEWER = Caller(REMO, REMO.id, cases={"case-1": frozenset({Role.REVIEWER})})


@pytest.fixture
def told(database: Database) -> Story:
    story = Story()
    story.tell(database)
    return story


def record(
    database: Database, story: Story, caller: Caller = INVESTIGATOR, as_of: int | None = None
) -> dict[str, Any]:
    with database.reading() as session:
        return assemble(session, story.things["recording"].id, caller=caller, as_of=as_of)


def test_as_of_gives_exactly_what_was_known_then(database: Database) -> None:
    """The record taken at each step is the record asked for later as of that step."""
    story, taken = Story(), []
    for step in story.steps():
        with database.writing() as session:
            step(session)
        taken.append(record(database, story))

    for then in taken:
        asked = record(database, story, as_of=then["read_at"]["log_index"])
        assert json.dumps(asked) == json.dumps(then)

    indexes = [then["read_at"]["log_index"] for then in taken]
    assert indexes == sorted(set(indexes))


def test_every_step_about_the_recording_shows_in_its_record(database: Database) -> None:
    story, last, silent = Story(), None, []
    for step in story.steps():
        with database.writing() as session:
            step(session)
        now = record(database, story)
        if {**now, "read_at": None} == {**(last or {}), "read_at": None}:
            silent.append(step.__name__)
        last = now

    assert silent == ["agent", "publish", "freeze", "repeat", "other"]


def test_the_record_names_what_the_reports_rest_on_and_how(
    database: Database, told: Story
) -> None:
    with database.writing() as session:
        link = reports.link(
            session,
            actor=INNA,
            source=reports_queries.get(session, told.things["report"].id),
            target=Publication(kind=ReportKind.NEWS, language="und", publisher="The Evening"),
            relation=Relation.CITES,
            layer=Layer.CLAIMED,
        )
        made = (link.id, link.to_report_id)

    published = record(database, told)["reports"]

    assert [item["publisher"] for item in published["sources"]] == ["The Evening"]
    assert [(item["id"], item["to_report_id"]) for item in published["links"]] == [made]
    assert published["independent_roots"] == [[made[1]]]


def test_the_record_says_what_the_rows_say(database: Database, told: Story) -> None:
    document = record(database, told)

    assert document["recording"]["description"]["title"] == "Dispatch about flour"
    assert document["recording"]["held"] is True
    assert document["media_instances"][0]["identification"]["duration_ms"] == 9000
    assert [item["in_force"] for item in document["transcripts"]] == [False, True]
    assert document["transcripts"][0]["segments"][0]["words"][2]["start_ms"] == 1000
    assert document["reports"]["independent_roots"] == [[told.things["report"].id]]
    quote = document["quotes"][0]
    assert quote["exact"] == "bring nine sacks of flour to the depot"
    first, second = quote["alignments"]
    assert first["body"][0]["selector"]["value"].startswith("t=0.5,")
    assert first["earwitness:decisions"][0]["ruling"] == "confirmed"
    assert second["earwitness:verdict"] != first["earwitness:verdict"]
    assert document["assessments"]["summary"].startswith("Claimed source: 1 supports (")
    assert [item["state"] for item in document["assessments"]["items"]] == [
        "superseded",
        "retracted",
        "in_force",
    ]
    assert [(item["text"], item["state"]) for item in document["readings"]] == [
        ("bring nine packs", "superseded"),
        ("bring nine [sacks?]", "withdrawn"),
    ]
    assert document["readings"][0]["fragment"] == "t=0,0.9"
    assert document["readings"][1]["withdrawal"]["reason"] == "heard another copy"
    assert document["links"][0]["state"] == "proposed"
    claims = document["claims"]
    assert [(item["exact"], item["state"]) for item in claims["items"]] == [
        ("nine sacks", "withdrawn"),
        ("Another voice", "in_force"),
    ]
    assert claims["conflicts"] == [], "one side of it was withdrawn"
    assert document["withheld"] == []


def test_a_conflict_is_in_the_record_as_it_was_and_what_was_said_of_it_stays_in_the_log(
    database: Database, told: Story
) -> None:
    withdrawn = record(database, told)["claims"]["items"][0]["withdrawal"]["log_index"]

    then = record(database, told, as_of=withdrawn - 1)

    conflict = then["claims"]["conflicts"][0]
    assert (conflict["kind"], conflict["state"]) == ("count", "explained")
    assert [len(side["claim_ids"]) for side in conflict["sides"]] == [1, 1]
    assert conflict["rulings"][0]["reason"] == "voices and sacks were mixed up"
    assert "conflict:decision" in {item["event"] for item in then["custody"]}


def test_every_custody_entry_in_it_can_be_proven(database: Database, told: Story) -> None:
    document = record(database, told)
    size = document["read_at"]["tree_size"]

    events = [item["event"] for item in document["custody"]]
    assert events[0] == "recording:creation"
    assert events[-1] == "recording:access"
    assert {"alignment:decision", "assessment:retraction", "quote:creation"} <= set(events)
    with database.reading() as session:
        for item in document["custody"]:
            proof = custody.inclusion(session, item["log_index"], size)
            verify_inclusion(
                index=item["log_index"],
                size=size,
                leaf_hash=bytes.fromhex(item["leaf_hash"]),
                path=proof.path,
                root=bytes.fromhex(document["read_at"]["root"]),
            )


def test_nothing_sealed_about_the_recording_is_left_out(database: Database, told: Story) -> None:
    """Every sealed row that names the recording appears, by its identifier."""
    text = json.dumps(record(database, told))
    wanted = told.things["recording"].id
    missing = []
    with database.reading() as session:
        for table, model in sealed_tables().items():
            if "recording_id" not in model.__table__.columns:
                continue
            rows = session.scalars(select(model).where(model.recording_id == wanted))
            missing += [f"{table} {row.id}" for row in rows if row.id not in text]

    assert missing == []


def test_a_protected_source_is_told_to_those_who_may_know(database: Database, told: Story) -> None:
    assert SOURCE in json.dumps(record(database, told))

    hidden = record(database, told, REVIEWER)

    assert SOURCE not in json.dumps(hidden)
    assert hidden["claimed_provenance"][0]["withheld"] is True
    assert hidden["claimed_provenance"][0]["action"] == "shared"


def test_a_token_sees_the_sections_its_scopes_allow_and_is_told_of_the_others(
    database: Database, told: Story
) -> None:
    scopes = frozenset({Permission.EVIDENCE_READ, Permission.RECORDING_READ})
    narrow = Caller(INNA, INNA.id, cases=INVESTIGATOR.cases, scopes=scopes)

    document = record(database, told, narrow)

    assert document["withheld"] == [
        "agent_equivalences",
        "agents",
        "assessments",
        "claims",
        "custody",
        "incidents",
        "quotes",
        "readings",
        "reports",
        "transcripts",
    ]
    assert document["quotes"] is None
    assert "flour to the depot" not in json.dumps(document)


def test_a_stranger_is_told_nothing(database: Database, told: Story) -> None:
    stranger = Caller(REMO, REMO.id, cases={"case-2": frozenset({Role.INVESTIGATOR})})
    deaf = Caller(REMO, REMO.id, cases=REVIEWER.cases, scopes=frozenset())
    records = Records()
    with database.reading() as session:
        records.written(session, told.things["recording"].id, caller=INVESTIGATOR, as_of=None)
        for caller, refusal in ((stranger, NotFound), (deaf, Forbidden)):
            with pytest.raises(refusal):
                records.written(session, told.things["recording"].id, caller=caller, as_of=None)


def test_before_it_was_catalogued_it_was_not_there_and_the_future_is_refused(
    database: Database,
) -> None:
    story = Story()
    with database.writing() as session:
        story.other(session)
        story.catalogue(session)

    with pytest.raises(NotFound):
        record(database, story, as_of=0)
    with pytest.raises(Invalid) as refusal:
        record(database, story, as_of=2)
    assert refusal.value.field == "as_of"


def test_what_is_kept_is_never_shown_for_another_state_or_reader(
    database: Database,
) -> None:
    story, records = Story(), Records()
    for number, step in enumerate(story.steps()):
        with database.writing() as session:
            step(session)
        if number % 6:
            continue
        with database.reading() as session:
            subject = story.things["recording"]
            for caller in (INVESTIGATOR, REVIEWER, INVESTIGATOR):
                for as_of in (None, subject.log_index):
                    written = records.written(session, subject.id, caller=caller, as_of=as_of)
                    fresh = assemble(session, subject.id, caller=caller, as_of=as_of)
                    assert json.loads(written.content) == fresh


def test_the_number_of_readings_does_not_grow_with_the_record(
    database: Database, told: Story
) -> None:
    def readings() -> int:
        seen = []
        with database.reading() as session:
            event.listen(database.engine, "before_cursor_execute", listener := count(seen))
            assemble(session, told.things["recording"].id, caller=INVESTIGATOR, as_of=None)
            event.remove(database.engine, "before_cursor_execute", listener)
        return len(seen)

    before = readings()
    for _ in range(3):
        with database.writing() as session:
            told.transcribe(session)
            told.quote(session)
            told.align(session)
            told.cite(session)
            told.acquire(session)
            told.identify(session)
            told.derive(session)
            told.assess_against(session)
            told.link(session)

    assert readings() == before
    assert before < 50


def count(seen: list[str]) -> Any:
    def listener(*parts: Any) -> None:
        seen.append(parts[2])

    return listener


def test_least_recently_used_records_make_room(database: Database, told: Story) -> None:
    records = Records(most_bytes=1)
    with database.reading() as session:
        first = records.written(
            session, told.things["recording"].id, caller=INVESTIGATOR, as_of=None
        )
        again = records.written(
            session, told.things["recording"].id, caller=INVESTIGATOR, as_of=None
        )

    assert first == again
    assert first is not again


def test_the_leaves_it_names_are_the_leaves_of_the_log(database: Database, told: Story) -> None:
    with database.reading() as session:
        size = len(session.scalars(select(Leaf.log_index)).all())
    assert record(database, told)["read_at"]["tree_size"] == size
    assert issubclass(type(told.things["quote"]), Sealed)
