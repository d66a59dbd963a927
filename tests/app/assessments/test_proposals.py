"""Proposed assessments: signed, rejected, or recognised as an assessment told again."""

from typing import Any

import pytest

from app.assessments import proposals, queries
from app.assessments.known import Proposed
from app.assessments.models import Question, Stance
from app.assessments.proposals import METHOD, AlreadyDecided, Changes
from app.assessments.retelling import service as tying
from app.assessments.retelling.service import Retold
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.custody import queries as custody
from app.custody.service import Subject
from app.reports import service as reports
from app.reports.anchor import Passage
from app.reports.lineage import Relation
from app.reports.models import Layer, ReportKind
from app.reports.service import Particulars
from tests.app.evidence.story import INNA, REMO, Story

ONE = "A sound expert who heard the calls said they did not appear to be faked."
OTHER = "Sound experts say the calls and the film appear to be genuine."


class Desk:
    """Two reports that rest on a third which is not held, and one that stands alone."""

    def __init__(self, database: Database) -> None:
        self.database, self.story = database, Story()
        with database.writing() as session:
            self.story.catalogue(session)
        self.recording = self.story.things["recording"]
        origin, _ = self.publish(None)
        self.one, self.other = (self.publish(text, rests_on=origin)[1] for text in (ONE, OTHER))
        self.apart = self.publish(OTHER)[1]

    def publish(self, text: str | None, *, rests_on: Any = None) -> tuple[Any, Any]:
        with self.database.writing() as session:
            particulars = Particulars(kind=ReportKind.NEWS, language="en", publisher="A paper")
            report = reports.register(
                session, actor=INNA, case_id=self.story.case_id, particulars=particulars
            )
            if rests_on is not None:
                reports.link(
                    session,
                    actor=INNA,
                    source=report,
                    target=rests_on,
                    relation=Relation.CITES,
                    layer=Layer.INFERRED,
                    rationale="it says so",
                )
            if text is None:
                return report, None
            return report, reports.snapshot(session, actor=INNA, report=report, text=text)

    def proposed(self, snapshot: Any, as_of: int | None = None) -> list[Proposed]:
        with self.database.reading() as session:
            return list(proposals.proposals(session, snapshot, as_of=as_of).items)

    def accept(self, snapshot: Any, item: Proposed, **changed: Any) -> Any:
        with self.database.writing() as session:
            return proposals.accept(
                session,
                actor=REMO,
                snapshot=snapshot,
                recording=self.recording,
                at=(item.proposal.start, item.proposal.end),
                question=item.proposal.question,
                changes=Changes(**changed),
            )


@pytest.fixture
def desk(database: Database) -> Desk:
    """A case with reports and nothing concluded yet."""
    return Desk(database)


def test_what_is_accepted_is_an_assessment_whose_entry_names_the_rules(desk: Desk) -> None:
    (item,) = desk.proposed(desk.one)
    made = desk.accept(desk.one, item)

    assert made.wording == item.proposal.exact
    assert (made.assessor_as_described, made.method) == ("A sound expert", None)
    assert made.identified_as == "unspecified_material"
    with desk.database.reading() as session:
        entries = custody.entries(
            session,
            cases={made.case_id},
            subject=Subject("assessment", made.id),
            limit=5,
        )
        assert parse(entries.items[0].body)["details"]["proposed_by"] == METHOD  # type: ignore[index,call-overload]
    assert desk.proposed(desk.one)[0].assessment is not None
    with pytest.raises(AlreadyDecided):
        desk.accept(desk.one, item)


def test_a_report_of_the_same_root_tells_the_assessment_again(desk: Desk) -> None:
    made = desk.accept(desk.one, desk.proposed(desk.one)[0])
    (item,) = desk.proposed(desk.other)

    assert item.restates is not None
    assert item.restates.id == made.id
    assert item.comparison is not None
    assert item.comparison.drift == ("stronger", "plurality_changed", "scope_widened")
    with pytest.raises(Conflict) as refusal:
        desk.accept(desk.other, item)
    assert refusal.value.facts["assessment_id"] == made.id

    with desk.database.writing() as session:
        tying.restate(
            session,
            actor=REMO,
            assessment=made,
            snapshot=desk.other,
            retold=Retold(passage=Passage(exact=item.proposal.exact, start=item.proposal.start)),
        )
    assert desk.proposed(desk.other)[0].restatement is not None
    with desk.database.reading() as session:
        assert "1 of 1 without" in queries.summary(session, made.recording_id)


def test_a_report_that_stands_apart_is_proposed_as_an_assessment_of_its_own(desk: Desk) -> None:
    desk.accept(desk.one, desk.proposed(desk.one)[0])

    assert [item.restates for item in desk.proposed(desk.apart)] == [None]


def test_a_rejected_proposal_is_not_open_any_more(desk: Desk) -> None:
    (item,) = desk.proposed(desk.one)
    with desk.database.writing() as session:
        rejection = proposals.reject(
            session,
            actor=INNA,
            snapshot=desk.one,
            at=(item.proposal.start, item.proposal.end),
            question=item.proposal.question,
            reason="about other calls",
        )

    (now,) = desk.proposed(desk.one)
    assert now.rejection is not None
    assert not now.is_open
    assert desk.proposed(desk.one, as_of=rejection.log_index - 1)[0].is_open


def test_a_person_may_change_what_is_proposed(desk: Desk) -> None:
    made = desk.accept(
        desk.one,
        desk.proposed(desk.one)[0],
        stance=Stance.CANNOT_DETERMINE,
        assessor="R. M., a sound expert",
        method="listening",
    )

    assert (made.stance, made.method) == ("cannot_determine", "listening")
    assert made.assessor_as_described == "R. M., a sound expert"


def test_nothing_is_accepted_where_nothing_is_proposed(desk: Desk) -> None:
    with pytest.raises(Invalid) as refusal, desk.database.writing() as session:
        proposals.reject(
            session,
            actor=INNA,
            snapshot=desk.one,
            at=(0, 5),
            question=Question.SPEAKER,
            reason="none",
        )
    assert refusal.value.field == "start"


def test_two_who_judge_in_one_sentence_are_two_assessments(desk: Desk) -> None:
    text = "An expert and a ministry official said the calls are consistent with other cases."
    snapshot = desk.publish(text)[1]
    first, second = desk.proposed(snapshot)
    desk.accept(snapshot, first)

    assert [item.is_open for item in desk.proposed(snapshot)] == [False, True]
    assert desk.accept(snapshot, second).assessor_as_described == "a ministry official"
