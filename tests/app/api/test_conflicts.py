"""Conflicts over HTTP: both sides to the passage, filtered, ruled on, dated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.conftest import ON_ONE
from tests.app.api.test_claims import Desk
from tests.app.conftest import People


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    return Desk(client, people)


@pytest.fixture
def claims(desk: Desk) -> list[Any]:
    said = {"predicate": "speaker_count", "modality": "asserted"}
    return [
        desk.made(
            "/claims", **desk.claim(exact, value={"operator": "exactly", "number": n}, **said)
        )
        for exact, n in (("nine", 9), ("ten", 10))
    ]


def test_a_conflict_is_listed_with_its_passages_ruled_on_and_shown_as_it_was(
    desk: Desk, claims: list[Any]
) -> None:
    address = f"/cases/{desk.case}/conflicts"
    found = desk.get(address)["items"]
    key = found[0]["key"]
    ruled = desk.made(
        f"{address}/{key}/rulings",
        ruling="chosen",
        chosen_claim_id=claims[0]["id"],
        reason="the log of the harbour has nine",
    )

    assert [side["source_count"] for side in found[0]["sides"]] == [1, 1]
    assert [side["claims"][0]["anchor"]["exact"] for side in found[0]["sides"]] == ["ten", "nine"]
    assert (found[0]["kind"], found[0]["state"], found[0]["compatible"]) == (
        "count",
        "open",
        False,
    )
    shown = desk.get(f"{address}/{key}")
    assert (shown["state"], shown["rulings"]) == ("chosen", [ruled])
    assert len(shown["sides"]) == 2
    assert desk.get(address, kind="date")["items"] == []
    assert desk.get(address, state="chosen", subject_id="Ferry")["items"] == [shown]
    assert desk.get(address, as_of=claims[1]["log_index"])["items"][0]["state"] == "open"
    assert desk.get(f"/recordings/{desk.recording['id']}/conflicts")["items"] == [shown]


@ON_ONE
def test_a_ruling_past_another_and_one_on_nothing_are_refused(
    desk: Desk, claims: list[Any]
) -> None:
    address = f"/cases/{desk.case}/conflicts"
    key = desk.get(address)["items"][0]["key"]
    body = {"ruling": "explained", "reason": "a slip"}
    desk.made(f"{address}/{key}/rulings", **body)

    again = desk.post(f"{address}/{key}/rulings", **body)

    assert again.status_code == 409
    assert again.json()["type"].endswith("conflict-ruling-not-in-force")
    assert desk.post(f"{address}/{'0' * 64}/rulings", **body).status_code == 404


@ON_ONE
def test_a_reader_may_read_and_not_rule(desk: Desk, people: People, claims: list[Any]) -> None:
    address = f"/api/v1/cases/{desk.case}/conflicts"
    reader = people.join(Role.AUDITOR, case=desk.case).headers
    listed = desk.client.get(address, headers=reader)
    key = listed.json()["items"][0]["key"]

    refused = desk.client.post(
        f"{address}/{key}/rulings",
        json={"ruling": "explained", "reason": "a slip"},
        headers=reader,
    )

    assert (listed.status_code, refused.status_code) == (200, 403)


@ON_ONE
def test_totals_are_shown_with_what_their_parts_come_to(desk: Desk) -> None:
    agent = desk.made(
        "/agents",
        case_id=desk.case,
        kind="office",
        identity_status="named",
        name="Harbour office",
    )
    for number, period in ((10, None), (9, {"raw": "2024", "edtf": "2024", "basis": "explicit"})):
        bounds = {"earliest": "2024-01-01", "latest": "2024-12-31"}
        desk.made(
            "/claims",
            **desk.claim(
                "ten" if period is None else "nine",
                subject_kind="agent",
                subject_id=agent["id"],
                predicate="statistic",
                modality="asserted",
                value={
                    "metric": "cases",
                    "of": {"deed": "loot"},
                    "count": {"operator": "exactly", "number": number},
                    "total": period is None,
                    "period": period and period | bounds,
                },
            ),
        )

    found = desk.get(f"/cases/{desk.case}/reconciliations")["items"]

    assert [(each["total"], each["low"], each["rest"], each["outcome"]) for each in found] == [
        (10, 9, 1, "parts_missing")
    ]
