"""Bodies reach the disk whole or as far as was acknowledged, whatever breaks on the way."""

from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request

from app.core.digest import Hasher
from app.core.errors import Invalid, TooLarge
from app.core.storage import DurabilityLost, StagedFile, Staging, durable
from app.http import forms, intake
from app.http.intake import BrokenOff


async def flowing(
    chunks: Iterable[bytes], *, then: Exception | None = None
) -> AsyncIterator[bytes]:
    """A body that comes in these chunks, and perhaps breaks off."""
    for chunk in chunks:
        yield chunk
    if then:
        raise then


@pytest.fixture
def staged(tmp_path: Path) -> StagedFile:
    staging = Staging(tmp_path / "incoming", min_free_bytes=0)
    staging.create("one", expected_bytes=0)
    return staging.open("one", offset=0)


def on_disk(staged: StagedFile, tmp_path: Path) -> bytes:
    staged.close()
    return (tmp_path / "incoming" / "one").read_bytes()


def test_every_taker_sees_every_byte_once(staged: StagedFile, tmp_path: Path) -> None:
    chunks = [bytes([number]) * 700_000 for number in range(9)]
    hasher = Hasher()

    anyio.run(lambda: intake.receive(flowing(chunks), staged, most=10_000_000, takers=(hasher,)))

    assert on_disk(staged, tmp_path) == b"".join(chunks)
    assert hasher.size == 6_300_000


def test_what_arrived_before_a_break_is_durable_and_told(
    staged: StagedFile, tmp_path: Path
) -> None:
    told: list[int] = []
    body = flowing([b"x" * 100_000] * 3, then=ClientDisconnect())

    with pytest.raises(BrokenOff):
        anyio.run(lambda: intake.receive(body, staged, most=1_000_000, durable=told.append))

    assert told == [300_000]
    assert len(on_disk(staged, tmp_path)) == 300_000


def test_offsets_are_told_every_sixteen_mebibytes_and_only_when_durable(
    staged: StagedFile,
) -> None:
    told: list[tuple[int, int]] = []

    def durable(offset: int) -> None:
        told.append((offset, staged.durable_offset))

    body = flowing([b"x" * (1 << 20)] * 40)
    anyio.run(lambda: intake.receive(body, staged, most=1 << 30, durable=durable))
    staged.close()

    assert told == [(n << 20, n << 20) for n in (16, 32, 40)]


def test_more_than_was_announced_is_refused(staged: StagedFile) -> None:
    with pytest.raises(TooLarge), staged:
        anyio.run(lambda: intake.receive(flowing([b"x" * 11]), staged, most=10))


def test_a_sender_that_stalls_is_let_go(
    staged: StagedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "STALLED_AFTER_S", 0.05)

    async def stalling() -> AsyncIterator[bytes]:
        yield b"x" * 10
        await anyio.sleep_forever()

    told: list[int] = []
    with pytest.raises(BrokenOff), staged:
        anyio.run(lambda: intake.receive(stalling(), staged, most=100, durable=told.append))
    assert told == [10]


def test_a_sync_that_failed_is_never_tried_again(
    staged: StagedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def failing(descriptor: int) -> None:
        tries.append(descriptor)
        raise DurabilityLost("the disk is going")

    monkeypatch.setattr(durable, "fsync", failing)
    told: list[int] = []
    body = flowing([b"x" * (1 << 20)] * 20)
    with pytest.raises(DurabilityLost), staged:
        anyio.run(lambda: intake.receive(body, staged, most=1 << 30, durable=told.append))

    assert (len(tries), told) == (1, [])


def form(body: bytes, chunk: int, boundary: str = "b") -> tuple[dict[str, str], str | None, bytes]:
    """Read a form that comes in chunks of this many bytes."""

    async def read() -> tuple[dict[str, str], str | None, bytes]:
        pieces = [body[begin : begin + chunk] for begin in range(0, len(body), chunk)]

        async def receive() -> dict[str, object]:
            piece = pieces.pop(0) if pieces else b""
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

        kind = f"multipart/form-data; boundary={boundary}".encode()
        scope = {"type": "http", "method": "POST", "headers": [(b"content-type", kind)]}
        opened = await forms.opened(Request(scope, receive))  # type: ignore[arg-type]
        file = b"".join([one async for one in opened.chunks])
        return opened.fields, opened.filename, file

    return anyio.run(read)


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    file = f'; filename="{filename}"' if filename is not None else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@given(content=st.binary(max_size=300), chunk=st.integers(1, 400))
def test_a_file_in_a_form_comes_out_as_it_is_however_it_is_cut(content: bytes, chunk: int) -> None:
    content = content.replace(b"\r\n--b", b"")
    body = part("csrf", "токен".encode()) + part("file", content, "звук.wav") + b"--b--\r\n"

    assert form(body, chunk) == ({"csrf": "токен"}, "звук.wav", content)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a form at all",
        part("a", b"1") + b"--b--\r\n",
        part("file", b"cut off", "a.wav")[:-4],
        part("a", b"\xff") + part("file", b"x", "a.wav") + b"--b--\r\n",
        part("file", b"x", "a.wav") + part("second", b"y", "b.wav") + b"--b--\r\n",
    ],
)
@pytest.mark.parametrize("chunk", [1, 7, 1000])
def test_a_form_that_cannot_be_read_is_invalid_however_it_is_cut(body: bytes, chunk: int) -> None:
    with pytest.raises(Invalid):
        form(body, chunk)


def test_fields_have_a_limit() -> None:
    with pytest.raises(TooLarge):
        form(part("a", b"x" * (forms.MOST_FIELD_BYTES + 1)), 1000)
