"""Proposed claims over HTTP: read by members of the case, accepted about what a person names, or rejected."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.claims.proposals import METHOD
from tests.app.api.test_claims import Desk
from tests.app.conftest import People

TEXT = (
    "Harbour orders crews to kill captives\n"
    "The Harbour Service said on Friday that a radio intercept was recorded during an attack last "
    "November. The words were repeated at least six times. "
    "The Herald has reached out to the Sea Ministry for comment."
)


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    desk = Desk(client, people)
    desk.report = desk.made(
        "/reports", case_id=desk.case, kind="news", language="en", published_edtf="2025-05-22"
    )
    desk.snapshot = desk.made(f"/reports/{desk.report['id']}/snapshots", text=TEXT)
    return desk


def proposed(desk: Desk, **query: Any) -> dict[str, Any]:
    answer: dict[str, Any] = desk.get(f"/snapshots/{desk.snapshot['id']}/claim-proposals", **query)
    return answer


def one(desk: Desk, predicate: str) -> dict[str, Any]:
    (item,) = [each for each in proposed(desk)["items"] if each["predicate"] == predicate]
    return item


def place(item: dict[str, Any]) -> dict[str, Any]:
    anchor = item["anchor"]
    return {"start": anchor["start"], "end": anchor["end"], "predicate": item["predicate"]}


def accept(desk: Desk, item: dict[str, Any], **said: Any) -> Any:
    subject = {"subject_kind": "series", "subject_id": "Ferry"}
    body = place(item) | subject | said
    return desk.post(f"/snapshots/{desk.snapshot['id']}/accepted-claim-proposals", **body)


def test_proposals_are_anchors_with_typed_values_and_reasons(desk: Desk) -> None:
    read = proposed(desk)

    assert (read["method"], read["language"], read["published"]) == (
        "claim-rules",
        "en",
        "2025-05-22",
    )
    assert read["note"] == ""
    for item in read["items"]:
        anchor = item["anchor"]
        assert TEXT[anchor["start"] : anchor["end"]] == anchor["exact"]
        assert item["why"]
        assert (item["claim_id"], item["rejection_id"]) == (None, None)
    date = one(desk, "date")
    assert date["value"]["edtf"] == "2024-11"
    assert date["value"]["anchor_date"] == "2025-05-22"
    assert date["said_by"] == "The Harbour Service"
    assert date["subject_kinds"][0] == "series"


def test_an_accepted_proposal_is_a_claim_whose_entry_names_the_rules(desk: Desk) -> None:
    made = accept(desk, one(desk, "count"))

    assert made.status_code == 201, made.text
    claim = made.json()
    assert claim["value"]["count"] == {"operator": "at_least", "number": 6}
    assert claim["anchor"]["exact"] == "repeated at least six times"
    assert one(desk, "count")["claim_id"] == claim["id"]
    entries = desk.get("/custody/entries", subject_kind="claim", subject_id=claim["id"])["items"]
    assert [each["entry"]["details"]["proposed_by"] for each in entries] == [METHOD]
    again = accept(desk, one(desk, "count"))
    assert (again.status_code, again.json()["claim_id"]) == (409, claim["id"])


def test_what_a_person_says_otherwise_is_what_is_recorded(desk: Desk) -> None:
    made = accept(
        desk,
        one(desk, "date"),
        modality="believed",
        said_by_as_described=None,
        via=[{"as_described": "the Herald"}],
        passage={"exact": "during an attack last November"},
    ).json()

    assert (made["modality"], made["said_by_as_described"], made["force"]) == (
        "believed",
        None,
        None,
    )
    assert made["via"] == [{"report_id": None, "as_described": "the Herald"}]
    assert made["anchor"]["exact"] == "during an attack last November"
    assert one(desk, "date")["claim_id"] == made["id"], "the same words, only more of them"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"start": 3}, "start"),
        ({"subject_id": "No such series"}, "subject_id"),
        ({"subject_kind": "place"}, "subject_id"),
        ({"value": {"counted": "songs"}}, "value.counted"),
        ({"passage": {"exact": "never printed"}}, "exact"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    desk: Desk, said: dict[str, Any], field: str
) -> None:
    refused = accept(desk, one(desk, "count"), **said)

    assert refused.status_code == 422, refused.text
    assert refused.json()["field"] == field


def test_a_rejected_proposal_is_not_open_to_anybody_again(desk: Desk) -> None:
    item = one(desk, "comment_request")
    path = f"/snapshots/{desk.snapshot['id']}/rejected-claim-proposals"
    made = desk.made(path, **place(item), reason="It asks for a ferry, not for comment.")

    assert made["proposed_by"] == METHOD
    assert made["anchor"]["exact"] == item["anchor"]["exact"]
    assert one(desk, "comment_request")["rejection_id"] == made["id"]
    assert desk.post(path, **place(item), reason="Again.").status_code == 409
    earlier = proposed(desk, as_of=made["log_index"] - 1)
    assert not [each for each in earlier["items"] if each["rejection_id"]]


def test_who_may_not_read_claims_is_shown_no_proposals(desk: Desk, people: People) -> None:
    stranger = people.join(Role.INVESTIGATOR, case=people.case())
    address = f"/api/v1/snapshots/{desk.snapshot['id']}/claim-proposals"

    assert desk.client.get(address, headers=stranger.headers).status_code == 404


def test_without_a_day_of_publication_relative_dates_stay_open(desk: Desk) -> None:
    undated = desk.made("/reports", case_id=desk.case, kind="news", language="en")
    desk.snapshot = desk.made(f"/reports/{undated['id']}/snapshots", text=TEXT)

    read = proposed(desk)
    assert "not known" in read["note"]
    date = one(desk, "date")["value"]
    assert (date["edtf"], date["basis"], date["raw"]) == (None, "unresolved", "last November")
