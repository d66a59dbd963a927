"""Bringing bytes in one request: kept exactly, receipted, and refused without a trace."""

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.accounts.permissions import Role
from app.core import jobs
from app.core.canonical import parse
from app.core.database import Database
from app.core.digest import Digest
from app.core.settings import Settings
from app.core.storage import Area
from app.custody.merkle import verify_inclusion
from app.custody.models import Leaf, LogEntry
from app.custody.queries import inclusion
from app.http.parts import Parts
from app.main import build
from app.recordings.models import MediaInstance
from tests.app.api.conftest import ON_ONE, House
from tests.app.conftest import People

CONTENT = b"\x00\x01 bytes that somebody sent \xff" * 100


def nothing_kept(parts: Parts, settings: Settings) -> bool:
    """Whether no original, no staging file and no instance is there."""
    with parts.database.reading() as session:
        instances = session.scalar(select(func.count()).select_from(MediaInstance))
    staged = list((Path(settings.data_dir) / "incoming").iterdir())
    return not instances and not staged and not list(parts.storage.digests(Area.ORIGINALS))


def test_what_was_sent_is_what_is_kept_and_the_receipt_proves_its_place(
    house: House, app_parts: Parts, app_database: Database
) -> None:
    answer = house.brought(
        CONTENT, Content_Disposition="attachment; filename*=UTF-8''%D0%B7%D0%B2%D1%83%D0%BA.ogg"
    )

    made, receipt = answer.json()["instance"], answer.json()["receipt"]
    assert answer.status_code == 201
    assert answer.headers["location"] == made["address"]
    assert made["sha256"] == f"sha256:{hashlib.sha256(CONTENT).hexdigest()}"
    assert (made["size"], made["original_filename"]) == (len(CONTENT), "звук.ogg")
    assert (made["standing"], made["generation"]) == ("accepted", "unknown")
    with app_parts.storage.open(Digest.parse(made["sha256"]), area=Area.ORIGINALS) as held:
        assert held.read() == CONTENT
        assert os.fstat(held.fileno()).st_mode & 0o777 == 0o444
    with app_database.reading() as session:
        proof = inclusion(session, receipt["log_index"], receipt["tree_size"])
    assert receipt["leaf_hash"] == f"sha256:{proof.leaf_hash.hex()}"
    verify_inclusion(
        index=receipt["log_index"],
        size=receipt["tree_size"],
        leaf_hash=proof.leaf_hash,
        path=proof.path,
        root=bytes.fromhex(receipt["root"].removeprefix("sha256:")),
    )


def test_a_receipt_is_the_same_whenever_it_is_asked_for(house: House) -> None:
    first = house.brought(CONTENT).json()
    house.brought(CONTENT + b"more")

    again = house.client.get(
        f"{first['instance']['address']}/receipt", headers=house.person.headers
    )

    assert again.json()["receipt"] == first["receipt"]


def test_the_first_arrival_makes_a_recording_held_in_the_same_entry(
    house: House, app_database: Database
) -> None:
    before = house.status()
    made = house.brought(CONTENT).json()["instance"]
    house.brought(CONTENT + b"more")

    assert (before, house.status()) == ("cited_not_held", "held")
    with app_database.reading() as session:
        events = select(LogEntry.event, LogEntry.log_index, LogEntry.body).where(
            LogEntry.subject_id == house.recording
        )
        found = session.execute(events.order_by(LogEntry.log_index)).all()
        wanted = jobs.of_subject(session, made["id"])
    assert [row.event for row in found] == [
        "recording:creation",
        "recording:acquisition",
        "recording:acquisition",
    ]
    body: Any = parse(found[1].body)
    assert [row["table"] for row in body["rows"]] == ["media_instance", "recording_description"]
    assert [job.kind for job in wanted] == [jobs.JobKind.IDENTIFY]


