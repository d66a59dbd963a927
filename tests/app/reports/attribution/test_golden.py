"""
Sentences in three languages, each with what it attributes.

`golden.txt` is read by people: `language | text`, then one line for each attribution with its force, who
says it (and as what), through whom, on whose word, and the words.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.reports.attribution import Attribution, Sayer, read


def cases() -> Iterator[object]:
    """The blocks of the file, each under its first line."""
    text = Path(__file__).with_name("golden.txt").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        head, *told = block.split("\n")
        language, words = head.split(" | ", 1)
        yield pytest.param(language, words, told, id=words[:60])


def line(text: str, each: Attribution) -> str:
    """An attribution as a line of the file."""
    words = " … ".join(place.of(text) for place in each.words)
    told = [f"= {each.force}", people(each.sayers)]
    told += [f"via {people(each.via)}"] if each.via else []
    told += [f"citing {people(each.cited)}"] if each.cited else []
    return " | ".join([*told, words])


def people(sayers: tuple[Sayer, ...]) -> str:
    """Several sayers on one line."""
    return "; ".join(f"{sayer.text} ({sayer.kind})" for sayer in sayers) or "nobody"


@pytest.mark.parametrize(("language", "text", "told"), list(cases()))
def test_a_sentence_attributes_what_a_reader_reads_in_it(
    language: str, text: str, told: list[str]
) -> None:
    assert [line(text, each) for each in read(text, language=language).attributions] == told
