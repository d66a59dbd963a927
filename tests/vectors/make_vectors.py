"""
Make the Merkle vectors beside this file: proofs that hold, and every way to bend them.

The trees are built here from the definition in RFC 6962 (2.1, 2.1.1, 2.1.2), word for
word and without the project's own code, so that a mistake there cannot hide here. Each
vector says what it claims and whether it is to be believed; each proof that holds is
followed by systematic mutations that must all be refused.

    python tests/vectors/make_vectors.py        writes merkle/inclusion.json, consistency.json
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SIZES = (1, 2, 3, 5, 8, 13, 257)
Vector = dict[str, Any]


def leaf(index: int) -> bytes:
    return hashlib.sha256(b"\x00" + f"entry {index}".encode()).digest()


def root(low: int, high: int) -> bytes:
    if high == low:
        return hashlib.sha256(b"").digest()
    if high - low == 1:
        return leaf(low)
    middle = low + split(high - low)
    return hashlib.sha256(b"\x01" + root(low, middle) + root(middle, high)).digest()


def split(size: int) -> int:
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def path(index: int, low: int, high: int) -> list[bytes]:
    if high - low == 1:
        return []
    middle = low + split(high - low)
    if index < middle:
        return [*path(index, low, middle), root(middle, high)]
    return [*path(index, middle, high), root(low, middle)]


def subproof(old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
    if old == high:
        return [] if whole else [root(low, high)]
    middle = low + split(high - low)
    if old <= middle:
        return [*subproof(old, low, middle, whole=whole), root(middle, high)]
    return [*subproof(old, middle, high, whole=False), root(low, middle)]


def inclusions() -> Iterator[Vector]:
    for size in SIZES:
        for index in sorted({0, 1, size // 2, size - 2, size - 1} & set(range(size))):
            good = {
                "index": index,
                "size": size,
                "leaf_hash": leaf(index).hex(),
                "path": [item.hex() for item in path(index, 0, size)],
                "root": root(0, size).hex(),
            }
            yield {"name": f"leaf {index} of {size}", "holds": True, **good}
            for name, bent in bend(good, numbers=("index", "size"), hashes=("leaf_hash", "root")):
                yield {"name": f"leaf {index} of {size}, {name}", "holds": False, **bent}


def consistencies() -> Iterator[Vector]:
    for new in SIZES:
        for old in sorted({1, 2, new // 2, new - 1, new} & set(range(1, new + 1))):
            good = {
                "old": old,
                "new": new,
                "old_root": root(0, old).hex(),
                "new_root": root(0, new).hex(),
                "path": [item.hex() for item in subproof(old, 0, new, whole=True)],
            }
            yield {"name": f"{old} to {new}", "holds": True, **good}
            for name, bent in bend(good, numbers=("old", "new"), hashes=("old_root", "new_root")):
                yield {"name": f"{old} to {new}, {name}", "holds": False, **bent}
    empty = hashlib.sha256(b"").hexdigest()
    nothing = {"old": 0, "new": 5, "old_root": empty, "new_root": root(0, 5).hex(), "path": []}
    yield {"name": "evidence of an empty tree", "holds": False, **nothing}


def bend(
    good: Vector, *, numbers: tuple[str, ...], hashes: tuple[str, ...]
) -> Iterator[tuple[str, Vector]]:
    for field in numbers:
        # A proof may hold for other numbers as well where the paths have the same shape
        # (the largest size is not bound by an inclusion path): only impossible ones here.
        yield f"negative {field}", {**good, field: -1}
    yield "sizes the wrong way round", {**good, numbers[0]: good[numbers[1]] + 1}
    for field in hashes:
        yield f"{field} with a bit flipped", {**good, field: flipped(good[field])}
        yield f"{field} cut short", {**good, field: good[field][:-2]}
    steps = good["path"]
    for position, step in enumerate(steps):
        rest = (steps[:position], steps[position + 1 :])
        yield f"step {position} flipped", {**good, "path": [*rest[0], flipped(step), *rest[1]]}
        yield f"step {position} left out", {**good, "path": [*rest[0], *rest[1]]}
        yield f"step {position} twice", {**good, "path": [*rest[0], step, step, *rest[1]]}
        yield f"step {position} cut short", {**good, "path": [*rest[0], step[:-2], *rest[1]]}
    if len(steps) > 1:
        yield "steps the wrong way round", {**good, "path": steps[::-1]}
    yield "a step too many", {**good, "path": [*steps, good[hashes[-1]]]}
    yield "a step too many in front", {**good, "path": [good[hashes[0]], *steps]}


def flipped(text: str) -> str:
    raw = bytearray.fromhex(text)
    raw[len(raw) // 2] ^= 0x10
    return raw.hex()


def main() -> None:
    folder = Path(__file__).parent / "merkle"
    for name, vectors in (("inclusion", inclusions()), ("consistency", consistencies())):
        lines = ",\n".join(json.dumps(vector) for vector in vectors)
        (folder / f"{name}.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
