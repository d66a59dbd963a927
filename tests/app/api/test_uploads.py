"""tus as a client drives it: go on after any fault, and only whole, unaltered bytes count."""

import base64
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.accounts.permissions import Role
from app.core import clock
from app.core.actor import service
from app.core.database import Database
from app.core.digest import Digest
from app.core.settings import Settings
from app.core.storage import Area
from app.custody.models import LogEntry
from app.http import digests
from app.http.parts import Parts
from app.http.underway import Underway
from app.main import build
from app.recordings import finishing, queries
from app.recordings.models import MediaInstance, Upload
from tests.app.api.conftest import ON_ONE, House
from tests.app.conftest import People, Person

CONTENT = random.Random(3).randbytes(100_000)
TUS = {"Tus-Resumable": "1.0.0"}
BODY = {"Content-Type": "application/offset+octet-stream"}


def spelled(**said: str) -> str:
    """`Upload-Metadata` as clients spell it."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
    )


def started(house: House, length: int = len(CONTENT), **said: str) -> Any:
    """Announce an upload."""
    metadata = spelled(recording_id=house.recording, **said)
    headers = {"Upload-Length": str(length), "Upload-Metadata": metadata}
    return house.client.post("/api/v1/uploads", headers=house.person.headers | TUS | headers)


def sent(house: House, address: str, offset: int, piece: bytes, **more: str) -> Any:
    """Send one piece."""
    named = {name.replace("_", "-"): value for name, value in more.items()}
    headers = house.person.headers | TUS | BODY | {"Upload-Offset": str(offset)} | named
    return house.client.patch(address, content=piece, headers=headers)


def offset_of(house: House, address: str) -> int:
    """Ask where the upload stands."""
    answer = house.client.head(address, headers=house.person.headers | TUS)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return int(answer.headers["upload-offset"])


def events(database: Database, kind: str) -> list[str]:
    """What was recorded of things of one kind, in order."""
    with database.reading() as session:
        found = select(LogEntry.event).where(LogEntry.subject_kind == kind)
        return list(session.scalars(found.order_by(LogEntry.log_index)))


@ON_ONE
def test_a_server_says_what_it_can(house: House) -> None:
    answer = house.client.options("/api/v1/uploads", headers=house.person.headers)

    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,expiration,checksum,termination"
    assert answer.headers["tus-checksum-algorithm"] == "sha256,sha1"


def test_an_upload_in_pieces_becomes_an_instance_with_a_receipt(
    house: House, app_database: Database, app_parts: Parts, settings: Settings
) -> None:
    made = started(house, filename="звук.wav", generation="copy", declared_by="")
    address = made.headers["location"]
    first = sent(house, address, 0, CONTENT[:60_000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "60000")
    assert offset_of(house, address) == 60_000

    last = sent(house, address, 60_000, CONTENT[60_000:])

    assert (made.status_code, last.status_code) == (201, 204)
    assert "upload-expires" in made.headers
    assert offset_of(house, address) == len(CONTENT)
    shown = house.client.get(address, headers=house.person.headers).json()
    instance = house.client.get(last.headers["location"], headers=house.person.headers).json()
    assert instance["id"] == shown["receipt"]["instance_id"]
    assert shown["receipt"]["sha256"] == str(Digest.of_bytes(CONTENT))
    assert last.headers["earwitness-log-index"] == str(shown["receipt"]["log_index"])
    assert (instance["original_filename"], instance["generation"]) == ("звук.wav", "copy")
    assert events(app_database, "upload") == ["upload:start"]
    assert house.status() == "held"
    with app_parts.storage.open(Digest.of_bytes(CONTENT), area=Area.ORIGINALS) as held:
        assert held.read() == CONTENT
    assert list((Path(settings.data_dir) / "incoming").iterdir()) == []


@ON_ONE
def test_bytes_damaged_after_they_arrived_are_not_acknowledged(
    house: House, app_parts: Parts
) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT[:60_000])
    with app_parts.staging.path(address.rsplit("/", 1)[1]).open("r+b") as file:
        file.write(bytes([CONTENT[0] ^ 1]))

    answer = sent(house, address, 60_000, CONTENT[60_000:])

    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fixity-mismatch")
    assert "repr-digest" not in answer.headers
    assert house.status() == "cited_not_held"
    assert not app_parts.storage.exists(Digest.of_bytes(CONTENT), area=Area.ORIGINALS)


@ON_ONE
def test_a_server_that_forgot_the_pieces_before_reads_them_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT[:60_000])
    monkeypatch.setattr("app.api.uploads.UNDERWAY", Underway())

    answer = sent(house, address, 60_000, CONTENT[60_000:])

    assert answer.headers["repr-digest"] == digests.spelled(Digest.of_bytes(CONTENT))


@ON_ONE
def test_a_wrong_offset_changes_nothing_and_names_the_right_one(house: House) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT[:100])

    for wrong in (0, 99, 101, len(CONTENT)):
        answer = sent(house, address, wrong, b"other")
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/wrong-offset"
        assert answer.json()["offset"] == 100
    assert offset_of(house, address) == 100


@ON_ONE
def test_more_bytes_than_announced_are_refused(house: House) -> None:
    address = started(house, length=10).headers["location"]

    answer = sent(house, address, 0, b"x" * 11)

    assert answer.status_code == 413
    assert offset_of(house, address) < 10


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@ON_ONE
def test_a_piece_whose_checksum_fails_leaves_no_byte(house: House, algorithm: str) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT[:100])
    digest = base64.b64encode(hashlib.new(algorithm, CONTENT[100:]).digest()).decode()

    damaged = sent(
        house, address, 100, CONTENT[100:-1] + b"!", Upload_Checksum=f"{algorithm} {digest}"
    )
    stands = offset_of(house, address)
    whole = sent(house, address, 100, CONTENT[100:], Upload_Checksum=f"{algorithm} {digest}")

    assert (damaged.status_code, stands) == (460, 100)
    assert damaged.json()["type"] == "/problems/checksum-mismatch"
    assert whole.status_code == 204


@pytest.mark.parametrize("header", ["md5 AAAA", "sha256 ???", "sha256 AAAA", "sha256"])
@ON_ONE
def test_a_checksum_nobody_can_check_is_refused(house: House, header: str) -> None:
    address = started(house).headers["location"]

    answer = sent(house, address, 0, CONTENT, Upload_Checksum=header)

    assert (answer.status_code, answer.json()["field"]) == (422, "Upload-Checksum")
    assert offset_of(house, address) == 0


@ON_ONE
def test_another_version_of_the_protocol_is_told_ours(house: House) -> None:
    address = started(house).headers["location"]

    for answer in (
        house.client.head(address, headers=house.person.headers),
        house.client.post(
            "/api/v1/uploads", headers=house.person.headers | {"Tus-Resumable": "0.2"}
        ),
    ):
        assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")


@pytest.mark.parametrize(
    ("headers", "field"),
    [
        ({"Upload-Length": ""}, "Upload-Length"),
        ({"Upload-Length": "-1"}, "Upload-Length"),
        ({"Upload-Defer-Length": "1"}, "Upload-Length"),
        ({"Upload-Length": "5", "Upload-Metadata": "recording_id ???"}, "Upload-Metadata"),
        ({"Upload-Length": "5", "Upload-Metadata": "a,a"}, "Upload-Metadata"),
        ({"Upload-Length": "5"}, "recording_id"),
        ({"Upload-Length": "5", "Upload-Metadata": spelled(generation="new")}, "generation"),
        (
            {"Upload-Length": "5", "Upload-Metadata": spelled(declared_digest="12")},
            "declared_digest",
        ),
        ({"Upload-Length": "5", "Upload-Metadata": spelled(filename="a\u202eb")}, "filename"),
    ],
)
@ON_ONE
def test_an_announcement_that_means_nothing_is_refused_by_the_name_of_its_field(
    house: House, headers: dict[str, str], field: str
) -> None:
    answer = house.client.post("/api/v1/uploads", headers=house.person.headers | TUS | headers)

    assert (answer.status_code, answer.json()["field"]) == (422, field)


@ON_ONE
def test_an_empty_upload_is_refused_and_leaves_nothing(house: House, settings: Settings) -> None:
    answer = started(house, length=0)

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/empty-file")
    assert list((Path(settings.data_dir) / "incoming").iterdir()) == []


def test_a_wrong_declared_digest_ends_in_quarantine_and_stays_there(
    house: House, app_database: Database
) -> None:
    wrong = str(Digest.of_bytes(b"else"))
    address = started(house, declared_digest=wrong).headers["location"]

    answer = sent(house, address, 0, CONTENT)

    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/digest-mismatch")
    assert (problem["declared"], problem["computed"]) == (wrong, str(Digest.of_bytes(CONTENT)))
    assert events(app_database, "recording")[-1] == "recording:quarantine"
    assert offset_of(house, address) == len(CONTENT)
    assert house.status() == "cited_not_held"


def test_an_upload_that_is_given_up_is_gone_and_recorded(
    house: House, app_database: Database, settings: Settings
) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT[:100])

    gone = house.client.delete(address, headers=house.person.headers | TUS)
    after = house.client.head(address, headers=house.person.headers | TUS)

    assert [gone.status_code, after.status_code] == [204, 404]
    assert events(app_database, "upload") == ["upload:start", "upload:removal"]
    assert list((Path(settings.data_dir) / "incoming").iterdir()) == []


@ON_ONE
def test_a_finished_upload_cannot_be_given_up(house: House) -> None:
    address = started(house).headers["location"]
    sent(house, address, 0, CONTENT)

    answer = house.client.delete(address, headers=house.person.headers | TUS)

    assert answer.status_code == 409
    assert house.status() == "held"


@ON_ONE
def test_while_one_connection_writes_another_is_told_to_wait(
    house: House, app_parts: Parts
) -> None:
    address = started(house).headers["location"]
    with app_parts.staging.open(address.rsplit("/", 1)[1], offset=0):
        written = sent(house, address, 0, CONTENT)
        removed = house.client.delete(address, headers=house.person.headers | TUS)

    assert [written.status_code, removed.status_code] == [423, 423]
    assert sent(house, address, 0, CONTENT).status_code == 204


@ON_ONE
def test_an_upload_exists_for_whoever_started_it_and_for_nobody_else(house: House) -> None:
    address = started(house).headers["location"]
    colleague = house.people.join(Role.INVESTIGATOR, case=house.case)

    for method, headers in (("HEAD", TUS), ("GET", {}), ("DELETE", TUS)):
        answer = house.client.request(method, address, headers=colleague.headers | headers)
        assert answer.status_code == 404
    pushed = house.client.patch(
        address, content=b"x", headers=colleague.headers | TUS | BODY | {"Upload-Offset": "0"}
    )
    assert pushed.status_code == 404
    assert offset_of(house, address) == 0


@ON_ONE
def test_whoever_may_not_write_may_not_announce(house: House) -> None:
    reviewer = house.people.join(Role.REVIEWER, case=house.case)
    stranger = house.people.join(Role.INVESTIGATOR, case=house.people.case())

    def announced(by: Person) -> int:
        headers = {
            "Upload-Length": "5",
            "Upload-Metadata": spelled(recording_id=house.recording),
        }
        return house.client.post("/api/v1/uploads", headers=by.headers | TUS | headers).status_code

    assert [announced(reviewer), announced(stranger)] == [403, 404]


def test_a_crash_between_the_last_byte_and_the_record_delays_and_loses_nothing(
    house: House, app_parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = started(house).headers["location"]

    def crash(*_: Any, **__: Any) -> None:
        raise RuntimeError("the power went")

    for place in ("adopt", "record"):
        with monkeypatch.context() as patch:
            if place == "adopt":
                patch.setattr(type(app_parts.storage), "adopt", crash)
            else:
                patch.setattr("app.recordings.uploads.complete", crash)
            assert went_on(house, address).status_code == 500

    assert offset_of(house, address) == len(CONTENT)
    assert house.status() == "held"
    with app_parts.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MediaInstance)) == 1


def went_on(house: House, address: str) -> Any:
    """Go on by the book: ask, and send what is missing."""
    asked = house.client.head(address, headers=house.person.headers | TUS)
    if asked.status_code != 200:
        return asked
    offset = int(asked.headers["upload-offset"])
    return sent(house, address, offset, CONTENT[offset:])


def test_the_quota_counts_what_is_on_its_way(settings: Settings) -> None:
    limited = settings.model_copy(update={"case_quota_bytes": 150})
    with TestClient(build(limited)) as client:
        house = House(client, People(client.app.state.parts.database))  # type: ignore[attr-defined]
        first = started(house, length=100)
        second = started(house, length=100)
        client.delete(first.headers["location"], headers=house.person.headers | TUS)
        third = started(house, length=100)
        finished = sent(house, third.headers["location"], 0, b"x" * 100)

    assert [first.status_code, second.status_code] == [201, 413]
    assert [third.status_code, finished.status_code] == [201, 204]


def test_what_expired_is_swept_with_an_entry_and_what_is_held_stays(
    house: House, app_parts: Parts, app_database: Database, settings: Settings
) -> None:
    done, left = (started(house).headers["location"] for _ in range(2))
    sent(house, done, 0, CONTENT)
    sent(house, left, 0, CONTENT[:100])

    def sweep() -> int:
        return finishing.sweep(app_database, app_parts.staging, actor=service("sweep"))

    assert sweep() == 0
    later = clock.now() + timedelta(hours=25)
    clock.use(lambda: later)
    try:
        assert sweep() == 2
    finally:
        clock.use(clock.system)
    assert events(app_database, "upload") == ["upload:start", "upload:start", "upload:removal"]
    assert list((Path(settings.data_dir) / "incoming").iterdir()) == []
    with app_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Upload)) == 0
        assert queries.is_held(session, house.recording)


def test_eight_uploads_at_once_are_eight_intact_originals(
    house: House, app_parts: Parts, app_database: Database
) -> None:
    contents = [random.Random(seed).randbytes(200_000) for seed in range(8)]

    def brought(content: bytes) -> str:
        address = started(house, length=len(content)).headers["location"]
        for begin in range(0, len(content), 70_000):
            answer = sent(house, address, begin, content[begin : begin + 70_000])
            assert answer.status_code == 204, answer.text
        return str(answer.headers["repr-digest"])

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(brought, contents))

    for content, digest in zip(contents, said, strict=True):
        expected = base64.b64encode(hashlib.sha256(content).digest()).decode()
        assert digest == f"sha-256=:{expected}:"
        with app_parts.storage.open(Digest.of_bytes(content), area=Area.ORIGINALS) as held:
            assert held.read() == content
    with app_database.reading() as session:
        places = session.scalars(select(LogEntry.log_index).order_by(LogEntry.log_index)).all()
    assert list(places) == list(range(len(places)))
