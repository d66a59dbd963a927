"""Reading bytes back: the bytes on record or none, every reading recorded first."""

import random
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.actor import service as acting_service
from app.core.canonical import parse
from app.core.database import Database
from app.core.digest import Digest
from app.core.errors import FixityMismatch
from app.core.storage import Area
from app.core.storage.objectstore import key
from app.custody.models import LogEntry
from app.http import delivery
from app.http.parts import Parts
from app.http.ranges import Span
from app.recordings import queries, service
from app.recordings.provenance import Decoding, DerivativeKind, Outcome
from tests.app.api.conftest import ON_ONE, House

CONTENT = random.Random(7).randbytes(3000)
TAG = f'"sha256-{Digest.of_bytes(CONTENT).hex}"'
WORKER = acting_service("worker")


@pytest.fixture
def content(house: House) -> str:
    """The address of the bytes of an accepted instance."""
    return str(house.brought(CONTENT).json()["instance"]["content"])


def read(house: House, address: str, method: str = "GET", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.client.request(method, address, headers=house.person.headers | named)


def accesses(database: Database) -> list[dict[str, Any]]:
    """What the log says was read, oldest first."""
    with database.reading() as session:
        found = select(LogEntry.body).where(LogEntry.event == "recording:access")
        bodies: list[Any] = [parse(body) for body in session.scalars(found)]
    return [body["details"] for body in bodies]


@ON_ONE
def test_an_original_comes_back_exactly_and_a_browser_runs_none_of_it(
    house: House, content: str
) -> None:
    answer = read(house, content)

    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["etag"] == TAG
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == 'attachment; filename="R-0001-original.bin"'
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["repr-digest"].startswith("sha-256=:")


def test_every_range_is_the_slice_and_every_reading_is_recorded(
    house: House, content: str, app_database: Database
) -> None:
    chosen = random.Random(11)
    spans = [(0, 0), (0, 2999), (2999, 2999), (10, 9000)]
    spans += [tuple(sorted(chosen.sample(range(3000), 2))) for _ in range(12)]

    for first, last in spans:
        answer = read(house, content, Range=f"bytes={first}-{last}")
        end = min(last, 2999)
        assert (answer.status_code, answer.content) == (206, CONTENT[first : last + 1])
        assert answer.headers["content-range"] == f"bytes {first}-{end}/3000"
        assert answer.headers["content-length"] == str(end - first + 1)

    recorded = [(entry["start"], entry["end"]) for entry in accesses(app_database)]
    assert recorded == [(first, min(last + 1, 3000)) for first, last in spans]


@ON_ONE
def test_a_range_beyond_the_end_is_a_416_that_names_the_size_and_reads_nothing(
    house: House, content: str, app_database: Database
) -> None:
    answer = read(house, content, Range="bytes=3000-")

    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */3000")
    assert accesses(app_database) == []


def test_head_and_304_say_everything_and_deliver_nothing(
    house: House, content: str, app_database: Database
) -> None:
    head = read(house, content, "HEAD")
    unchanged = read(house, content, If_None_Match=TAG)
    ranged = read(house, content, If_None_Match=TAG, Range="bytes=0-1")

    assert (head.status_code, head.content) == (200, b"")
    assert (head.headers["content-length"], head.headers["etag"]) == ("3000", TAG)
    assert head.headers["accept-ranges"] == "bytes"
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert ranged.status_code == 304
    assert accesses(app_database) == []


@ON_ONE
def test_if_range_gives_the_part_of_the_same_bytes_and_the_whole_of_others(
    house: House, content: str
) -> None:
    same = read(house, content, Range="bytes=0-9", If_Range=TAG)
    other = read(house, content, Range="bytes=0-9", If_Range='"sha256-other"')

    assert (same.status_code, same.content) == (206, CONTENT[:10])
    assert (other.status_code, other.content) == (200, CONTENT)


def test_the_entry_is_there_before_the_first_byte(
    house: House, content: str, app_database: Database
) -> None:
    with house.client.stream("GET", content, headers=house.person.headers) as answer:
        recorded = accesses(app_database)
        answer.read()

    assert [entry["part"] for entry in recorded] == ["original"]
    assert recorded[0]["sha256"] == str(Digest.of_bytes(CONTENT))


@ON_ONE
def test_an_auditor_reads_the_record_and_hears_nothing(house: House, content: str) -> None:
    auditor = house.people.join(Role.AUDITOR, case=house.case)
    stranger = house.people.join(Role.INVESTIGATOR, case=house.people.case())

    assert house.client.get(content, headers=auditor.headers).status_code == 403
    assert house.client.get(content, headers=stranger.headers).status_code == 404
    assert house.client.head(content, headers=stranger.headers).status_code == 404


def altered(parts: Parts, digest: Digest, content: bytes) -> None:
    """Change an object behind the catalogue's back, as an insider with the disk could."""
    path = parts.settings.data_dir / key(digest, Area.ORIGINALS)
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize("found", [CONTENT[:-1] + b"!", CONTENT[:-1]])
@ON_ONE
def test_altered_bytes_do_not_leave(
    house: House, content: str, app_parts: Parts, app_database: Database, found: bytes
) -> None:
    altered(app_parts, Digest.of_bytes(CONTENT), found)

    for headers in ({}, {"Range": "bytes=0-9"}):
        answer = read(house, content, **headers)
        assert answer.status_code == 500
        assert answer.json()["type"] == "/problems/fixity-mismatch"
    assert accesses(app_database) == []


@ON_ONE
def test_a_large_file_that_was_altered_breaks_off_before_it_is_whole(
    house: House, content: str, app_parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CHECKED_FIRST", 100)
    assert read(house, content).content == CONTENT
    altered(app_parts, Digest.of_bytes(CONTENT), CONTENT[:-1] + b"!")

    with pytest.raises(RuntimeError, match="response already started"):
        read(house, content)


@ON_ONE
def test_the_last_piece_of_a_large_file_is_held_back_until_its_digest_held(
    house: House, content: str, app_parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "CHECKED_FIRST", 100)
    digest = Digest.of_bytes(CONTENT)
    whole = Span(0, len(CONTENT), partial=False)
    altered(app_parts, digest, CONTENT[:-1] + b"!")

    pieces = delivery.pieces(
        app_parts.storage, digest, area=Area.ORIGINALS, size=len(CONTENT), span=whole
    )

    received = b""
    with pytest.raises(FixityMismatch):
        for piece in pieces:
            received += piece
    assert len(received) < len(CONTENT)


class TestWhatWasMadeFromIt:
    def derived(
        self,
        parts: Parts,
        house: House,
        media_type: str,
        made: bytes,
        kind: DerivativeKind = DerivativeKind.PLAYBACK,
    ) -> None:
        digest = parts.storage.put_bytes(made, area=Area.DERIVATIVES)
        with parts.database.writing() as session:
            instance = queries.original_of(session, house.recording)
            assert instance is not None
            service.derive(
                session,
                actor=WORKER,
                instance=instance,
                kind=kind,
                digest=digest,
                size=len(made),
                media_type=media_type,
                made_by={"tool": "a test"},
            )

    def test_the_newest_of_a_kind_is_served_under_a_safe_type(
        self, house: House, content: str, app_parts: Parts
    ) -> None:
        address = content.replace("/content", "/derivatives/playback")
        absent = read(house, address)
        self.derived(app_parts, house, "text/html", b"<script>")
        unsafe = read(house, address)
        self.derived(app_parts, house, "audio/flac", b"fLaC and so on")
        newest = read(house, address)

        assert absent.status_code == 404
        assert unsafe.headers["content-type"] == "application/octet-stream"
        assert (newest.headers["content-type"], newest.content) == (
            "audio/flac",
            b"fLaC and so on",
        )
        assert newest.headers["content-disposition"].endswith('"R-0001-playback.flac"')

    def test_a_tile_of_the_spectrogram_is_a_range_and_its_reading_is_on_record(
        self, house: House, content: str, app_parts: Parts
    ) -> None:
        picture = bytes(range(128)) + b"one tile" + b"another!"
        kind = DerivativeKind.SPECTROGRAM
        self.derived(app_parts, house, "application/vnd.earwitness.spectrogram", picture, kind)
        address = content.replace("/content", "/derivatives/spectrogram")
        auditor = house.people.join(Role.AUDITOR, case=house.case)

        tile = read(house, address, Range="bytes=136-143")
        again = read(house, address, Range="bytes=136-143", If_None_Match=tile.headers["etag"])

        assert (tile.status_code, tile.content) == (206, b"another!")
        assert tile.headers["etag"] == f'"sha256-{Digest.of_bytes(picture).hex}"'
        assert again.status_code == 304
        assert house.client.get(address, headers=auditor.headers).status_code == 403
        (seen,) = accesses(app_parts.database)
        assert (seen["part"], seen["start"], seen["end"]) == ("spectrogram", 136, 144)

    def test_why_bytes_are_not_audio_is_said_in_a_sentence(
        self, house: House, content: str, app_parts: Parts
    ) -> None:
        with app_parts.database.writing() as session:
            instance = queries.original_of(session, house.recording)
            assert instance is not None
            decoding = Decoding(
                outcome=Outcome.UNDECODABLE, decoder={}, reason="unknown_container"
            )
            service.identify(session, actor=WORKER, instance=instance, decoding=decoding)

        found = read(house, content.removesuffix("/content")).json()["identification"]

        assert found["reason"] == "unknown_container"
        assert "wrapped in a WAV file" in found["explanation"]

    def test_an_identified_original_leaves_under_the_type_we_found_ourselves(
        self, house: House, content: str, app_parts: Parts
    ) -> None:
        with app_parts.database.writing() as session:
            instance = queries.original_of(session, house.recording)
            assert instance is not None
            decoding = Decoding(outcome=Outcome.DECODED, decoder={}, container="wav")
            service.identify(session, actor=WORKER, instance=instance, decoding=decoding)

        answer = read(house, content)

        assert answer.headers["content-type"] == "audio/wav"
        assert answer.headers["content-disposition"].endswith('"R-0001-original.wav"')
