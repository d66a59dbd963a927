"""
The text of a published page, read from its bytes in the sandbox.

The caller's side: a descriptor goes in, a `Reading` comes out, or `Unreadable` with a reason from a
closed list. Whatever the child says is checked here again, for a child that was taken over says
what it likes: shapes, lengths, and that a text is text.
"""

import contextlib
import json
import os
import stat
from dataclasses import fields, replace
from typing import Any, BinaryIO

from transcription.errors import SandboxUnavailable, TranscriptionError
from transcription.extraction.value import (
    MOST_AUTHORS,
    MOST_CHARACTERS,
    VALUE_CHARACTERS,
    Kind,
    Proposal,
    Reading,
    Refusal,
    Remark,
    RemarkKind,
)
from transcription.sandbox import wire
from transcription.sandbox.limits import Limits
from transcription.sandbox.reply import BrokeProtocol, Crashed, Lost, OutOfTime, Reply
from transcription.sandbox.zygotes import Trade

LIMITS = Limits(memory_bytes=1 << 30, cpu_seconds=20, wall_seconds=120)
"""What reading one page may use; how much text may come out is `MOST_CHARACTERS`."""


def limits(*, unconfined: bool) -> Limits:
    """`LIMITS`, with the operator's waiver for a kernel that confines nothing, where there is one."""
    return replace(LIMITS, unconfined=unconfined)


_MOST_REMARKS, _WORDS = 50, 1_000
_MOST_BYTES = 4 * MOST_CHARACTERS
_PARTICULARS = ("title", "published", "published_raw", "publisher", "language", "url")


class Unreadable(TranscriptionError):
    """No text could be read from these bytes; `reason` says why and quotes none of them."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.explanation)
        self.reason = reason


def read(source: BinaryIO | int, limits: Limits = LIMITS) -> Reading:
    """
    Read the page in a regular file that is open for reading.

    Raises `Unreadable`, or `SandboxUnavailable` where the kernel cannot confine the child. A child
    that is lost for a reason outside the file is replaced once.
    """
    descriptor = source if isinstance(source, int) else source.fileno()
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("only a regular file can be read")
    if status.st_size == 0:
        raise Unreadable(Refusal.EMPTY)
    read_only = os.open(f"/dev/fd/{descriptor}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        for _ in range(2):
            with contextlib.suppress(Lost):
                return _read(read_only, limits)
    finally:
        os.close(read_only)
    raise SandboxUnavailable("the reader was killed twice while it worked")


def _read(descriptor: int, limits: Limits) -> Reading:
    reply = Reply(descriptor, limits, Trade.PAGES)
    try:
        return _taken(reply)
    except OutOfTime:
        raise Unreadable(Refusal.OUT_OF_TIME) from None
    except Crashed:
        raise Unreadable(Refusal.CRASHED) from None
    except (BrokeProtocol, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable(Refusal.BROKE_PROTOCOL) from None
    finally:
        reply.close()


def _taken(reply: Reply) -> Reading:
    kind, body = reply.record()
    if kind == wire.TRAILER:
        raise Unreadable(Refusal(json.loads(body)["reason"]))
    if kind != wire.HEADER:
        raise BrokeProtocol
    told = json.loads(body)
    text = bytearray()
    kind, body = reply.record()
    while kind == wire.PCM:
        text += body
        if len(text) > _MOST_BYTES:
            raise Unreadable(Refusal.TOO_MUCH_TEXT)
        kind, body = reply.record()
    if kind != wire.TRAILER or json.loads(body)["outcome"] != "read" or told["bytes"] != len(text):
        raise BrokeProtocol
    return _reading(told, text.decode())


def _reading(told: dict[str, Any], text: str) -> Reading:
    known = {field.name for field in fields(Reading)} - {"text"} | {"bytes"}
    if told.keys() != known or len(text) > MOST_CHARACTERS or "\0" in text:
        raise BrokeProtocol
    if len(told["authors"]) > MOST_AUTHORS or len(told["remarks"]) > _MOST_REMARKS:
        raise BrokeProtocol
    return Reading(
        kind=Kind(told["kind"]),
        text=text,
        tool=_line(told["tool"]),
        version=_line(told["version"]),
        parameters=_parameters(told["parameters"]),
        authors=tuple(_proposal(one) for one in told["authors"]),
        remarks=tuple(
            Remark(RemarkKind(one["kind"]), _count(one["count"]), _line(one["why"]))
            for one in told["remarks"]
        ),
        **{name: _proposal(told[name]) if told[name] else None for name in _PARTICULARS},
    )


def _proposal(told: dict[str, Any]) -> Proposal:
    value = _line(told["value"])
    if len(value) > VALUE_CHARACTERS:
        raise BrokeProtocol
    return Proposal(value, _line(told["origin"]))


def _parameters(told: dict[str, Any]) -> dict[str, str | int | bool]:
    for name, value in told.items():
        if not isinstance(value, str | int) or len(name) > _WORDS:
            raise BrokeProtocol
    return told


def _line(value: object) -> str:
    if not isinstance(value, str) or len(value) > _WORDS or "\0" in value:
        raise BrokeProtocol
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value < 1 << 53:
        raise BrokeProtocol
    return value
