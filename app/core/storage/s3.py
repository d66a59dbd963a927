"""
Objects in an S3 bucket, for a fleet.

Writing once rests on three things, because servers differ. Keys are digests, so two writers of one
key write the same bytes. A small object is put with `If-None-Match: *`; where the server answers
that it does not know the condition, and for multipart uploads, which have none, we ask first
whether the key exists. And whatever lies under the key, put by us or found there, is read back and
hashed before the caller hears that it is held.

An upload that breaks off leaves parts in the bucket that no listing shows: give the bucket a
lifecycle rule that aborts incomplete multipart uploads.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import obstore
from obstore import exceptions as failures
from obstore.store import S3Store as Bucket

from app.core.digest import Digest, Hasher
from app.core.errors import FixityMismatch, IntegrityFailure, Unavailable

from . import durable
from .objectstore import CHUNK, Area, key

if TYPE_CHECKING:
    from obstore.store import S3Config  # exists for the type checker only

PART = 8 * 1024 * 1024
# S3 allows 10 000 parts; a larger file gets larger parts.
MOST_PARTS = 9_000
PARALLEL_PARTS = 3
PIECE = 1024 * 1024


class S3Store:
    """The store in one bucket; `scratch` is a local folder for what readers need as a file."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str | None,
        region: str,
        access_key: str | None,
        secret_key: str | None,
        scratch: Path,
        min_free_bytes: int,
    ) -> None:
        self._scratch = scratch.resolve()
        self._floor = min_free_bytes
        self._conditions_known = True
        durable.make_folder(self._scratch)
        named: S3Config = {}
        if endpoint:
            named["endpoint"] = endpoint
        if access_key and secret_key:
            named["access_key_id"] = access_key
            named["secret_access_key"] = secret_key
        self._bucket = Bucket(
            bucket,
            config=named,
            region=region,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(minutes=10),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=30)},
        )

    def adopt(self, path: Path, *, area: Area, digest: Digest) -> None:
        """See ObjectStore.adopt."""
        name = key(digest, area)
        with path.open("rb") as staged:
            _require_same(Digest.of_stream(staged), digest)
            size = staged.tell()
            if not self.exists(digest, area=area):
                staged.seek(0)
                if size <= PART:
                    self._put_small(name, staged.read())
                else:
                    self._put_in_parts(name, staged, size)
        self._verify(name, digest)
        path.unlink()

    def put_bytes(self, content: bytes, *, area: Area) -> Digest:
        """See ObjectStore.put_bytes."""
        digest = Digest.of_bytes(content)
        name = key(digest, area)
        if not self.exists(digest, area=area):
            self._put_small(name, content)
        self._verify(name, digest)
        return digest

    def open(self, digest: Digest, *, area: Area) -> BinaryIO:
        """See ObjectStore.open; the file has no name and vanishes when it is closed."""
        wanted = self.size(digest, area=area)
        durable.require_room(self._scratch, wanted=wanted, floor=self._floor)
        local: BinaryIO = tempfile.TemporaryFile(dir=self._scratch)  # noqa: SIM115 - handed on
        try:
            hasher = Hasher()
            for chunk in self._pieces(key(digest, area)):
                hasher.update(chunk)
                with durable.room():
                    local.write(chunk)
            _require_same(hasher.digest(), digest)
            local.seek(0)
        except BaseException:
            local.close()
            raise
        return local

    def read(self, digest: Digest, *, area: Area, start: int, end: int) -> Iterator[bytes]:
        """See ObjectStore.read."""
        self.size(digest, area=area)
        return self._range(digest, area, start=start, end=end)

    def size(self, digest: Digest, *, area: Area) -> int:
        """See ObjectStore.size."""
        with _explained(digest):
            return int(obstore.head(self._bucket, key(digest, area))["size"])

    def exists(self, digest: Digest, *, area: Area) -> bool:
        """See ObjectStore.exists."""
        try:
            self.size(digest, area=area)
        except FixityMismatch:
            return False
        return True

    def digests(self, area: Area) -> Iterator[Digest]:
        """See ObjectStore.digests; S3 lists keys in ascending order."""
        with _explained():
            for page in obstore.list(self._bucket, prefix=f"{area}/sha256/"):
                for held in page:
                    yield Digest(held["path"].rsplit("/", 1)[1])

    def check(self) -> None:
        """See ObjectStore.check: the bucket answers a listing, and scratch space is left."""
        with _explained():
            next(iter(obstore.list(self._bucket, prefix="health/", chunk_size=1)), None)
        durable.require_room(self._scratch, wanted=0, floor=self._floor)

    def _put_small(self, name: str, content: bytes) -> None:
        """Put one object in one request, refusing to replace where the server knows how to."""
        with _explained():
            if self._conditions_known:
                try:
                    obstore.put(self._bucket, name, content, mode="create", use_multipart=False)
                except failures.AlreadyExistsError:
                    return
                except failures.BaseError as failure:
                    if not _says_not_implemented(failure):
                        raise
                    self._conditions_known = False
                else:
                    return
            obstore.put(self._bucket, name, content, use_multipart=False)

    def _put_in_parts(self, name: str, staged: BinaryIO, size: int) -> None:
        """Stream a large file; at most a few parts are in memory at once."""
        part = max(PART, -(-size // MOST_PARTS))
        pieces = iter(lambda: staged.read(PIECE), b"")
        with _explained():
            obstore.put(
                self._bucket, name, pieces, chunk_size=part, max_concurrency=PARALLEL_PARTS
            )

    def _verify(self, name: str, digest: Digest) -> None:
        """Read an object back and hash it; what does not match is never acknowledged."""
        hasher = Hasher()
        for chunk in self._pieces(name):
            hasher.update(chunk)
        _require_same(hasher.digest(), digest)

    def _pieces(self, name: str) -> Iterator[bytes]:
        with _explained():
            for chunk in obstore.get(self._bucket, name).stream(min_chunk_size=PIECE):
                yield bytes(chunk)

    def _range(self, digest: Digest, area: Area, *, start: int, end: int) -> Iterator[bytes]:
        left = end - start
        if left <= 0:
            return
        with _explained(digest):
            wanted = obstore.get(self._bucket, key(digest, area), options={"range": (start, end)})
            for piece in wanted.stream(min_chunk_size=CHUNK):
                view = memoryview(bytes(piece))
                left -= len(view)
                for begin in range(0, len(view), CHUNK):
                    yield bytes(view[begin : begin + CHUNK])
        if left:
            raise IntegrityFailure(
                "the stored bytes are shorter than their record", digest=str(digest)
            )


def _require_same(found: Digest, expected: Digest) -> None:
    if found != expected:
        raise FixityMismatch(expected=str(expected), found=str(found))


def _says_not_implemented(failure: failures.BaseError) -> bool:
    """Tell HTTP 501 from other refusals; the client gives its status only in words."""
    words = str(failure)
    return isinstance(failure, failures.NotSupportedError) or "501" in words


@contextmanager
def _explained(digest: Digest | None = None) -> Iterator[None]:
    """
    Turn the client's errors into ours, without addresses or keys in the message.

    A missing object is a FixityMismatch when it is asked for by its digest.
    """
    try:
        yield
    except FileNotFoundError as error:
        if digest is None:
            raise Unavailable("the object store's bucket is not there") from error
        raise FixityMismatch(expected=str(digest), found=None) from error
    except (failures.BaseError, OSError) as error:
        raise Unavailable(
            f"the object store did not answer as expected ({type(error).__name__})"
        ) from error
