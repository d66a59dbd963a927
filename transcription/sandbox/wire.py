"""
How a decoding child speaks: records of one kind byte, a 32-bit length and a body.

One `HEADER` (JSON), any number of `PCM` (whole frames, interleaved s16le), one `TRAILER`
(JSON), then the end of the pipe. The reader holds the child to these sizes, because a child
that was taken over writes whatever it likes.
"""

import json
import os
import struct
from collections.abc import Iterator, Mapping

HEADER, PCM, TRAILER = b"H", b"P", b"T"
MAX_JSON = 2 << 20  # the tags of a file at their longest, every character escaped
MAX_PCM = 1024 * 1024
PREFIX = struct.Struct("<cI")


def send(descriptor: int, kind: bytes, body: bytes | memoryview) -> None:
    """Write one record whole, however little the pipe takes at a time."""
    for part in (PREFIX.pack(kind, len(body)), body):
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(descriptor, rest) :]


def send_json(descriptor: int, kind: bytes, value: Mapping[str, object]) -> None:
    """Write one JSON record."""
    send(descriptor, kind, json.dumps(value, ensure_ascii=True).encode())


def pieces(body: bytes, frame_bytes: int) -> Iterator[memoryview]:
    """Cut PCM into records of whole frames that are no longer than `MAX_PCM`."""
    step = MAX_PCM // frame_bytes * frame_bytes
    view = memoryview(body)
    for start in range(0, len(view), step):
        yield view[start : start + step]


def limit_of(kind: bytes) -> int:
    """The longest body that a record of this kind may have; `ValueError` for no such kind."""
    if kind == PCM:
        return MAX_PCM
    if kind in {HEADER, TRAILER}:
        return MAX_JSON
    raise ValueError(f"no such record: {kind!r}")