def spelled(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


@pytest.mark.parametrize(
    "header",
    [
        {"Repr_Digest": spelled(CONTENT)},
        {"Content_Digest": f"md5=:AAAA:, {spelled(CONTENT)}"},
        {"Earwitness_Declared_Digest": f"sha256:{hashlib.sha256(CONTENT).hexdigest().upper()}"},
    ],
)
@ON_ONE
def test_a_declared_digest_that_holds_is_kept_beside_ours(
    house: House, header: dict[str, str]
) -> None:
    made = house.brought(CONTENT, **header).json()["instance"]

    assert made["declared_digest"] == made["sha256"]
    assert made["standing"] == "accepted"


def test_a_wrong_declared_digest_is_stored_quarantined_and_answered_with_both(
    house: House, app_database: Database, app_parts: Parts
) -> None:
    theirs, ours = Digest.of_bytes(b"something else"), Digest.of_bytes(CONTENT)

    answer = house.brought(CONTENT, Earwitness_Declared_Digest=str(theirs))

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/digest-mismatch")
    assert (problem["declared"], problem["computed"]) == (str(theirs), str(ours))
    assert app_parts.storage.exists(ours, area=Area.ORIGINALS)
    assert house.status() == "cited_not_held"
    with app_database.reading() as session:
        entry = session.scalars(
            select(LogEntry).where(LogEntry.event == "recording:quarantine")
        ).one()
        body: Any = parse(entry.body)
        assert jobs.of_subject(session, problem["instance_id"]) == []
    assert (body["details"]["sha256"], body["details"]["declared"]) == (str(ours), str(theirs))


@ON_ONE
def test_quarantined_bytes_are_read_by_those_who_may_and_by_nobody_else(house: House) -> None:
    wrong = str(Digest.of_bytes(b"something else"))
    instance = house.brought(CONTENT, Earwitness_Declared_Digest=wrong).json()["instance_id"]
    custodian = house.people.join(Role.CUSTODIAN, case=house.case)
    address = f"{house.address}/{instance}/content"

    assert house.client.get(address, headers=house.person.headers).status_code == 403
    assert house.client.get(address, headers=custodian.headers).content == CONTENT


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Earwitness_Declared_Digest": "sha256:12"}, "Earwitness-Declared-Digest"),
        ({"Repr_Digest": "sha-256=:AAAA:"}, "repr-digest"),
        (
            {"Repr_Digest": spelled(b"a"), "Content_Digest": spelled(b"b")},
            "Earwitness-Declared-Digest",
        ),
        ({"Earwitness_Generation": "first"}, "generation"),
        ({"Content_Disposition": "attachment; filename*=UTF-8''a%E2%80%AEgpj"}, "filename"),
        ({"Content_Disposition": "attachment; filename*=UTF-8''a%00b"}, "filename"),
        ({"Content_Disposition": f"attachment; filename={'x' * 256}"}, "filename"),
    ],
)
@ON_ONE
def test_what_is_said_wrongly_of_a_file_is_refused_and_nothing_is_kept(
    house: House, app_parts: Parts, settings: Settings, headers: dict[str, str], field: str
) -> None:
    answer = house.brought(CONTENT, **headers)

    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert nothing_kept(app_parts, settings)


@ON_ONE
def test_an_empty_file_is_refused_and_nothing_is_kept(
    house: House, app_parts: Parts, settings: Settings
) -> None:
    raw = house.brought(b"")
    form = house.client.post(
        house.address, files={"file": ("a.wav", b"")}, headers=house.person.headers
    )

    for answer in (raw, form):
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/empty-file")
    assert nothing_kept(app_parts, settings)
    assert house.status() == "cited_not_held"


@ON_ONE
def test_a_body_of_unannounced_length_is_refused(house: House) -> None:
    def chunks() -> Iterator[bytes]:
        yield CONTENT

    answer = house.client.post(house.address, content=chunks(), headers=house.person.headers)

    assert (answer.status_code, answer.json()["field"]) == (422, "Content-Length")


@ON_ONE
def test_a_form_brings_the_same_bytes(house: House) -> None:
    answer = house.client.post(
        house.address,
        data={"generation": "copy", "declared_by": "the sender", "declared_digest": ""},
        files={"file": ("запись.wav", CONTENT)},
        headers=house.person.headers,
    )

    made = answer.json()["instance"]
    assert answer.status_code == 201
    assert made["sha256"] == str(Digest.of_bytes(CONTENT))
    assert (made["original_filename"], made["generation"]) == ("запись.wav", "copy")


@ON_ONE
def test_a_form_without_a_file_is_refused(house: House) -> None:
    answer = house.client.post(
        house.address,
        files={"generation": (None, "copy")},
        headers=house.person.headers,
    )

    assert (answer.status_code, answer.json()["field"]) == (422, "file")


