"""
Four published articles: what is claimed in them is read, and checked by hand line by line.

`seeds.tsv` holds places, the first words and the values. The rules were written with these articles at
hand, so that this shows that they still read them, and not how well they read others: that is
`test_invented`. The articles themselves lie in `../shared/seeds`.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.claims import reading
from app.claims.predicates import read
from app.claims.reading.proposal import Proposal
from app.claims.values import to_json

SEEDS = sorted((Path(__file__).parents[4].parent / "shared" / "seeds").glob("*.txt"))
needs_seeds = pytest.mark.skipif(len(SEEDS) != 4, reason="the seed articles are not in ../shared")
PUBLISHED = date(2025, 5, 22)
_LINES = Path(__file__).with_name("seeds.tsv").read_text(encoding="utf-8").splitlines()
GOLDEN = [line.split("\t") for line in _LINES if not line.startswith("#")]


def _proposals(seed: int) -> tuple[Proposal, ...]:
    text = SEEDS[seed].read_text(encoding="utf-8")
    return reading.propose(text, published=PUBLISHED if seed else None).proposals


def _told(each: Proposal) -> list[str]:
    words = " ".join(each.exact.split()[:4])
    return [
        str(each.start), words, each.predicate, each.modality, each.role, spelled(to_json(each.value))
    ]  # fmt: skip


def spelled(value: Any) -> str:
    """What a value says, without the names of its fields: enough to know it by."""
    if isinstance(value, dict):
        if "edtf" in value:
            return value["edtf"] or "unresolved"
        return " ".join(part for each in value.values() if (part := spelled(each)))
    if isinstance(value, list):
        return ", ".join(spelled(each) for each in value)
    plain = {None, False, "unstated", "exactly", "named"}
    return "" if value in plain else "total" if value is True else str(value)


@needs_seeds
@pytest.mark.parametrize("seed", range(4))
def test_every_claim_of_an_article_is_read_as_it_was_checked(seed: int) -> None:
    expected = [row[1:7] for row in GOLDEN if row[0] == str(seed) and row[7] != "missed"]

    assert sorted(_told(each) for each in _proposals(seed)) == sorted(expected)


@needs_seeds
@pytest.mark.parametrize("seed", range(4))
def test_every_value_is_one_that_a_claim_may_have(seed: int) -> None:
    text = SEEDS[seed].read_text(encoding="utf-8")
    for each in _proposals(seed):
        assert text[each.start : each.end] == each.exact
        kind = each.kinds[0]
        assert read(kind, each.predicate, to_json(each.value), each.modality) == each.value


def test_the_list_says_how_much_is_wrong_and_how_much_is_missed() -> None:
    judged = Counter(row[7] for row in GOLDEN)

    assert set(judged) == {"right", "wrong", "missed"}
    assert judged["wrong"] <= 2
    assert judged["missed"] <= 8
