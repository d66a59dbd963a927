"""Proposals, rulings and mentions of agents over HTTP, and what a withheld identity does to them."""

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.test_reports import Desk
from tests.app.conftest import People

TEXT = "The spokesman, Anatolii Koval, said so. “Koval was there”, a witness told us."


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def agent(desk: Desk, name: str, **more: object) -> str:
    said = {"case_id": desk.case, "kind": "person", "identity_status": "named", "name": name}
    return str(desk.post("/agents", **(said | more))["id"])


def test_a_proposal_is_ruled_on_with_the_rules_named(desk: Desk) -> None:
    one, two = agent(desk, "Anatolii Koval"), agent(desk, "Анатолий Коваль")

    (item,) = desk.get(f"/cases/{desk.case}/agent-proposals")["items"]
    assert (item["first_id"], item["second_id"]) == (one, two)
    assert item["reasons"]
    ruled = desk.post(f"/agents/{two}/equivalences", other_id=one, ruling="same", reason="He is.")

    assert ruled["method"] == "names-compared 1"
    assert desk.get(f"/agents/{one}/equivalences")["one_with"] == [two]
    assert desk.get(f"/cases/{desk.case}/agent-proposals")["items"] == []
    assert desk.get(f"/agents/{two}/proposals")["items"] == []
    desk.post(f"/agents/{one}/equivalences", expected=409, other_id=two, ruling="same", reason=".")


def test_a_persons_own_ruling_names_no_rules(desk: Desk) -> None:
    one, two = agent(desk, "Anatolii Koval"), agent(desk, "The Baker")

    ruled = desk.post(f"/agents/{one}/equivalences", other_id=two, ruling="same", reason="He is.")

    assert ruled["method"] is None


def test_a_name_is_anchored_where_it_is_printed(desk: Desk) -> None:
    who = agent(
        desk, "Anatolii Koval", names=[{"name": "Koval", "kind": "probable_mistranslation"}]
    )
    name = desk.get(f"/agents/{who}")["names"][0]["id"]
    snapshot = desk.snapshot(desk.report(), TEXT)

    made = desk.post(
        f"/agents/{who}/mentions", snapshot_id=snapshot, exact="Koval", occurrence=1, name_id=name
    )
    refused = desk.post(
        f"/agents/{who}/mentions", expected=422, snapshot_id=snapshot, exact="Koval", start=1
    )

    anchor = made["anchor"]
    assert TEXT[anchor["start"] : anchor["end"]] == anchor["exact"] == "Koval"
    assert refused["field"] == "start"
    assert desk.get(f"/agents/{who}/mentions")["items"] == [made]
    report = made["report_id"]
    (annotation,) = desk.get(f"/reports/{report}/annotations")["first"]["items"]
    assert annotation["motivation"] == "identifying"


def test_nothing_of_a_withheld_identity_reaches_who_may_not_know_it(
    desk: Desk, people: People
) -> None:
    withheld = agent(
        desk,
        "Anatolii Koval",
        identity_status="withheld",
        description="a resident",
        names=[{"name": "Tolik", "kind": "call_sign"}],
    )
    public = agent(desk, "Анатолий Коваль")
    report = desk.report()
    snapshot = desk.snapshot(report, TEXT)
    desk.post(f"/agents/{withheld}/mentions", snapshot_id=snapshot, exact="Anatolii Koval")
    before = len(desk.get(f"/cases/{desk.case}/agent-proposals")["items"])
    desk.post(f"/agents/{public}/equivalences", other_id=withheld, ruling="same", reason="Koval")
    reviewer = Desk(desk.client, desk.case, people.join(Role.REVIEWER, case=desk.case).headers)

    assert before == 1
    for path in (
        f"/agents/{withheld}",
        f"/agents/{withheld}/mentions",
        f"/agents/{withheld}/proposals",
        f"/agents/{withheld}/equivalences",
        f"/agents/{public}/proposals",
        f"/agents/{public}/equivalences",
        f"/cases/{desk.case}/agent-proposals",
        f"/reports/{report}/annotations",
    ):
        answer = desk.client.get(f"/api/v1{path}", headers=reviewer.headers)
        assert answer.status_code == 200
        for told in ("Anatolii", "Tolik", "Koval"):
            assert told not in answer.text, path
        if public in path:
            assert withheld not in answer.text
