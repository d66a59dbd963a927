"""The evidence record, the custody log and assessments over HTTP."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts.permissions import Role
from app.cases import service as cases
from app.core import clock
from app.core.database import Database
from app.custody.checkpoint import opened
from app.custody.merkle import verify_consistency, verify_inclusion
from app.custody.models import LogEntry
from app.custody.sealing import SignerClient, seal, spawned
from tests.app.conftest import HOUSE, People
from tests.app.evidence.story import SOURCE, Story

API = "/api/v1"


@dataclass
class House:
    """A case with a told story, somebody in it and somebody outside."""

    client: TestClient
    database: Database
    story: Story
    headers: dict[str, str]
    auditor: dict[str, str]
    stranger: dict[str, str]
    administrator: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, headers: dict[str, str] | None = None, **query: Any) -> Any:
        return self.client.get(API + address, headers=headers or self.headers, params=query)

    @property
    def record(self) -> str:
        return f"/recordings/{self.story.things['recording'].id}/evidence-record"


@pytest.fixture
def house(client: TestClient, people: People, app_database: Database) -> House:
    case = people.case()
    story = Story(case)
    story.tell(app_database)
    return House(
        client,
        app_database,
        story,
        people.join(Role.INVESTIGATOR, case=case).headers,
        people.join(Role.AUDITOR, case=case).headers,
        people.join(Role.INVESTIGATOR, case=people.case("Another")).headers,
        people.administrator().headers,
    )


@pytest.fixture
def signer(tmp_path: Path) -> Iterator[SignerClient]:
    with spawned(tmp_path / "signer", origin="earwitness.example/log") as client:
        yield client


def test_a_record_is_the_same_bytes_until_something_happens(house: House) -> None:
    first = house.get(house.record)
    unchanged = house.client.get(
        API + house.record, headers={**house.headers, "If-None-Match": first.headers["etag"]}
    )
    past = house.get(house.record, as_of=first.json()["read_at"]["log_index"])
    with house.database.writing() as session:
        house.story.access(session)
    later = house.get(house.record)
    past_again = house.get(house.record, as_of=first.json()["read_at"]["log_index"])

    assert first.status_code == 200
    assert first.headers["etag"] == f'"{hashlib.sha256(first.content).hexdigest()}"'
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert past.content == first.content == past_again.content
    assert later.content != first.content
    assert later.headers["etag"] != first.headers["etag"]


def test_what_is_concluded_is_in_the_next_answer(house: House) -> None:
    recording = house.story.things["recording"].id
    before = [house.get(house.record).json()["assessments"] for _ in range(2)][-1]

    made = house.client.post(
        f"{API}/recordings/{recording}/assessments",
        json={
            "question": "speaker",
            "stance": "cannot_determine",
            "kind": "publisher_statement",
            "wording": "We could not tell who speaks.",
            "assessor_as_described": "the paper",
        },
        headers=house.headers,
    )

    after = house.get(house.record).json()["assessments"]
    assert made.json()["id"] not in json.dumps(before)
    assert made.json()["id"] in json.dumps(after)


def test_whoever_is_dismissed_gets_no_more_of_a_record_that_is_kept(
    house: House, people: People
) -> None:
    member = people.join(Role.REVIEWER, case=house.story.case_id)
    assert [house.get(house.record, member.headers).status_code for _ in range(2)] == [200, 200]

    with house.database.writing() as session:
        cases.dismiss(
            session,
            actor=HOUSE,
            case_id=house.story.case_id,
            account_id=member.account_id,
            role=Role.REVIEWER,
        )

    assert house.get(house.record, member.headers).status_code in {403, 404}
    assert house.get(house.record).status_code == 200


def test_as_of_takes_an_instant_and_refuses_the_future_and_nonsense(house: House) -> None:
    now = house.get(house.record).json()
    at = house.get(house.record, as_of=now["read_at"]["recorded_at"])

    assert at.json()["read_at"]["log_index"] == now["read_at"]["log_index"]
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    for as_of in (soon, "yesterday", "2026-01-02T12:00:00", "-1", "1.5", "10000000", "9" * 30):
        answer = house.get(house.record, as_of=as_of)
        assert answer.status_code == 422, as_of
        assert answer.json()["field"] == "as_of"
    assert house.get(house.record, as_of="1999-01-01T00:00:00Z").status_code == 404
    assert house.get(house.record, as_of=0).status_code == 404


def test_need_to_know_holds_for_the_record(house: House) -> None:
    assert SOURCE in house.get(house.record).text
    assert SOURCE not in house.get(house.record, house.auditor).text
    assert house.get(house.record, house.stranger).status_code == 404
    assert house.get(house.record, house.administrator).status_code == 403
    assert house.client.get(API + house.record).status_code == 401
    assert house.get("/recordings/nothing/evidence-record").status_code == 404


def test_an_outsiders_check_of_an_entry_needs_nothing_of_ours(house: House) -> None:
    """Bytes and salt hash to the leaf, the leaf leads to the root of the head."""
    head = house.get("/custody/head").json()
    subject = house.story.things["recording"].id
    page = house.get("/custody/entries", subject_kind="recording", subject_id=subject).json()

    assert page["items"][0]["entry"]["event"] == "recording:creation"
    for item in page["items"]:
        body, salt = base64.b64decode(item["bytes"]), base64.b64decode(item["salt"])
        leaf = hashlib.sha256(
            b"earwitness/v1/leaf\x00" + salt + hashlib.sha256(body).digest()
        ).digest()
        proof = house.get(f"/custody/entries/{item['log_index']}/proof").json()
        assert proof["leaf_hash"] == hashlib.sha256(b"\x00" + leaf).hexdigest()
        assert (proof["size"], proof["root"]) == (head["size"], head["root"])
        verify_inclusion(
            index=proof["index"],
            size=proof["size"],
            leaf_hash=bytes.fromhex(proof["leaf_hash"]),
            path=[bytes.fromhex(step) for step in proof["path"]],
            root=bytes.fromhex(proof["root"]),
        )


def test_entries_are_for_members_of_their_case(house: House) -> None:
    mine = house.story.things["recording"].log_index

    assert house.get(f"/custody/entries/{mine}").status_code == 200
    for address in (f"/custody/entries/{mine}", f"/custody/entries/{mine}/proof"):
        assert house.get(address, house.stranger).status_code == 404
    with house.database.reading() as session:
        of_no_case = session.scalars(
            select(LogEntry.log_index).where(LogEntry.case_id.is_(None))
        ).first()
    assert of_no_case is not None
    assert house.get(f"/custody/entries/{of_no_case}").status_code == 404
    assert house.get("/custody/entries/x").status_code == 404
    assert house.get("/custody/entries/999999").status_code == 404
    cases = {
        item["entry"]["case"]
        for item in house.get("/custody/entries", house.stranger).json()["items"]
    }
    assert house.story.case_id not in cases
    assert house.get("/custody/entries", subject_kind="recording").status_code == 422


def test_entries_come_in_pages(house: House) -> None:
    seen: list[int] = []
    query: dict[str, Any] = {"limit": 7}
    while True:
        answer = house.get("/custody/entries", **query)
        seen += [item["log_index"] for item in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            break
        assert 'rel="next"' in answer.headers["link"]
        query["cursor"] = answer.json()["next_cursor"]

    assert seen == sorted(set(seen))
    assert len(seen) >= 23


def test_growth_is_proven_between_two_heads(house: House) -> None:
    old = house.get("/custody/head").json()
    with house.database.writing() as session:
        house.story.access(session)
    new = house.get("/custody/head").json()

    proof = house.get("/custody/consistency", old=old["size"]).json()

    assert (proof["old_root"], proof["new_root"]) == (old["root"], new["root"])
    verify_consistency(
        old=old["size"],
        new=new["size"],
        old_root=bytes.fromhex(old["root"]),
        new_root=bytes.fromhex(new["root"]),
        path=[bytes.fromhex(step) for step in proof["path"]],
    )
    for query in ({"old": 0}, {"old": 5, "new": 4}, {"old": 1, "new": 999999}, {"old": -1}):
        assert house.get("/custody/consistency", **query).status_code == 422, query


def test_the_checkpoint_is_a_note_that_anybody_can_open(
    house: House, signer: SignerClient
) -> None:
    assert house.get("/custody/checkpoint").status_code == 404

    seal(house.database, signer)
    answer = house.get("/custody/checkpoint")

    assert answer.headers["content-type"].startswith("text/plain")
    head = house.get("/custody/head").json()
    checkpoint = opened(answer.text, [signer.state().key], origin="earwitness.example/log")
    assert (checkpoint.size, checkpoint.root.hex()) == (head["size"], head["root"])


def test_a_conclusion_is_recorded_replaced_and_withdrawn(house: House) -> None:
    recording = house.story.things["recording"].id
    body = {
        "question": "speaker",
        "stance": "cannot_determine",
        "kind": "publisher_statement",
        "wording": "We could not tell who speaks.",
        "assessor_as_described": "the paper",
        "scale": {"scale": "admiralty_source", "version": "AJP-2.1", "value": "F"},
    }

    def post(address: str, sent: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
        return house.client.post(API + address, json=sent, headers=headers or house.headers)

    made = post(f"/recordings/{recording}/assessments", body)
    assert made.status_code == 201, made.text
    own = f"/assessments/{made.json()['id']}"
    assert made.headers["location"] == API + own
    assert made.json()["scale"]["value"] == "F"
    assert made.json()["method"] is None
    newer = post(f"{own}/supersession", body | {"stance": "supports"})
    assert newer.status_code == 201
    assert house.get(own).json()["superseded_by"] == newer.json()["id"]
    again = post(f"{own}/retraction", {"reason": "x"})
    assert (again.status_code, again.json()["state"]) == (409, "superseded")
    gone = post(f"/assessments/{newer.json()['id']}/retraction", {"reason": "misheard"})
    assert gone.status_code == 201
    listed = house.get(f"/recordings/{recording}/assessments").json()
    assert [item["state"] for item in listed["items"]][-2:] == ["superseded", "retracted"]
    then = house.get(f"/recordings/{recording}/assessments", as_of=made.json()["log_index"])
    assert then.json()["items"][-1]["state"] == "in_force"

    assert post(f"/recordings/{recording}/assessments", body, house.stranger).status_code == 404
    assert post(f"/recordings/{recording}/assessments", body, house.auditor).status_code == 403
    for wrong, name in (
        ({"stance": "authentic"}, "stance"),
        ({"wording": ""}, "wording"),
        ({"score": 5}, "score"),
    ):
        refused = post(f"/recordings/{recording}/assessments", body | wrong)
        assert refused.status_code == 422
        assert name in refused.text
