"""Assessments: kept as they were said, tied to what they name, replaced and withdrawn openly."""

from typing import Any

import pytest
from sqlalchemy import select

from app.assessments import queries, service
from app.assessments.models import (
    AboutKind,
    Access,
    Assessment,
    Binding,
    Interest,
    Question,
    Stance,
    StatementKind,
    SubjectKind,
)
from app.assessments.queries import State
from app.assessments.scale import KNOWN, ScalePoint, stated
from app.assessments.statement import Statement
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.custody.models import LogEntry
from app.reports.anchor import Passage
from tests.app.evidence.story import INNA, REMO, Story

WORDS = "They did not appear to be faked; I found the signal genuine, unverified or not."


@pytest.fixture
def story(database: Database) -> Story:
    """As far as a recording with bytes, and a report about it."""
    story = Story()
    with database.writing() as session:
        for step in story.steps():
            if step.__name__ in {"catalogue", "agent", "publish", "freeze", "acquire"}:
                step(session)
    return story


def statement(**said: Any) -> Statement:
    given: dict[str, Any] = {
        "question": Question.SYNTHETIC_ORIGIN,
        "stance": Stance.SUPPORTS,
        "kind": StatementKind.HUMAN_EXAMINATION,
        "wording": WORDS,
        "assessor_as_described": "a forensic expert",
    }
    return Statement(**(given | said))


def sign(database: Database, story: Story, **said: Any) -> Any:
    with database.writing() as session:
        return service.sign(
            session, actor=INNA, recording=story.things["recording"], statement=statement(**said)
        )


def test_words_are_kept_whatever_they_are_and_what_was_not_stated_stays_unstated(
    database: Database, story: Story
) -> None:
    made = sign(database, story)

    assert made.wording == WORDS
    assert (made.method, made.limitations, made.scale_point, made.anchor) == (None,) * 4
    assert made.binding is Binding.DESCRIPTION_ONLY
    assert made.interest is Interest.UNKNOWN


def test_each_verb_leaves_one_entry_about_the_assessment(database: Database, story: Story) -> None:
    first = sign(database, story)
    with database.writing() as session:
        second = service.supersede(session, actor=REMO, assessment=first, statement=statement())
    with database.writing() as session:
        service.retract(session, actor=REMO, assessment=second, reason="misheard")

    with database.reading() as session:
        entries = session.scalars(
            select(LogEntry)
            .where(LogEntry.subject_kind == "assessment")
            .order_by(LogEntry.log_index)
        ).all()
        told = [parse(entry.body) for entry in entries]
        assert [entry.event for entry in entries] == [
            "assessment:signing",
            "assessment:supersession",
            "assessment:retraction",
        ]
        assert [body["rows"][0]["table"] for body in told] == [  # type: ignore[index,call-overload]
            "assessment",
            "assessment",
            "assessment_retraction",
        ]
        states = [item.state for item in queries.of_recording(session, first.recording_id)]
        assert states == [State.SUPERSEDED, State.RETRACTED]
        assert queries.summary(session, first.recording_id) == "No assessment is in force."


def test_what_is_out_of_force_cannot_be_replaced_or_withdrawn_again(
    database: Database, story: Story
) -> None:
    first = sign(database, story)
    with database.writing() as session:
        service.supersede(session, actor=REMO, assessment=first, statement=statement())

    for attempt in (
        lambda s: service.supersede(s, actor=REMO, assessment=first, statement=statement()),
        lambda s: service.retract(s, actor=REMO, assessment=first, reason="again"),
    ):
        with pytest.raises(Conflict) as refusal, database.writing() as session:
            attempt(session)
        assert refusal.value.facts["state"] == "superseded"


def test_an_assessment_is_superseded_on_its_own_question(database: Database, story: Story) -> None:
    first = sign(database, story)

    with pytest.raises(Invalid) as refusal, database.writing() as session:
        service.supersede(
            session,
            actor=REMO,
            assessment=first,
            statement=statement(question=Question.SPEAKER),
        )
    assert refusal.value.field == "question"


