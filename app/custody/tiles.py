"""
The Merkle tree of RFC 6962, kept as tiles 256 hashes wide (C2SP tlog-tiles).

Pure: a tree is a size and a function that reads tile `(level, index)`. Level 0 holds leaf
hashes; a full tile's root is one hash of the level above. Appending touches the rightmost
tile of each level it reaches; any root or proof reads O(log n) tiles.
"""

import hashlib
from collections.abc import Callable, Iterator

WIDTH = 256
HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

ReadTile = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 section 2.1: the hash of a leaf, with prefix 0x00."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 section 2.1: the hash of an inner node, with prefix 0x01."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(read: ReadTile, size: int, hashes: list[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """
    Yield `(level, index, data)` for every tile that changes when `hashes` are appended.

    `size` is the number of leaves before. A tile's data only ever grows at its end.
    """
    level, position = 0, size
    while hashes:
        index, offset = divmod(position, WIDTH)
        data = read(level, index)[: offset * HASH_SIZE] if offset else b""
        full: list[bytes] = []
        first_full = index
        for value in hashes:
            data += value
            if len(data) == WIDTH * HASH_SIZE:
                yield level, index, data
                full.append(_fold(_split(data)))
                index, data = index + 1, b""
        if data:
            yield level, index, data
        level, position, hashes = level + 1, first_full, full


def root(read: ReadTile, size: int) -> bytes:
    """The tree head of the first `size` leaves; of none, SHA-256 of nothing."""
    return _range(read, 0, size)


def inclusion_proof(read: ReadTile, index: int, size: int) -> list[bytes]:
    """RFC 6962 2.1.1: the path from leaf `index` to the root of `size`. 0 <= index < size."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    siblings: list[tuple[int, int]] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split_point(high - low)
        if index < middle:
            siblings.append((middle, high))
            high = middle
        else:
            siblings.append((low, middle))
            low = middle
    return [_range(read, *pair) for pair in reversed(siblings)]


def consistency_proof(read: ReadTile, old: int, new: int) -> list[bytes]:
    """RFC 6962 2.1.2: that the tree of `new` only grew from the tree of `old`. 0 < old <= new."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")

    def descend(old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high - low:
            return [] if whole else [_range(read, low, high)]
        split = _split_point(high - low)
        if old <= split:
            path = descend(old, low, low + split, whole=whole)
            return [*path, _range(read, low + split, high)]
        path = descend(old - split, low + split, high, whole=False)
        return [*path, _range(read, low, low + split)]

    return descend(old, 0, new, whole=True)


def _range(read: ReadTile, low: int, high: int) -> bytes:
    size = high - low
    if size == 0:
        return EMPTY_ROOT
    if size & (size - 1) == 0:
        return _complete(read, low, size)
    split = _split_point(size)
    return node_hash(_range(read, low, low + split), _range(read, low + split, high))


def _complete(read: ReadTile, low: int, size: int) -> bytes:
    """The hash of a complete, aligned subtree: its hashes lie together in one tile."""
    level = 0
    while size >= WIDTH:
        level, low, size = level + 1, low // WIDTH, size // WIDTH
    index, offset = divmod(low, WIDTH)
    data = read(level, index)[offset * HASH_SIZE : (offset + size) * HASH_SIZE]
    if len(data) != size * HASH_SIZE:
        raise ValueError(f"tile {level}/{index} is shorter than its tree needs")
    return _fold(_split(data))


def _split_point(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _split(data: bytes) -> list[bytes]:
    return [data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)]


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]
