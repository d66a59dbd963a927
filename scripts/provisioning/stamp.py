"""
Remembers what was done, so that a second run has nothing to do.

A stamp is a file in .stamp that holds a digest of everything its step depends on. It is removed
before the step and written after it, so a step that was cut short is done again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """
    Return one digest over the names and contents of `paths`, and over `words`.

    Every part is preceded by its length, so that no two different inputs run together.
    """
    total = hashlib.sha256()
    for path in paths:
        for part in (str(path).encode(), path.read_bytes() if path.exists() else b"(absent)"):
            total.update(f"{len(part)}:".encode() + part)
    for word in words:
        total.update(f"{len(word)}:{word}".encode())
    return total.hexdigest()


class Stamp:
    """The record of one step in the folder `place`."""

    def __init__(self, place: Path, name: str) -> None:
        self._file = place / name

    def holds(self, value: str) -> bool:
        """Say whether the step was done, whole, for exactly this digest."""
        try:
            return self._file.read_text(encoding="ascii") == value
        except OSError:
            return False

    def lift(self) -> None:
        """Forget the step, before it is done again."""
        self._file.unlink(missing_ok=True)

    def set(self, value: str) -> None:
        """Record that the step is done for `value`."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(value, encoding="ascii")
