"""
Evidence bytes on their way out, checked against their record as they go.

Small objects are read and hashed whole before their first byte leaves. Larger ones are
hashed while they are sent whole: the last piece is held back until the digest held, and
otherwise the connection breaks, so that nobody ends up with a complete file that is not
the one on record. A range of a larger object is sent as the store gives it; fixity checks
are what covers it.
"""

from collections.abc import Iterator

from app.core.digest import Digest, Hasher
from app.core.errors import FixityMismatch
from app.core.storage import Area, ObjectStore
from app.http.ranges import Span

CHECKED_FIRST = 64 << 20


def require_intact(storage: ObjectStore, digest: Digest, *, area: Area, size: int) -> None:
    """Raise `FixityMismatch` when what is stored is not what is on record, as far as is cheap."""
    if storage.size(digest, area=area) != size:
        raise FixityMismatch(expected=str(digest), found="another size")
    if size <= CHECKED_FIRST:
        found = Digest.of_chunks(storage.read(digest, area=area, start=0, end=size))
        if found != digest:
            raise FixityMismatch(expected=str(digest), found=str(found))


def pieces(
    storage: ObjectStore, digest: Digest, *, area: Area, size: int, span: Span
) -> Iterator[bytes]:
    """The bytes of a span; a whole large object is checked before its last piece."""
    given = storage.read(digest, area=area, start=span.start, end=span.end)
    if size <= CHECKED_FIRST or span.end - span.start < size:
        return given
    return _checked(given, digest)


def _checked(given: Iterator[bytes], digest: Digest) -> Iterator[bytes]:
    hasher = Hasher()
    held_back = b""
    for piece in given:
        if held_back:
            yield held_back
        hasher.update(piece)
        held_back = piece
    if hasher.digest() != digest:
        raise FixityMismatch(expected=str(digest), found=str(hasher.digest()))
    yield held_back
