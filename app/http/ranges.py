"""
Which bytes a request wants, and whether it wants any (RFC 9110 sections 13 and 14).

A single byte range is honoured. A header that does not parse, names another unit or asks
for several ranges is as if it were absent, which the standard allows and which keeps a
thousand overlapping ranges from being a thousand reads.
"""

import re
from dataclasses import dataclass

from app.core.digest import Digest

_RANGE = re.compile(r"bytes=\s*(?:(\d{1,19})-(\d{0,19})|-(\d{1,19}))\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to, not including, `end`; `partial` unless it is everything."""

    start: int
    end: int
    partial: bool


class Unsatisfiable(ValueError):
    """No byte of the range exists."""


def wanted(header: str | None, *, size: int) -> Span:
    """The span a `Range` header asks for of `size` bytes; raises `Unsatisfiable`."""
    found = _RANGE.match(header.strip()) if header else None
    if found is None:
        return Span(0, size, partial=False)
    first, last, suffix = found.groups()
    if suffix is not None:
        start, end = max(0, size - int(suffix)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return Span(0, size, partial=False)  # not a range at all, says the grammar
    if start >= size or start >= end:
        raise Unsatisfiable
    return Span(start, end, partial=True)


def entity_tag(digest: Digest) -> str:
    """The strong tag of bytes: their own digest."""
    return f'"sha256-{digest.hex}"'


def unchanged(if_none_match: str | None, tag: str) -> bool:
    """Whether the client holds these bytes already (weak comparison, as `If-None-Match` asks)."""
    if if_none_match is None:
        return False
    held = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return "*" in held or tag in held


def range_applies(if_range: str | None, tag: str) -> bool:
    """Whether a range is still meant: no `If-Range`, or exactly this strong tag; dates never."""
    return if_range is None or if_range.strip() == tag
