"""
What a person who brought bytes takes home: proof of what was received, and where it is logged.

The root is that of the tree in which the acquisition is the last leaf, so a receipt can be
made again at any time and comes out the same, and any later checkpoint must be consistent
with it (RFC 6962).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.core.errors import IntegrityFailure
from app.custody import tiles
from app.custody.models import Leaf, LogEntry, Tile
from app.recordings.models import MediaInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An acquisition and its place in the custody log; digests spelled `sha256:…`."""

    instance_id: str
    sha256: str
    size: int
    log_index: int
    leaf_hash: str
    tree_size: int
    root: str
    recorded_at: datetime


def receipt_of(session: Session, instance: MediaInstance) -> Receipt:
    """The receipt of an instance; the same at every asking."""
    leaf = session.get(Leaf, instance.log_index)
    entry = session.get(LogEntry, instance.log_index)
    if leaf is None or entry is None:
        raise IntegrityFailure(
            "the custody log lacks the entry of this acquisition", log_index=instance.log_index
        )

    def read(level: int, index: int) -> bytes:
        tile = session.get(Tile, (level, index))
        return tile.data if tile else b""

    size = instance.log_index + 1
    return Receipt(
        instance_id=instance.id,
        sha256=instance.sha256,
        size=instance.size,
        log_index=instance.log_index,
        leaf_hash=f"sha256:{tiles.leaf_hash(leaf.commitment).hex()}",
        tree_size=size,
        root=f"sha256:{tiles.root(read, size).hex()}",
        recorded_at=entry.recorded_at,
    )
