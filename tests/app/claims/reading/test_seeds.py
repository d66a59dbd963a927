"""
Four published articles: what is claimed in them is read, and checked by hand line by line.

`seeds.tsv` holds places, the first words and the values. The rules were written with these articles at
hand, so that this shows that they still read them, and not how well they read others: that is
`test_invented`. The articles themselves lie in `../shared/seeds`.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.claims import reading, telling
from app.claims.predicates import Predicate, read
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
        str(each.start), words, each.predicate, each.modality, each.role, telling.of(each.value)
    ]  # fmt: skip


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


@needs_seeds
def test_what_the_articles_contradict_each_other_in_is_all_proposed() -> None:
    by_seed = [
        [(p.predicate, p.modality, telling.of(p.value)) for p in _proposals(n)] for n in range(4)
    ]

    dates = [{told for what, _, told in found if what is Predicate.DATE} for found in by_seed]
    assert "2024-11" in dates[1] & dates[2]
    assert "2023-11" in dates[3]
    orders = "orders to kill prisoners of war"
    assert {str(how) for _, how, told in by_seed[1] if told == orders} == {"asserted", "likely"}
    law = [
        {told for what, _, told in found if what is Predicate.LEGAL_CHARACTERISATION}
        for found in by_seed
    ]
    assert "serious violation international law" in law[1]
    assert "grave breach international law" in law[2]
    units = [told for found in by_seed for what, _, told in found if what is Predicate.UNIT]
    assert any("127th Motorized Rifle Division" in told for told in units)
    assert "raid unit < 127th Automated Rifle Division" in units
    counts = [{told for what, _, told in found if what is Predicate.COUNT} for found in by_seed]
    assert "6 times said" in counts[3]
    assert ("1 videos" in counts[1], "several videos" in counts[3]) == (True, True)
