"""The first articles that the catalogue was made for, where they are at hand."""

from pathlib import Path

import pytest

from app.assessments.drift import Wording, compare
from app.assessments.reading import read

# Which article, a few words of the passage, and what is read there.
GOLDEN = [
    (0, "purported communications", "publisher_statement", "claimed_source", "cannot_determine"),
    (0, "cannot vouch", "publisher_statement", "integrity", "declined_to_assess"),
    (0, "cannot vouch", "publisher_statement", "claimed_source", "declined_to_assess"),
    (1, "appear to coincide with", "publisher_statement", "link_to_event", "supports"),
    (1, "independently authenticate", "publisher_statement", "integrity", "cannot_determine"),
    (1, "or confirm that", "publisher_statement", "link_to_event", "cannot_determine"),
    (1, "did not appear to be faked", "human_examination", "synthetic_origin", "supports"),
    (1, "A leading investigator", "official_statement", "link_to_event", "supports"),
    (1, "a Western intelligence", "official_statement", "link_to_event", "supports"),
    (2, "appear to be authentic", "human_examination", "integrity", "supports"),
    (2, "not independently verified", "publisher_statement", "integrity", "cannot_determine"),
    (2, "Moscow has denied", "party_denial", "link_to_event", "weighs_against"),
    (3, "name and rank were not", "publisher_statement", "speaker", "cannot_determine"),
]


@pytest.fixture
def texts(shared: Path) -> list[str]:
    """The four articles."""
    return [path.read_bytes().decode() for path in sorted((shared / "seeds").glob("00*.txt"))]


@pytest.mark.parametrize(("seed", "words", "kind", "question", "stance"), GOLDEN)
def test_every_row_of_the_golden_table_is_read(
    texts: list[str], seed: int, words: str, kind: str, question: str, stance: str
) -> None:
    found = [
        (each.kind, each.question, each.stance)
        for each in read(texts[seed], "en").proposals
        if words in each.exact
    ]

    assert (kind, question, stance) in found


def test_little_else_is_read(texts: list[str]) -> None:
    counts = [len(read(text, "en").proposals) for text in texts]

    assert counts == [3, 6, 6, 1]


def test_the_expert_grew_on_the_way(texts: list[str]) -> None:
    start = texts[1].index("a forensic expert")
    first = texts[1][start : texts[1].index(".", start)]
    start = texts[2].index("Forensic experts")
    again = texts[2][start : texts[2].index(".", start)]

    compared = compare(Wording(text=first, language="en"), Wording(text=again, language="en"))

    assert compared.drift == ("stronger", "plurality_changed", "scope_widened")
