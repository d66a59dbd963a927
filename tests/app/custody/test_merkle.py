"""Proofs: those that hold are accepted at every size, and no bent one is."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.custody import tiles
from app.custody.merkle import ProofFailed, verify_consistency, verify_inclusion
from tests.app.custody.test_service import reference_root

VECTORS = Path(__file__).parents[2] / "vectors" / "merkle"
LARGEST = 600


class Grown:
    """A tree in memory, grown leaf by leaf through the code under test."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.stored: dict[tuple[int, int], bytes] = {}
        self.hashes = [tiles.leaf_hash(leaf) for leaf in leaves]
        for size, value in enumerate(self.hashes):
            for level, index, data in tiles.append(self.read, size, [value]):
                self.stored[level, index] = data

    def read(self, level: int, index: int) -> bytes:
        return self.stored.get((level, index), b"")

    def root(self, size: int) -> bytes:
        return tiles.root(self.read, size)


GROWN = Grown([f"entry {index}".encode() for index in range(LARGEST)])
ROOTS = [GROWN.root(size) for size in range(LARGEST + 1)]


def load(name: str) -> list[Any]:
    vectors: list[Any] = json.loads((VECTORS / f"{name}.json").read_text())
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


@pytest.mark.parametrize("vector", load("inclusion"))
def test_inclusion_vectors(vector: dict[str, Any]) -> None:
    judged(
        vector,
        lambda: verify_inclusion(
            index=vector["index"],
            size=vector["size"],
            leaf_hash=bytes.fromhex(vector["leaf_hash"]),
            path=[bytes.fromhex(step) for step in vector["path"]],
            root=bytes.fromhex(vector["root"]),
        ),
    )


@pytest.mark.parametrize("vector", load("consistency"))
def test_consistency_vectors(vector: dict[str, Any]) -> None:
    judged(
        vector,
        lambda: verify_consistency(
            old=vector["old"],
            new=vector["new"],
            old_root=bytes.fromhex(vector["old_root"]),
            new_root=bytes.fromhex(vector["new_root"]),
            path=[bytes.fromhex(step) for step in vector["path"]],
        ),
    )


def judged(vector: dict[str, Any], check: Any) -> None:
    if vector["holds"]:
        check()
        return
    with pytest.raises(ProofFailed):
        check()


def test_our_proofs_are_the_ones_the_definition_gives() -> None:
    for vector in json.loads((VECTORS / "inclusion.json").read_text()):
        if vector["holds"]:
            path = tiles.inclusion_proof(GROWN.read, vector["index"], vector["size"])
            assert [step.hex() for step in path] == vector["path"]
    for vector in json.loads((VECTORS / "consistency.json").read_text()):
        if vector["holds"]:
            path = tiles.consistency_proof(GROWN.read, vector["old"], vector["new"])
            assert [step.hex() for step in path] == vector["path"]


def test_every_root_up_to_600_is_the_one_the_definition_gives() -> None:
    for size in range(LARGEST + 1):
        assert ROOTS[size] == reference_root(GROWN.hashes[:size])


def test_every_leaf_is_proven_at_every_size_up_to_600() -> None:
    for size in range(1, LARGEST + 1):
        for index in {0, size // 3, size // 2, size - 1, (size * 7919) % size}:
            path = tiles.inclusion_proof(GROWN.read, index, size)
            verify_inclusion(
                index=index,
                size=size,
                leaf_hash=GROWN.hashes[index],
                path=path,
                root=ROOTS[size],
            )


@given(st.integers(1, LARGEST), st.data())
def test_growth_is_proven_between_any_two_sizes(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    path = tiles.consistency_proof(GROWN.read, old, new)

    verify_consistency(old=old, new=new, old_root=ROOTS[old], new_root=ROOTS[new], path=path)


@given(st.integers(2, 300), st.data())
def test_rewriting_any_past_entry_is_caught(size: int, data: st.DataObject) -> None:
    """Whoever kept a root refuses every proof from a log that changed one entry before it."""
    kept = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, kept - 1))
    leaves = [f"entry {index}".encode() for index in range(size)]
    leaves[changed] = b"another story"
    rewritten = Grown(leaves)

    with pytest.raises(ProofFailed) as refusal:
        verify_consistency(
            old=kept,
            new=size,
            old_root=ROOTS[kept],
            new_root=rewritten.root(size),
            path=tiles.consistency_proof(rewritten.read, kept, size),
        )

    assert refusal.value.facts["expected"] != refusal.value.facts["found"]


@given(st.integers(1, 300), st.data())
def test_no_other_leaf_passes_for_the_one_at_a_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))

    with pytest.raises(ProofFailed) as refusal:
        verify_inclusion(
            index=index,
            size=size,
            leaf_hash=tiles.leaf_hash(b"another story"),
            path=tiles.inclusion_proof(GROWN.read, index, size),
            root=ROOTS[size],
        )

    assert refusal.value.facts["expected"] == ROOTS[size].hex()
    assert refusal.value.facts["found"] not in {None, ROOTS[size].hex()}
