"""
Checking proofs against tree heads, as RFC 9162 spells it (2.1.3.2 and 2.1.4.2).

Pure, and apart from `tiles`, which makes proofs: whoever verifies needs these lines and
nothing of ours besides. A check returns nothing, or raises `ProofFailed` with the root
that was expected and the root that the proof leads to. An empty tree proves nothing, so
evidence of size 0 is refused, though the arithmetic would accept it.
"""

from collections.abc import Sequence

from app.core.errors import IntegrityFailure
from app.custody.tiles import HASH_SIZE, node_hash


class ProofFailed(IntegrityFailure):
    """A proof does not lead to the root it should; `expected` and `found` are roots in hex."""

    slug = "proof-failed"

    def __init__(
        self, message: str, *, expected: bytes | None = None, found: bytes | None = None
    ) -> None:
        super().__init__(
            message,
            expected=expected.hex() if expected is not None else None,
            found=found.hex() if found is not None else None,
        )


def verify_inclusion(
    *, index: int, size: int, leaf_hash: bytes, path: Sequence[bytes], root: bytes
) -> None:
    """Check that `leaf_hash` is leaf `index` of the tree of `size` leaves under `root`."""
    if not 0 <= index < size:
        raise ProofFailed(f"leaf {index} cannot be in a tree of {size}")
    _refuse_odd_hashes([leaf_hash, root, *path])
    found = leaf_hash
    node, last = index, size - 1
    for sibling in path:
        if last == 0:
            raise ProofFailed("the inclusion proof is too long", expected=root)
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            node, last = _skip_lone(node, last)
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofFailed("the inclusion proof is too short", expected=root)
    if found != root:
        raise ProofFailed(
            f"leaf {index} is not in the tree of {size} under this root",
            expected=root,
            found=found,
        )


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Check that the tree of `new` leaves begins with the tree of `old` leaves."""
    if not 0 < old <= new:
        raise ProofFailed(f"sizes {old} and {new} can prove nothing")
    _refuse_odd_hashes([old_root, new_root, *path])
    if old == new:
        if path:
            raise ProofFailed("trees of one size need no proof, and one was given")
        if old_root != new_root:
            raise ProofFailed("two roots for one size", expected=old_root, found=new_root)
        return
    if not path:
        raise ProofFailed("the consistency proof is empty", expected=new_root)
    old_found, new_found = _climb(old, new, old_root, new_root, path)
    if old_found != old_root:
        raise ProofFailed(
            f"the tree of {new} did not grow from this tree of {old}",
            expected=old_root,
            found=old_found,
        )
    if new_found != new_root:
        raise ProofFailed(
            f"the proof does not lead to this tree of {new}", expected=new_root, found=new_found
        )


def _climb(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Both roots, as the proof builds them up (RFC 9162 2.1.4.2, steps 4 to 6)."""
    first, *rest = [old_root, *path] if old & (old - 1) == 0 else path
    old_found = new_found = first
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    for sibling in rest:
        if last == 0:
            raise ProofFailed("the consistency proof is too long", expected=new_root)
        if node & 1 or node == last:
            old_found = node_hash(sibling, old_found)
            new_found = node_hash(sibling, new_found)
            node, last = _skip_lone(node, last)
        else:
            new_found = node_hash(new_found, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofFailed("the consistency proof is too short", expected=new_root)
    return old_found, new_found


def _skip_lone(node: int, last: int) -> tuple[int, int]:
    """Climb past levels at which the right edge has no sibling."""
    if not node & 1:
        while node and not node & 1:
            node, last = node >> 1, last >> 1
    return node, last


def _refuse_odd_hashes(hashes: Sequence[bytes]) -> None:
    for position, value in enumerate(hashes):
        if len(value) != HASH_SIZE:
            raise ProofFailed(f"hash {position} has {len(value)} bytes, not {HASH_SIZE}")
