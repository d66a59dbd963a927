"""Claims and conflicts on pages: side by side, to the passage, ruled on by people only."""

import json
import re
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import select

from app.agents import service as agents
from app.agents.models import Agent, AgentKind, IdentityStatus
from app.cases.models import Case
from app.claims import service
from app.claims.predicates import DEFINITIONS, Predicate
from app.claims.service import Assertion
from app.claims.terms import Modality, SubjectKind
from app.core.actor import service as acting
from app.reports import queries as reports
from app.reports.anchor import Passage
from tests.app.web.browsing import Page
from tests.app.web.conftest import Desk

SERIES = "Ferry band"
HERE = "The order was given last November.\nA second line of <b>text</b>."
THERE = "It was recorded in November 2023, officials believe. Six ferries were named."


def month(year: int, raw: str, **more: Any) -> dict[str, Any]:
    return {
        "raw": raw,
        "edtf": f"{year}-11",
        "earliest": f"{year}-11-01",
        "latest": f"{year}-11-30",
        "precision": "month",
        "basis": "explicit",
    } | more


class Claiming:
    """A recording of a series, and two reports that date it otherwise."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.recording = desk.add(series=SERIES)
        self.here, self.there = desk.report(HERE, title="Here"), desk.report(THERE, title="There")
        self.first = self.claim(
            self.here,
            "last November",
            month(
                2024,
                "last November",
                basis="relative_to_publication",
                anchor_date="2025-05-22",
                reason="the November before the day of publication",
                resolver="temporal 1",
            ),
        )
        self.second = self.claim(
            self.there,
            "November 2023",
            month(2023, "November 2023"),
            modality=Modality.BELIEVED,
            said_by_as_described="officials",
        )

    def claim(self, report: str, exact: str, value: dict[str, Any], **said: Any) -> str:
        with self.desk.database.writing() as session:
            snapshot = reports.newest_snapshot_of(session, report)
            assert snapshot is not None
            assertion = Assertion(
                **{
                    "subject_kind": SubjectKind.SERIES,
                    "subject_id": SERIES,
                    "predicate": Predicate.DATE,
                    "value": value,
                    **said,
                }
            )
            return service.claim(
                session,
                actor=acting("a test"),
                snapshot=snapshot,
                passage=Passage(exact=exact),
                assertion=assertion,
            ).id

    def opened(self) -> Page:
        """The page of the one conflict, by way of the register."""
        register = self.desk.browser.open("/conflicts")
        return self.desk.browser.open(register.links["open"])


@pytest.fixture
def claiming(desk: Desk) -> Claiming:
    return Claiming(desk)


def test_the_recording_page_shows_both_dates_with_the_likely_reason_and_their_passages(
    claiming: Claiming,
) -> None:
    page = claiming.desk.browser.open(f"/recordings/{claiming.recording}")

    assert "1 conflict." in page.text
    assert "2023-11" in page.text
    assert "2024-11" in page.text
    assert "“last November” counted from 2025-05-22 is 2024-11" in page.text
    passages = {address for text, address in page.links.items() if "November" in text}
    assert f"/reports/{claiming.here}#in-{claiming.first}" in passages
    assert f"/reports/{claiming.there}#in-{claiming.second}" in passages


def test_a_recording_that_reports_quote_says_at_a_glance_what_there_is(claiming: Claiming) -> None:
    claiming.desk.mark(claiming.here, "The order was given", recording_id=claiming.recording)

    page = claiming.desk.browser.open(f"/recordings/{claiming.recording}")

    glance = page.text[page.text.index("At a glance") : page.text.index("What is said")]
    assert "No audio is held." in glance
    assert "1 report, one independent source." in glance
    assert "In conflict, date: 2023-11 or 2024-11." in glance
    assert "Possible reason: “last November” counted from 2025-05-22" in glance
    (conflict,) = [a for text, a in page.links.items() if text.startswith("In conflict")]
    assert any(given.get("id") == conflict.removeprefix("#") for _, given in page.elements)


def test_a_claim_is_marked_in_the_text_of_its_report_and_listed_below(claiming: Claiming) -> None:
    page = claiming.desk.browser.open(f"/reports/{claiming.here}")

    assert any(given.get("id") == f"in-{claiming.first}" for _, given in page.elements)
    assert "date: 2024-11, asserted" in page.text
    assert "<b>text</b>" not in page.html


def test_the_page_of_a_claim_says_what_its_date_stands_on(claiming: Claiming) -> None:
    page = claiming.desk.browser.open(f"/claims/{claiming.first}")

    assert "Date: 2024-11" in page.text
    assert "counted from 2025-05-22" in page.text
    assert "the November before the day of publication (temporal 1)" in page.text
    assert "At odds with it" in page.text
    other = claiming.desk.browser.open(f"/claims/{claiming.second}")
    assert "officials" in other.text


def test_the_register_is_filtered_by_kind_and_state(claiming: Claiming) -> None:
    browser = claiming.desk.browser

    assert "1 conflict" in browser.open("/conflicts").text
    assert "0 of 1" in browser.open("/conflicts?kind=count").text
    assert "0 of 1" in browser.open("/conflicts?state=explained").text
    assert browser.open("/conflicts?kind=nonsense").status == 422
    assert browser.open("/conflicts?case_id=another").status == 404


def test_a_person_chooses_a_claim_and_the_other_one_stays(claiming: Claiming) -> None:
    browser = claiming.desk.browser
    page = claiming.opened()
    refused = browser.submit(page, "/rulings", ruling="chosen", reason="the earlier report")
    assert refused.status == 422
    assert "choose a claim of this conflict" in refused.text.lower()

    ruled = browser.submit(
        refused, "/rulings", ruling="chosen", chosen=claiming.first, reason="the earlier report"
    )

    assert "chosen for use" in ruled.text
    assert "2023-11" in ruled.text
    assert ruled.has_form("/rulings")
    stale = browser.send(page.form("/rulings"), ruling="explained", reason="a slip")
    assert (stale.status, "another ruling is in force" in stale.text.lower()) == (409, True)


def test_a_claim_is_withdrawn_with_a_reason_and_its_conflict_goes(claiming: Claiming) -> None:
    browser = claiming.desk.browser
    page = browser.open(f"/claims/{claiming.second}")

    gone = browser.submit(page, "/withdrawal", reason="another ferry")

    assert "withdrawn" in gone.text
    assert "another ferry" in gone.text
    assert "0 conflicts" in browser.open("/conflicts").text


def test_totals_are_listed_with_their_parts(claiming: Claiming) -> None:
    counted = {"metric": "cases", "of": {"deed": "loot"}, "counting": "opened"}
    for number, total in ((6, True), (5, False)):
        claiming.claim(
            claiming.there,
            "Six",
            counted
            | {
                "count": {"operator": "exactly", "number": number},
                "total": total,
                "period": None if total else month(2023, "November 2023"),
            },
            subject_kind=SubjectKind.AGENT,
            subject_id=_office(claiming.desk),
            predicate=Predicate.STATISTIC,
        )

    page = claiming.desk.browser.open("/conflicts")

    assert "6 cases" in page.text
    assert re.search(r"parts missing 1 left", page.text)


def _office(desk: Desk) -> str:
    with desk.database.writing() as session:
        known = session.scalars(select(Agent)).first()
        if known is not None:
            return known.id
        case = session.scalars(select(Case)).first()
        assert case is not None
        return agents.create(
            session,
            actor=acting("a test"),
            case_id=case.id,
            kind=AgentKind.OFFICE,
            identity_status=IdentityStatus.NAMED,
            name="Harbour office",
        ).id


def test_a_claim_is_recorded_by_hand_from_a_value_that_has_every_field(claiming: Claiming) -> None:
    browser = claiming.desk.browser
    way = browser.open(f"/reports/{claiming.there}").links["Record a claim by hand"]
    page = browser.open(f"{way}?predicate=count")
    assert "exactly, at_least" in page.text
    value = json.loads(page.form("/claims").fields["value"])
    value["counted"], value["count"] = "vehicles", {"operator": "exactly", "number": 6}
    typed = {"exact": "Six ferries", "subject_id": SERIES, "subject_kind": "series"}

    refused = browser.submit(page, "/claims", **typed, value='{"counted": 6}')
    assert (refused.status, "value.counted" in refused.text.lower()) == (422, True)
    made = browser.submit(refused, "/claims", **typed, value=json.dumps(value))

    assert made.address == f"/reports/{claiming.there}"
    assert "count: 6 vehicles, asserted" in made.text


def test_every_predicate_has_a_form_and_every_example_has_the_fields_of_its_value(
    claiming: Claiming,
) -> None:
    for predicate, definition in DEFINITIONS.items():
        address = f"/reports/{claiming.here}/claims/new?predicate={predicate}"
        page = claiming.desk.browser.open(address)

        given = json.loads(page.form("/claims").fields["value"])
        assert set(given) == {each.name for each in fields(definition.value)}, predicate
