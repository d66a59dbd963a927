"""
Uploading a file with tus 1.0: in pieces, resumed from where the server says it is.

A piece is what one request carries. It leaves a mebibyte at a time, so its size costs no
memory; the server keeps what has arrived of one that breaks off.
"""

import base64
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx

from app.client.http import Client, Refused, answer

PIECE_BYTES = 64 << 20
CHUNK_BYTES = 1 << 20
VERSION = {"Tus-Resumable": "1.0.0"}
PATIENCE_S = (0.5, 1, 2, 4, 8)

Progress = Callable[[int, int], None]


def upload(
    client: Client, file: Path, *, metadata: dict[str, str], progress: Progress | None = None
) -> dict[str, Any]:
    """
    Send `file` and return the server's receipt.

    `metadata` needs `recording_id`; `filename`, `declared_digest` and `generation` are
    taken when given. `progress` is told how much has left here, and the size; after a fault
    the server is asked how far it got, which may be less. Raises `Refused` with the server's
    problem, for example when the declared digest is not ours.
    """
    size = file.stat().st_size
    created = client.http.post(
        "/api/v1/uploads",
        headers={**VERSION, "Upload-Length": str(size), "Upload-Metadata": _spell(metadata)},
    )
    answer(created)
    place = created.headers["Location"]
    with file.open("rb") as source:
        _send(client, place, source, size, progress)
    receipt: dict[str, Any] = client.get(place)
    return receipt


def _send(
    client: Client, place: str, source: BinaryIO, size: int, progress: Progress | None
) -> None:
    offset, attempt = 0, 0
    while offset < size:
        length = min(PIECE_BYTES, size - offset)
        try:
            response = client.http.patch(
                place,
                content=_chunks(source, offset, length, size, progress),
                headers={
                    **VERSION,
                    "Upload-Offset": str(offset),
                    "Content-Length": str(length),
                    "Content-Type": "application/offset+octet-stream",
                },
            )
            answer(response)
            offset, attempt = int(response.headers["Upload-Offset"]), 0
        except httpx.TransportError:
            if attempt == len(PATIENCE_S):
                raise
            time.sleep(PATIENCE_S[attempt])
            attempt += 1
            offset = _ask(client, place, otherwise=offset)


def _chunks(
    source: BinaryIO, start: int, length: int, size: int, progress: Progress | None
) -> Iterator[bytes]:
    """`length` bytes of the file from `start`, each told once the next is asked for."""
    source.seek(start)
    left = length
    while left:
        chunk = source.read(min(CHUNK_BYTES, left))
        if not chunk:
            raise ValueError("the file became shorter while it was being sent")
        yield chunk
        left -= len(chunk)
        if progress:
            progress(start + length - left, size)


def _ask(client: Client, place: str, *, otherwise: int) -> int:
    try:
        head = client.http.head(place, headers=VERSION)
    except httpx.TransportError:
        return otherwise
    if not head.is_success:
        raise Refused(head.status_code, {"title": "the upload is gone"})
    return int(head.headers["Upload-Offset"])


def _spell(metadata: dict[str, str]) -> str:
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}"
        for key, value in metadata.items()
        if value
    )