def test_words_read_in_a_report_are_the_passage_itself(database: Database, story: Story) -> None:
    passage = Passage(exact="The bakers' union could not verify the recording.")
    made = sign(
        database, story, wording=None, snapshot_id=story.things["snapshot"].id, passage=passage
    )

    assert made.wording == passage.exact
    assert made.anchor is not None
    assert made.anchor.holds(story.things["snapshot"].text)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"wording": "  "}, "wording"),
        ({"wording": None}, "wording"),
        ({"wording": "a\x00b"}, "wording"),
        ({"wording": "a\ud800b"}, "wording"),
        ({"assessor_as_described": None}, "assessor_as_described"),
        ({"assessor_as_described": " "}, "assessor_as_described"),
        ({"assessor_id": "nobody"}, "assessor_id"),
        ({"language": "xx"}, "language"),
        ({"binding": Binding.EXACT_BYTES}, "instance_id"),
        ({"binding": Binding.EXACT_BYTES, "instance_id": "other"}, "instance_id"),
        ({"binding": Binding.STATED_COPY, "instance_id": "other"}, "instance_id"),
        ({"said_edtf": "last November"}, "said_edtf"),
        ({"subject": SubjectKind.FILE}, "subject"),
        ({"subject": SubjectKind.EXCERPT}, "excerpt"),
        ({"subject": SubjectKind.RECORDING, "excerpt_ms": (0, 1)}, "excerpt"),
        ({"excerpt_ms": (5, 5)}, "excerpt"),
        ({"stated_sha256": "a" * 64}, "stated_sha256"),
        ({"stated_sha256": "a", "binding": Binding.STATED_COPY}, "stated_sha256"),
        ({"about": (AboutKind.INCIDENT, "1")}, "about"),
        ({"translation": "x"}, "translation_language"),
        ({"translation_language": "de"}, "translation_language"),
        ({"learned_edtf": "soon"}, "learned_edtf"),
        ({"snapshot_id": "nothing", "passage": Passage(exact="x")}, "snapshot_id"),
        ({"passage": Passage(exact="x")}, "snapshot_id"),
        ({"scale": ScalePoint(scale="stars", version="1", value="5")}, "scale.scale"),
    ],
)
def test_a_statement_tied_to_nothing_is_refused_by_the_name_of_its_field(
    database: Database, story: Story, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        sign(database, story, **said)

    assert refusal.value.field == field


def test_a_passage_that_its_report_does_not_contain_is_refused(
    database: Database, story: Story
) -> None:
    snapshot = story.things["snapshot"].id
    with pytest.raises(Invalid) as refusal:
        sign(database, story, snapshot_id=snapshot, passage=Passage(exact="They verified it."))

    assert refusal.value.field == "exact"


def test_what_is_not_identified_is_said_to_be_unspecified(
    database: Database, story: Story
) -> None:
    instance = story.things["instance"].id
    made = [
        sign(database, story, **said)
        for said in (
            {},
            {"binding": Binding.EXACT_BYTES, "instance_id": instance},
            {"binding": Binding.STATED_COPY, "stated_sha256": "A" * 64},
            {"excerpt_ms": (0, 4000)},
            {"subject": SubjectKind.RECORDING},
        )
    ]

    assert [each.identified_as for each in made] == [
        "unspecified_material",
        "file",
        "file",
        "excerpt",
        "recording",
    ]
    assert made[2].stated_sha256 == "sha256:" + "a" * 64


def test_a_row_from_before_the_record_was_whole_is_read_by_its_binding() -> None:
    assert Assessment(binding=Binding.EXACT_BYTES).identified_as is SubjectKind.FILE
    assert Assessment(binding=Binding.STATED_COPY).identified_as == "unspecified_material"


def test_the_whole_record_is_kept(database: Database, story: Story) -> None:
    said: dict[str, Any] = {
        "assessor_role": "forensic expert",
        "assessor_organisation": "an institute",
        "qualification": "twenty years of casework",
        "access": Access.FIRST_GENERATION_COPY,
        "translation": "Es schien nicht gefälscht.",
        "translation_language": "de",
        "translated_by": "a colleague",
        "said_edtf": "2025-05",
        "learned_edtf": "2025-06-02",
    }
    made = sign(database, story, **said)

    assert {name: getattr(made, name) for name in said} == said


def test_exact_bytes_are_bytes_of_this_recording(database: Database, story: Story) -> None:
    instance = story.things["instance"].id
    made = sign(database, story, binding=Binding.EXACT_BYTES, instance_id=instance)

    assert made.instance_id == instance


def test_the_summary_shows_disagreement_first_and_adds_nothing_up(
    database: Database, story: Story
) -> None:
    for question, stance, words, method in (
        (Question.INTEGRITY, Stance.SUPPORTS, "They did not appear to be faked.", None),
        (Question.SPEAKER, Stance.CANNOT_DETERMINE, "Nobody can tell.", None),
        (Question.SPEAKER, Stance.SUPPORTS, "It is his voice.", "listening"),
        (Question.SPEAKER, Stance.WEIGHS_AGAINST, "It is not his voice.", None),
    ):
        said = {"question": question, "stance": stance, "wording": words, "method": method}
        sign(database, story, language="en", **said)

    with database.reading() as session:
        line = queries.summary(session, story.things["recording"].id)

    voice = "1 expert, unnamed, files not identified"
    assert line == (
        "Disagreement on speaker: 1 supports, 1 weighs against, 1 cannot determine "
        f"({voice}: “It is his voice.”; {voice}: “It is not his voice.”; "
        f"{voice}: “Nobody can tell.”). "
        f"Integrity: 1 supports ({voice}: “did not appear to be faked”). "
        "0 of 4 about bytes held here, 3 of 4 without a stated method."
    )


def test_a_point_is_kept_on_the_scale_and_edition_it_was_stated_on() -> None:
    for (scale, version), values in KNOWN.items():
        for value in values:
            point = ScalePoint(scale=scale, version=version, value=value)
            assert stated(point) == point
    own = ScalePoint(scale="own", version="house rules of 2020", value="rather yes")
    assert stated(own) == own


@pytest.mark.parametrize(
    ("scale", "version", "value", "field"),
    [
        ("admiralty_source", "AJP-2.1", "G", "scale.value"),
        ("admiralty_source", "1", "A", "scale.version"),
        ("enfsi_evaluative", "2015", "strong", "scale.value"),
        ("own", "", "x", "scale.version"),
        ("own", "x", " ", "scale.value"),
    ],
)
def test_a_point_off_its_scale_is_refused(
    scale: str, version: str, value: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        stated(ScalePoint(scale=scale, version=version, value=value))

    assert refusal.value.field == field
