"""Everything that stands on a report, as W3C Web Annotations."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Permission, Role
from app.core.database import Database
from app.core.settings import Settings
from app.evidence import annotations
from tests.app.api.test_reports import TEXT, Desk
from tests.app.conftest import People
from tests.app.custody.conftest import falsify


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


@pytest.fixture
def report(desk: Desk) -> str:
    """A report with a quote, a citation, a link and an assessment, which overlap."""
    report, other, recording = desk.report(), desk.report(), desk.recording()
    snapshot = desk.snapshot(report)
    desk.post(
        "/quotes",
        exact="leaves at noon",
        occurrence=1,
        snapshot_id=snapshot,
        language="en",
        form="direct",
        target={"kind": "recording", "recording_id": recording},
    )
    desk.post(f"/snapshots/{snapshot}/citations", recording_id=recording, exact="noon.”")
    desk.post(
        f"/reports/{report}/links",
        to_report_id=other,
        relation="quotes",
        layer="claimed",
        anchor={"snapshot_id": snapshot, "exact": "A post wrote"},
    )
    desk.post(
        f"/recordings/{recording}/assessments",
        question="integrity",
        stance="cannot_determine",
        kind="publisher_statement",
        wording="The station repeated",
        assessor_as_described="the station",
        anchor={"snapshot_id": snapshot, "exact": "The station repeated: “leaves"},
    )
    return report


def test_a_report_is_one_collection_of_everything_that_stands_on_it(
    desk: Desk, report: str
) -> None:
    answer = desk.client.get(f"/api/v1/reports/{report}/annotations", headers=desk.headers)

    told = answer.json()
    assert answer.headers["content-type"].startswith("application/ld+json")
    assert told["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (told["type"], told["total"]) == ("AnnotationCollection", 4)
    items = told["first"]["items"]
    assert [item["earwitness:kind"] for item in items] == [
        "link",
        "citation",
        "assessment",
        "quote",
    ], "in the order of the text"
    for item in items:
        selectors: dict[str, Any] = {each["type"]: each for each in item["target"]["selector"]}
        quote, place = selectors["TextQuoteSelector"], selectors["TextPositionSelector"]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert item["target"]["source"].startswith("/api/v1/snapshots/")
        assert item["body"]["type"] == "TextualBody"
    assert told["earwitness:rechecked"] == {
        "anchors": 4,
        "standing": 4,
        "perMille": 1000,
        "fallen": [],
    }


def test_an_anchor_in_a_text_that_was_changed_behind_our_back_is_named(
    desk: Desk, report: str, settings: Settings
) -> None:
    falsify(Database(settings.catalogue_url), "update report_snapshot set text = text || '.'")

    told = desk.get(f"/reports/{report}/annotations")["earwitness:rechecked"]

    assert (told["anchors"], told["standing"], told["perMille"]) == (4, 0, 0)
    assert {name.split(":")[0] for name in told["fallen"]} == {
        "link",
        "citation",
        "assessment",
        "quote",
    }


def test_it_can_be_asked_for_as_it_was(desk: Desk, report: str) -> None:
    at = desk.get(f"/reports/{report}/citations")["items"][0]["log_index"]

    told = desk.get(f"/reports/{report}/annotations?as_of={at}")

    assert [item["earwitness:kind"] for item in told["first"]["items"]] == ["citation", "quote"]
    assert told["first"]["id"] == f"/api/v1/reports/{report}/annotations?as_of={at}&page=0"


def test_a_long_one_is_cut_into_pages_that_lead_to_one_another(
    desk: Desk, report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotations, "PAGE", 3)
    path = f"/reports/{report}/annotations"

    whole = desk.get(path)
    last = desk.get(path + "?page=1")

    assert whole["last"] == whole["first"]["next"] == last["id"] == f"/api/v1{path}?page=1"
    assert (last["type"], last["startIndex"], len(last["items"])) == ("AnnotationPage", 3, 1)
    assert (last["partOf"], last["prev"]) == (whole["id"], whole["first"]["id"])
    desk.get(path + "?page=2", 404)


def test_a_report_with_nothing_on_it_has_an_empty_page(desk: Desk) -> None:
    told = desk.get(f"/reports/{desk.report()}/annotations")

    assert (told["total"], told["first"]["items"]) == (0, [])
    assert told["earwitness:rechecked"]["perMille"] is None


def test_who_may_not_read_quotes_sees_none_of_their_marks(
    desk: Desk, report: str, people: People
) -> None:
    narrow = frozenset({Permission.REPORT_READ})
    desk.headers = people.join(Role.INVESTIGATOR, case=desk.case, scopes=narrow).headers

    items = desk.get(f"/reports/{report}/annotations")["first"]["items"]

    assert [item["earwitness:kind"] for item in items] == ["link", "citation"]
