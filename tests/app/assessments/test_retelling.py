"""What other reports make of an assessment is tied to it, and is never an assessment itself."""

from typing import Any

import pytest

from app.assessments import queries, service
from app.assessments.drift import Drift
from app.assessments.models import Assessment, Question, Stance, StatementKind
from app.assessments.queries import State
from app.assessments.retelling import queries as retelling
from app.assessments.retelling import service as tying
from app.assessments.retelling.models import RelationKind
from app.assessments.retelling.queries import Holding
from app.assessments.retelling.service import Retold
from app.assessments.statement import Statement
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.models import ReportKind
from app.reports.service import Particulars
from tests.app.evidence.story import INNA, REMO, Story

EXAMINED = "an acoustician who heard the tape said it did not appear to be cut."
FIRST = f"The paper could not verify the tape, but {EXAMINED}"
AGAIN = "Acousticians say the tape and the film, still unverified, appear to be genuine."
CLOSELY = "An acoustician said the tape did not appear to be spliced."


class Told:
    """A recording, an assessment read in one report, and another report that tells it again."""

    def __init__(self, database: Database) -> None:
        self.database, self.story = database, Story()
        with database.writing() as session:
            self.story.catalogue(session)
        self.first, self.again = self.freeze(FIRST), self.freeze(f"{AGAIN}\n{CLOSELY}")
        self.assessment = self.sign(EXAMINED, self.first)

    def freeze(self, text: str) -> Any:
        with self.database.writing() as session:
            report = reports.register(
                session,
                actor=INNA,
                case_id=self.story.case_id,
                particulars=Particulars(kind=ReportKind.NEWS, language="en"),
            )
            return reports.snapshot(session, actor=INNA, report=report, text=text)

    def sign(self, words: str, snapshot: Any) -> Assessment:
        with self.database.writing() as session:
            return service.sign(
                session,
                actor=INNA,
                recording=self.story.things["recording"],
                statement=Statement(
                    question=Question.CONTINUITY,
                    stance=Stance.SUPPORTS,
                    kind=StatementKind.HUMAN_EXAMINATION,
                    language="en",
                    assessor_as_described="an acoustician",
                    snapshot_id=snapshot.id,
                    passage=Passage(exact=words),
                ),
            )

    def restate(self, words: str = AGAIN, **more: Any) -> Any:
        about = {name: more.pop(name) for name in ("snapshot", "supersedes") if name in more}
        with self.database.writing() as session:
            return tying.restate(
                session,
                actor=REMO,
                assessment=self.assessment,
                snapshot=about.get("snapshot", self.again),
                supersedes=about.get("supersedes"),
                retold=Retold(passage=Passage(exact=words), **more),
            )

    def summary(self) -> str:
        with self.database.reading() as session:
            return queries.summary(session, self.assessment.recording_id)


@pytest.fixture
def told(database: Database) -> Told:
    """One assessment and one report that tells it again."""
    return Told(database)


def test_how_a_retelling_departs_is_proposed_with_the_words_and_kept(told: Told) -> None:
    row = told.restate()

    expected = ["stronger", "plurality_changed", "scope_widened"]
    assert row.drift == row.proposed == expected
    assert {each["axis"] for each in row.reasons} >= {"strength", "assessors", "scope"}
    strength = next(each for each in row.reasons if each["axis"] == "strength")
    assert "did not appear to be cut" in strength["sentence"]
    assert row.anchor.holds(told.again.text)


def test_the_reservation_beside_an_assessment_is_looked_for_in_the_retelling(told: Told) -> None:
    row = told.restate(CLOSELY)

    assert row.drift == ["qualifier_lost"], "“could not verify the tape” is not said there"


def test_a_retelling_is_never_counted_as_an_assessment(told: Told) -> None:
    before = told.summary()
    told.restate()

    assert before.endswith("1 of 1 without a stated method.")
    assert told.summary() == f"{before} Told again in 1 other report, which adds nothing."


def test_an_assessment_that_repeats_another_is_not_counted(told: Told) -> None:
    second = told.sign(CLOSELY, told.again)
    with told.database.writing() as session:
        relation = tying.relate(
            session,
            actor=REMO,
            assessment=second,
            other=told.assessment,
            kind=RelationKind.REPEATS,
            reason="the same acoustician",
        )

    with told.database.reading() as session:
        found = queries.of_recording(session, second.recording_id)
        assert [one.state for one in found] == [State.IN_FORCE, State.REPEAT]
        assert found[1].repeats == told.assessment.id
        before = queries.of_recording(session, second.recording_id, as_of=relation.log_index - 1)
        assert [one.state for one in before] == [State.IN_FORCE] * 2
    assert "1 of 1 without" in told.summary()

    with told.database.writing() as session:
        tying.withdraw(session, actor=INNA, told=relation, reason="another acoustician")
    assert "2 of 2 without" in told.summary()


def test_two_assessments_cannot_repeat_one_another(told: Told) -> None:
    second = told.sign(CLOSELY, told.again)

    def repeat(one: Assessment, other: Assessment) -> None:
        with told.database.writing() as session:
            tying.relate(
                session,
                actor=REMO,
                assessment=one,
                other=other,
                kind=RelationKind.REPEATS,
                reason="the same words",
            )

    repeat(second, told.assessment)
    for one, other in ((told.assessment, second), (second, told.assessment)):
        with pytest.raises(Conflict):
            repeat(one, other)
    with pytest.raises(Invalid, match="to itself"):
        repeat(second, second)


def test_a_person_decides_otherwise_only_with_a_reason(told: Told) -> None:
    with pytest.raises(Invalid) as refusal:
        told.restate(drift=[Drift.SAME])
    assert refusal.value.field == "note"

    row = told.restate(drift=[Drift.STRONGER], note="The same film is meant.")
    assert row.drift == ["stronger"]
    assert row.proposed == ["stronger", "plurality_changed", "scope_widened"]


def test_what_was_decided_wrongly_is_decided_anew_or_withdrawn_and_stays(told: Told) -> None:
    first = told.restate()
    newer = told.restate(drift=[Drift.STRONGER], note="One film.", supersedes=first)
    with told.database.writing() as session:
        tying.withdraw(session, actor=INNA, told=newer, reason="about another tape")

    with told.database.reading() as session:
        found = retelling.of_recording(session, told.assessment.recording_id)
        assert [one.holding for one in found.restated] == [Holding.SUPERSEDED, Holding.WITHDRAWN]
    for row in (first, newer):
        with pytest.raises(Conflict), told.database.writing() as session:
            tying.withdraw(session, actor=INNA, told=row, reason="again")
    assert "Told again" not in told.summary()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"words": "They verified it."}, "exact"),
        ({"drift": []}, "drift"),
        ({"drift": [Drift.SAME, Drift.WEAKER], "note": "x"}, "drift"),
        ({"language": "xx"}, "language"),
        ({"words": "Acousticians say", "language": "de"}, "drift"),
    ],
)
def test_a_retelling_tied_to_nothing_is_refused_by_the_name_of_its_field(
    told: Told, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        told.restate(**said)

    assert refusal.value.field == field


def test_a_report_does_not_restate_itself_and_a_passage_is_tied_once(told: Told) -> None:
    with pytest.raises(Invalid) as refusal:
        told.restate("The paper could not verify the tape", snapshot=told.first)
    assert refusal.value.field == "snapshot_id"

    told.restate()
    with pytest.raises(Conflict):
        told.restate("the film, still unverified")
