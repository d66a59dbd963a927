"""
A span of an Ogg Opus stream as a stream of its own, without decoding it (RFC 3533, RFC 7845).

What is cut is a listening copy that this house made (`transcription.audio.playback`), so that
somebody can be given a span and nothing around it. Whole pages are taken, which hold a
second of sound or so: the cut begins and ends up to a page outside the span that was asked for,
and says where. Packets are copied as they are; times count from the cut's own beginning.

Opus needs some 80 ms after any start to sound as it did in the whole, so ask for a span that
begins earlier than what matters.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from transcription.errors import Undecodable
from transcription.span import Span

RATE_HZ = 48_000
"""Opus counts in 48,000ths of a second, whatever it codes."""
Read = Callable[[int, int], bytes]
"""Gives the bytes from one offset to another, fewer at the end."""

_HEADER = struct.Struct("<4sBBqIIIB")
_CONTINUED, _LAST = 0x01, 0x04
_UNFINISHED = -1  # the granule of a page on which no packet ends
_MOST_PAGE = _HEADER.size + 255 + 255 * 255
_AHEAD = 1 << 16
_POLYNOMIAL = 0x04C11DB7


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its flags, the sample at which its last packet ends, and what it carries."""

    flags: int
    granule: int
    serial: int
    number: int
    lacing: bytes
    content: bytes

    def spell(self) -> bytes:
        """The page as bytes, with the check sum that belongs to them."""
        header = _HEADER.pack(
            b"OggS", 0, self.flags, self.granule, self.serial, self.number, 0, len(self.lacing)
        )
        whole = header + self.lacing + self.content
        return whole[:22] + struct.pack("<I", _checksum(whole)) + whole[26:]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stream with what was cut out, and which span of the whole it holds."""

    content: bytes
    span: Span


def cut(read: Read, size: int, span: Span) -> Cut:
    """
    The pages that hold `span` of a stream of `size` bytes, as a stream of their own.

    Raises `Undecodable` for what is no Ogg Opus, and for a span that begins after the end.
    """
    found = pages(read, size)
    head = next(found, None)
    if head is None or head.content[:8] != b"OpusHead" or len(head.content) < 12:  # noqa: PLR2004
        raise Undecodable("not Opus in Ogg")
    (skipped,) = struct.unpack_from("<H", head.content, 10)
    opening, sound, base = [head], list[Page](), 0
    for page in _forwards(found):
        if page.granule == 0 and not sound:
            opening.append(page)  # the comments, which may fill several pages
            continue
        if page.granule != _UNFINISHED and _ms(page.granule) <= span.start_ms:
            # Whatever continues a packet that began before the cut stays outside with it.
            base, sound = page.granule, []
            continue
        sound.append(page)
        if page.granule != _UNFINISHED and _ms(page.granule - skipped) >= span.end_ms:
            break
    while sound and sound[0].flags & _CONTINUED:
        base = max(base, sound.pop(0).granule)
    if not sound:
        raise Undecodable("the span begins after the end of the sound")
    end = max(page.granule for page in sound)
    if end - skipped <= base:
        raise Undecodable("the span holds no sound")
    content = b"".join(_spelled(opening, sound, base))
    return Cut(content, Span(_ms(base), _ms(end - skipped)))


def pages(read: Read, size: int) -> Iterator[Page]:
    """Every page of a stream in order; `Undecodable` where something else stands."""
    at, held, begins = 0, b"", 0
    while at < size:
        if at + _MOST_PAGE > begins + len(held) and begins + len(held) < size:
            held, begins = read(at, min(size, at + max(_AHEAD, _MOST_PAGE))), at
        page, length = _page(held, at - begins)
        yield page
        at += length


def _forwards(found: Iterator[Page]) -> Iterator[Page]:
    latest = 0
    for page in found:
        if page.granule != _UNFINISHED and page.granule < latest:
            raise Undecodable("the Ogg stream runs backwards")
        latest = max(latest, page.granule)
        yield page


def _page(held: bytes, at: int) -> tuple[Page, int]:
    if len(held) - at < _HEADER.size or held[at : at + 4] != b"OggS":
        raise Undecodable("a page of the Ogg stream is broken")
    _, _, flags, granule, serial, number, _, segments = _HEADER.unpack_from(held, at)
    lacing = held[at + _HEADER.size : at + _HEADER.size + segments]
    begins = at + _HEADER.size + segments
    content = held[begins : begins + sum(lacing)]
    if len(lacing) < segments or len(content) < sum(lacing):
        raise Undecodable("the Ogg stream ends within a page")
    return Page(flags, granule, serial, number, lacing, content), begins - at + len(content)


def _spelled(opening: list[Page], sound: list[Page], base: int) -> Iterator[bytes]:
    last = len(opening) + len(sound) - 1
    for number, page in enumerate([*opening, *sound]):
        moved = (
            page.granule
            if number < len(opening) or page.granule == _UNFINISHED
            else (page.granule - base)
        )
        flags = page.flags | _LAST if number == last else page.flags & ~_LAST
        yield replace(page, flags=flags, granule=moved, number=number).spell()


def _ms(samples: int) -> int:
    return max(0, samples) * 1000 // RATE_HZ


def _table() -> tuple[int, ...]:
    made = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (_POLYNOMIAL if value & 0x80000000 else 0)
        made.append(value & 0xFFFFFFFF)
    return tuple(made)


_TABLE = _table()


def _checksum(content: bytes) -> int:
    """RFC 3533's CRC-32: no reflection, begun with zero, nothing inverted at the end."""
    value = 0
    for byte in content:
        value = ((value << 8) & 0xFFFFFFFF) ^ _TABLE[(value >> 24) ^ byte]
    return value
