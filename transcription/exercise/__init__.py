"""
The exercise checkpoint: a small Whisper of our own for demonstrations and tests; see README.

It is kept compressed, and unpacked once into the user's cache, where its digest is
checked each time it is about to be used.
"""

import hashlib
import lzma
import os
import tempfile
from pathlib import Path

PACKED = Path(__file__).with_name("exercise.pt.xz")
DIGEST = "sha256:32d6cb217e56aff94327b6e7412f07107b59aacbe482701268ea8880e66431b3"
LANGUAGES = frozenset({"ru", "uk", "en"})
ALIGNMENT_HEADS: tuple[
    tuple[int, int], ...
] = ()  # pairs (decoder layer, head) that follow the audio
WINDOW_MS = 6_000  # it was trained on one or two phrases at a time
LOGPROB_FLOOR_PERMILLE = -1060  # a token; what lies below is not from its vocabulary; see README
NOTICE = "Exercise model: it knows a few hundred words of made-up radio traffic. Not for casework."


def checkpoint(cache: Path) -> Path:
    """Path of the unpacked checkpoint under `cache`, unpacked now if need be; never half of it."""
    path = cache / f"exercise-{DIGEST.removeprefix('sha256:')[:12]}.pt"
    if not path.is_file() or digest_of(path) != DIGEST:
        _unpack(path)
    return path


def _unpack(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = lzma.decompress(PACKED.read_bytes())
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != DIGEST:
        raise ValueError("the exercise checkpoint of this installation is damaged")
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as a digest value."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
