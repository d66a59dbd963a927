"""
The tree rebuilt from leaves, compared tile by tile with the stored one.

It shares nothing with the stored tree but the arithmetic. Only the rightmost tile of each
level is in memory, so a log of any length is rebuilt in a few kilobytes.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.custody import tiles
from app.custody.findings import Findings
from app.custody.models import Tile


class RebuiltTree:
    """A tree of the leaves that are pushed; faults of stored tiles go to `findings`."""

    def __init__(self, session: Session, findings: Findings) -> None:
        self.size = 0
        self._session, self._findings = session, findings
        self._frontier: dict[int, tuple[int, bytes]] = {}
        self._pending: list[bytes] = []

    def push(self, leaf_hash: bytes) -> None:
        """Take in the next leaf."""
        self._pending.append(leaf_hash)
        if (self.size + len(self._pending)) % tiles.WIDTH == 0:
            self._settle()

    @property
    def reached(self) -> int:
        """How many leaves were taken in."""
        return self.size + len(self._pending)

    def root(self) -> bytes:
        """The root of everything taken in."""
        self._settle()
        return tiles.root(self._read, self.size)

    def finish(self) -> int:
        """Compare the tiles that are not full, and look for tiles too many; count all."""
        self._settle()
        for level, (index, data) in self._frontier.items():
            self._compare(level, index, data)
        expected = self._widths()
        stored = self._session.execute(
            select(Tile.level, Tile.tile_index).execution_options(yield_per=1000)
        )
        for level, index in stored:
            if not 0 <= index < expected.get(level, 0):
                self._findings.fault(f"tile {level}/{index}", "belongs to no such tree")
        return sum(expected.values())

    def _widths(self) -> dict[int, int]:
        widths: dict[int, int] = {}
        hashes, level = self.size, 0
        while hashes:
            widths[level] = -(-hashes // tiles.WIDTH)
            hashes, level = hashes // tiles.WIDTH, level + 1
        return widths

    def _settle(self) -> None:
        changed = list(tiles.append(self._read, self.size, self._pending))
        self.size, self._pending = self.reached, []
        for level, index, data in changed:
            if len(data) == tiles.WIDTH * tiles.HASH_SIZE:
                self._frontier.pop(level, None)
                self._compare(level, index, data)
            else:
                self._frontier[level] = (index, data)

    def _read(self, level: int, index: int) -> bytes:
        at, data = self._frontier.get(level, (index, b""))
        return data if at == index else b""

    def _compare(self, level: int, index: int, data: bytes) -> None:
        stored = self._session.scalar(
            select(Tile.data).where(Tile.level == level, Tile.tile_index == index)
        )
        if stored == data:
            return
        place = f"tile {level}/{index}"
        if stored is None:
            self._findings.fault(place, "missing")
            return
        differing = [
            offset
            for offset in range(max(len(data), len(stored)) // tiles.HASH_SIZE)
            if _hash(stored, offset) != _hash(data, offset)
        ]
        first = differing[0] if differing else len(data) // tiles.HASH_SIZE
        self._findings.fault(place, f"differs from hash {first} on")


def _hash(data: bytes, offset: int) -> bytes:
    return data[offset * tiles.HASH_SIZE : (offset + 1) * tiles.HASH_SIZE]
