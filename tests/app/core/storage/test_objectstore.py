"""What every store promises, asked of each driver in the same words."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.digest import Digest
from app.core.errors import FixityMismatch, IntegrityFailure
from app.core.storage import CHUNK, Area
from app.core.storage.objectstore import key
from tests.app.core.storage.conftest import Room

SPOKEN = b"convoy reached the northern depot " * 1000
ABSENT = Digest.of_bytes(b"nobody ever stored this")
# Over one part of a multipart upload, and no multiple of any chunk.
LARGE = 21 * 1024 * 1024 + 7


def held(room: Room, content: bytes = SPOKEN) -> Digest:
    digest = Digest.of_bytes(content)
    room.store.adopt(room.stage(content), area=Area.ORIGINALS, digest=digest)
    return digest


def everything(room: Room, digest: Digest, area: Area = Area.ORIGINALS) -> bytes:
    size = room.store.size(digest, area=area)
    return b"".join(room.store.read(digest, area=area, start=0, end=size))


def test_what_was_adopted_comes_back_byte_for_byte(room: Room) -> None:
    digest = held(room)
    assert room.store.exists(digest, area=Area.ORIGINALS)
    assert room.store.size(digest, area=Area.ORIGINALS) == len(SPOKEN)
    assert everything(room, digest) == SPOKEN


def test_the_staging_file_is_gone_after_adoption(room: Room) -> None:
    held(room)
    assert list((room.folder / "incoming").iterdir()) == []


def test_the_same_bytes_twice_are_one_object(room: Room) -> None:
    assert held(room) == held(room)
    assert list(room.store.digests(Area.ORIGINALS)) == [Digest.of_bytes(SPOKEN)]
    assert list((room.folder / "incoming").iterdir()) == []


def test_a_file_that_is_not_what_its_digest_says_is_refused_and_left_alone(room: Room) -> None:
    staged = room.stage(b"changed on the way")
    with pytest.raises(FixityMismatch) as refusal:
        room.store.adopt(staged, area=Area.ORIGINALS, digest=ABSENT)
    assert refusal.value.facts == {
        "expected": str(ABSENT),
        "found": str(Digest.of_bytes(b"changed on the way")),
    }
    assert staged.read_bytes() == b"changed on the way"
    assert list(room.store.digests(Area.ORIGINALS)) == []


def test_damaged_bytes_are_never_acknowledged_again_nor_replaced(room: Room) -> None:
    digest = held(room)
    room.damage(digest, b"something else entirely")
    with pytest.raises(FixityMismatch):
        held(room)
    assert everything(room, digest) == b"something else entirely"


def test_an_object_cut_short_says_so_while_it_is_read(room: Room) -> None:
    digest = held(room)
    room.damage(digest, SPOKEN[:100])
    with pytest.raises(IntegrityFailure):
        list(room.store.read(digest, area=Area.ORIGINALS, start=0, end=len(SPOKEN)))


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 1), (0, 0), (7, 7), (5, 12), (len(SPOKEN) - 1, len(SPOKEN)), (1, len(SPOKEN))],
)
def test_a_range_is_exactly_what_was_asked_for(room: Room, start: int, end: int) -> None:
    digest = held(room)
    parts = room.store.read(digest, area=Area.ORIGINALS, start=start, end=end)
    assert b"".join(parts) == SPOKEN[start:end]


def test_no_chunk_is_larger_than_promised(room: Room) -> None:
    content = os.urandom(3 * CHUNK + 11)
    digest = held(room, content)
    chunks = list(room.store.read(digest, area=Area.ORIGINALS, start=1, end=len(content)))
    assert max(map(len, chunks)) <= CHUNK
    assert b"".join(chunks) == content[1:]


def test_a_file_larger_than_one_part_survives_whole(room: Room) -> None:
    content = os.urandom(LARGE)
    digest = held(room, content)
    with room.store.open(digest, area=Area.ORIGINALS) as stream:
        assert Digest.of_stream(stream) == digest
    middle = room.store.read(digest, area=Area.ORIGINALS, start=LARGE // 2, end=LARGE // 2 + 10)
    assert b"".join(middle) == content[LARGE // 2 : LARGE // 2 + 10]


def test_an_empty_file_is_an_object_like_any_other(room: Room) -> None:
    digest = held(room, b"")
    assert room.store.size(digest, area=Area.ORIGINALS) == 0
    assert everything(room, digest) == b""


def test_an_open_object_is_a_regular_file_with_a_descriptor(room: Room) -> None:
    with room.store.open(held(room), area=Area.ORIGINALS) as stream:
        assert os.pread(stream.fileno(), 6, 0) == SPOKEN[:6]
        assert os.fstat(stream.fileno()).st_size == len(SPOKEN)


def test_a_small_derivative_is_kept_under_its_digest_in_its_own_area(room: Room) -> None:
    digest = room.store.put_bytes(b"peaks", area=Area.DERIVATIVES)
    assert digest == Digest.of_bytes(b"peaks")
    assert room.store.put_bytes(b"peaks", area=Area.DERIVATIVES) == digest
    assert everything(room, digest, Area.DERIVATIVES) == b"peaks"
    assert not room.store.exists(digest, area=Area.ORIGINALS)
    assert list((room.folder / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.size(ABSENT, area=Area.ORIGINALS),
        lambda store: store.open(ABSENT, area=Area.ORIGINALS),
        lambda store: store.read(ABSENT, area=Area.ORIGINALS, start=0, end=1),
    ],
    ids=["size", "open", "read"],
)
def test_a_missing_object_is_a_fixity_failure_and_not_a_surprise(
    room: Room, ask: Callable[[object], object]
) -> None:
    assert not room.store.exists(ABSENT, area=Area.ORIGINALS)
    with pytest.raises(FixityMismatch) as missing:
        ask(room.store)
    assert missing.value.facts == {"expected": str(ABSENT), "found": None}


def test_every_object_is_named_once_and_in_order(room: Room) -> None:
    digests = [room.store.put_bytes(f"{n}".encode(), area=Area.DERIVATIVES) for n in range(12)]
    assert list(room.store.digests(Area.DERIVATIVES)) == sorted(digests)
    assert list(room.store.digests(Area.ORIGINALS)) == []


def test_a_store_that_works_passes_its_check(room: Room) -> None:
    room.store.check()


def test_a_key_leads_from_the_area_to_the_digest() -> None:
    digest = Digest("ab" + "0" * 62)
    assert key(digest, Area.ORIGINALS) == f"originals/sha256/ab/ab{'0' * 62}"
    assert Path(key(digest, Area.DERIVATIVES)).name == digest.hex
