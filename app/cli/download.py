"""
One file from one address, whole and with the digest that was asked for, or not at all.

What arrives is written beside the target under `.part`; a download that broke off goes on where it
stopped. Only a file whose SHA-256 is right takes its name, after it is on the disk.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import httpx

_PIECE = 1 << 20
_TIMEOUT_S = 30


class NotFetched(Exception):
    """Why there is no file; what had arrived, if anything, waits under `.part`."""


def fetch(
    address: str, target: Path, *, digest: str, progress: Callable[[int, int | None], None]
) -> None:
    """
    Fetch `address` to `target`, of which nothing is seen before it is complete and right.

    `digest` is `sha256:<hex>`; `progress` is called with bytes here and bytes in all, if that is known.
    Raises `NotFetched`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        _receive(address, part, progress)
    except httpx.HTTPError as error:
        held = part.stat().st_size if part.exists() else 0
        if not held:
            part.unlink(missing_ok=True)
        kept = f" {held} bytes are kept in {part.name} to go on from." if held else ""
        raise NotFetched(f"{address}: {str(error) or type(error).__name__}.{kept}") from error
    with part.open("rb") as file:
        found = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        os.fsync(file.fileno())
    if found != digest:
        part.unlink()
        raise NotFetched(
            f"{address}: what arrived has {found} instead of {digest}; it was removed."
        )
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _receive(address: str, part: Path, progress: Callable[[int, int | None], None]) -> None:
    held = part.stat().st_size if part.exists() else 0
    asked = {"Range": f"bytes={held}-"} if held else {}
    with httpx.stream(
        "GET", address, headers=asked, timeout=_TIMEOUT_S, follow_redirects=True
    ) as answer:
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and held:
            return  # there is no more: the digest tells whether this is all of it
        answer.raise_for_status()
        if answer.status_code != httpx.codes.PARTIAL_CONTENT:
            held = 0
        length = answer.headers.get("Content-Length")
        whole = held + int(length) if length else None
        with part.open("ab" if held else "wb") as file:
            for piece in answer.iter_bytes(_PIECE):
                file.write(piece)
                held += len(piece)
                progress(held, whole)