def test_the_same_bytes_twice_are_one_object_with_two_receipts_and_no_hint_across_cases(
    house: House, app_parts: Parts
) -> None:
    elsewhere = House(house.client, house.people)
    fresh = elsewhere.brought(b"bytes that nobody holds")
    first = house.brought(CONTENT)
    here = house.brought(CONTENT)
    there = elsewhere.brought(CONTENT)

    answers = [fresh, first, here, there]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["receipt"]["log_index"] for answer in answers}) == 4
    assert len({answer.json()["instance"]["id"] for answer in answers}) == 4
    assert len(list(app_parts.storage.digests(Area.ORIGINALS))) == 2
    assert {shape(answer.json()) for answer in answers} == {shape(fresh.json())}
    assert {frozenset(answer.headers) for answer in answers} == {frozenset(fresh.headers)}
    listed = elsewhere.client.get(elsewhere.address, headers=elsewhere.person.headers).json()
    assert {item["recording_id"] for item in listed["items"]} == {elsewhere.recording}
    foreign = first.json()["instance"]["id"]
    for path in (foreign, f"{foreign}/content"):
        seen = house.client.get(f"{house.address}/{path}", headers=elsewhere.person.headers)
        assert seen.status_code == 404
        moved = house.client.get(f"{elsewhere.address}/{path}", headers=elsewhere.person.headers)
        assert moved.status_code == 404


def shape(value: Any) -> Any:
    """The keys of a JSON value and the kinds of its leaves, without what they say."""
    if isinstance(value, dict):
        return tuple(sorted((key, shape(item)) for key, item in value.items()))
    return (type(value).__name__,) if not isinstance(value, list) else len(value)


def test_the_same_request_sent_again_acquires_once(house: House, app_database: Database) -> None:
    answers = [house.brought(CONTENT, Idempotency_Key="k") for _ in range(2)]
    other = house.brought(CONTENT + b"!", Idempotency_Key="k")

    assert answers[0].json() == answers[1].json()
    assert other.status_code in {409, 422}
    with app_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MediaInstance)) == 1


class TestWhereThereIsNoRoom:
    def house_with(self, settings: Settings, **changes: Any) -> Iterator[tuple[House, Parts]]:
        with TestClient(build(settings.model_copy(update=changes))) as client:
            parts = client.app.state.parts  # type: ignore[attr-defined]
            yield House(client, People(parts.database)), parts

    def test_over_quota_is_refused_before_and_nothing_is_kept(self, settings: Settings) -> None:
        for house, parts in self.house_with(settings, case_quota_bytes=2 * len(CONTENT) - 1):
            first = house.brought(CONTENT)
            again = house.brought(CONTENT)

            assert first.status_code == 201
            assert (again.status_code, again.json()["limit"]) == (413, "case_quota_bytes")
            with parts.database.reading() as session:
                assert session.scalar(select(func.count()).select_from(MediaInstance)) == 1

    @ON_ONE
    def test_a_file_over_the_largest_is_refused(self, settings: Settings) -> None:
        for house, parts in self.house_with(settings, max_upload_bytes=10):
            answer = house.brought(CONTENT)

            assert (answer.status_code, answer.json()["limit"]) == (413, "max_upload_bytes")
            assert nothing_kept(parts, settings)

    @ON_ONE
    def test_a_full_disk_is_a_507_and_nothing_is_kept(self, settings: Settings) -> None:
        for house, parts in self.house_with(settings):
            full = settings.model_copy(update={"min_free_bytes": 1 << 62})
            house.client.app.state.parts = Parts(  # type: ignore[attr-defined]
                settings=full,
                database=parts.database,
                storage=parts.storage,
                staging=type(parts.staging)(
                    Path(settings.data_dir) / "incoming", min_free_bytes=1 << 62
                ),
            )
            answer = house.brought(CONTENT)

            assert answer.status_code == 507
            assert answer.json()["type"] == "/problems/insufficient-storage"
            assert nothing_kept(parts, settings)


@ON_ONE
def test_no_name_of_a_file_reaches_the_log_of_custody(
    house: House, app_database: Database
) -> None:
    house.brought(CONTENT, Content_Disposition='attachment; filename="canary-4711.wav"')

    with app_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Leaf)) > 0
        assert not [
            body for body in session.scalars(select(LogEntry.body)) if b"canary-4711" in body
        ]
