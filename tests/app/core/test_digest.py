"""A digest is one value however the bytes come and however it is written."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.digest import Digest, Hasher


@given(st.lists(st.binary()))
def test_it_does_not_matter_in_which_pieces_bytes_come(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    hasher = Hasher()
    for chunk in chunks:
        hasher.update(chunk)

    digests = {
        Digest.of_bytes(whole),
        Digest.of_chunks(chunks),
        Digest.of_stream(io.BytesIO(whole)),
        hasher.digest(),
        Digest(hashlib.sha256(whole).hexdigest()),
    }
    assert len(digests) == 1
    assert hasher.size == len(whole)


@given(
    st.binary(min_size=32, max_size=32), st.sampled_from(["", "sha256:", "sha-256=", "sha256="])
)
def test_every_usual_spelling_is_read_and_ours_is_written(raw: bytes, prefix: str) -> None:
    for spelled in (raw.hex(), raw.hex().upper()):
        digest = Digest.parse(f" {prefix}{spelled}\n")
        assert str(digest) == f"sha256:{raw.hex()}"
        assert digest.raw == raw


@pytest.mark.parametrize(
    "text", ["", "sha256:", "0" * 63, "0" * 65, "g" * 64, "md5:" + "0" * 64, "0" * 64 + "\n0"]
)
def test_what_is_no_sha_256_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Digest.parse(text)


def test_a_digest_cannot_be_made_of_anything_else() -> None:
    with pytest.raises(ValueError, match="64 lower-case"):
        Digest("A" * 64)
